import Analytics
import Store
import Web

/// Expected profitability of a customer (handbook §12.5): filled in by the models, corrected by who knows better.
struct Worksheet: Codable, Equatable, Sendable {
  enum Field: String, Codable, CaseIterable, Sendable, Bindable {
    case revenue, revenue2, revenue3, retention, service, sales
    case marginRate = "margin_rate", discountRate = "discount_rate"
    case referralValue = "referral_value", acquisitionCost = "acquisition_cost"

    /// Of money, in the firm's currency; else a share of one.
    var isMoney: Bool { ![.marginRate, .retention, .discountRate].contains(self) }
    var isNegativeAllowed: Bool { self == .marginRate || self == .referralValue }
  }

  /// One line to fill in.
  struct Entry: Codable, Equatable, Sendable {
    let field: Field
    /// Decimal text: an amount, or percent. The correction where there is one, else by the models.
    let value: String
    let prefilled: String
    var correctedOn: Day?
    var correctedBy: String?

    /// What somebody put in place of the models' value.
    var correction: String? { correctedOn == nil ? nil : value }
  }

  /// Who corrected what when; a value that was taken back is empty.
  struct Change: Codable, Equatable, Sendable {
    let field: Field
    let value: String
    let on: Day
    let by: String
  }

  struct Year: Codable, Equatable, Sendable {
    let year: Int
    let staying: Double
    let discount: Double
    let profit: Money
    let presentValue: Money
  }

  let id: Customer.ID
  let name: String
  let asOf: Day?
  let currency: String
  var entries: [Entry]
  /// The last first.
  let changes: [Change]
  let years: [Year]
  let total: Money?
}

/// What somebody put in place of a prefilled value.
struct WorksheetCorrection: Record, Equatable {
  let id: ID<WorksheetCorrection>
  let customerId: Customer.ID
  let field: Worksheet.Field
  let value: String
  let correctedAt: Instant
  let correctedBy: User.ID?
}

extension Worksheet {
  static let years = 3

  private static let changesShown = 20

  static func read(
    _ customer: Customer, _ forecast: CardForecast?, reader: Reader, in tx: Transaction
  ) throws -> Worksheet {
    let corrections: [WorksheetCorrection] = try tx.all(
      "SELECT * FROM worksheet_correction WHERE customer_id = \(customer.id) ORDER BY id")
    let names = try User.names(of: corrections.compactMap(\.correctedBy), in: tx)
    func author(_ correction: WorksheetCorrection) -> String { correction.correctedBy.flatMap { names[$0] } ?? "" }
    func day(_ correction: WorksheetCorrection) -> Day { correction.correctedAt.day(in: reader.timeZone) }
    let latest = Dictionary(corrections.map { ($0.field, $0) }, uniquingKeysWith: { $1 }).filter { !$1.value.isEmpty }
    let entries = Field.allCases.map { field in
      let prefilled = Self.prefilled(field, forecast, reader.currency)
      guard let correction = latest[field] else { return Entry(field: field, value: prefilled, prefilled: prefilled) }
      return Entry(
        field: field, value: correction.value, prefilled: prefilled, correctedOn: day(correction),
        correctedBy: author(correction))
    }
    let changes = corrections.suffix(changesShown).reversed().map {
      Change(field: $0.field, value: $0.value, on: day($0), by: author($0))
    }
    return Worksheet(customer, entries, changes, asOf: forecast?.asOf, reader.currency)
  }

  init(_ customer: Customer, _ entries: [Entry], _ changes: [Change], asOf: Day?, _ currency: String) {
    self.changes = changes
    id = customer.id
    name = customer.name
    self.asOf = asOf
    self.currency = currency
    self.entries = entries
    let profit = ExpectedProfit.Inputs(entries, currency).flatMap { ExpectedProfit($0) }
    years = (profit?.lines ?? []).map {
      Year(
        year: $0.year, staying: $0.staying, discount: $0.discount, profit: Money($0.profit, currency),
        presentValue: Money($0.presentValue, currency))
    }
    total = profit.map { Money($0.total, currency) }
  }

  /// Nothing where nothing can be forecast yet.
  private static func prefilled(_ field: Field, _ forecast: CardForecast?, _ currency: String) -> String {
    func revenue(_ year: Int) -> String { (forecast?.plan.revenues[year] ?? Money(0, currency)).decimal }
    return switch field {
    case .revenue: revenue(0)
    case .revenue2: revenue(1)
    case .revenue3: revenue(2)
    case .marginRate: percent(forecast?.marginRate ?? 0)
    case .retention: percent(forecast?.plan.retention ?? 0)
    case .discountRate: percent(Horizon.standardDiscount)
    case .service, .sales, .referralValue, .acquisitionCost: Money(0, currency).decimal
    }
  }

  static func percent(_ share: Double) -> String {
    Figures.decimal(Int64((share * 1000).rounded()), places: 1, grouping: false, trimmed: true)
  }
}

extension ExpectedProfit.Inputs {
  /// Nil where a number cannot be read.
  init?(_ entries: [Worksheet.Entry], _ currency: String) {
    let values = Dictionary(entries.map { ($0.field, $0.value) }, uniquingKeysWith: { $1 })
    func money(_ field: Worksheet.Field) -> Int64? {
      values[field].flatMap { try? Amount.minorUnits($0, decimals: Money.places(of: currency)) }
    }
    func share(_ field: Worksheet.Field) -> Double? { values[field].flatMap(Double.init).map { $0 / 100 } }
    guard let service = money(.service), let sales = money(.sales), let margin = share(.marginRate),
      let retention = share(.retention), let discount = share(.discountRate), let referral = money(.referralValue),
      let acquisition = money(.acquisitionCost)
    else { return nil }
    let revenues = [Worksheet.Field.revenue, .revenue2, .revenue3].compactMap(money)
    guard revenues.count == Worksheet.years else { return nil }
    self.init(
      years: revenues.map { .init(revenue: $0, service: service, sales: sales) }, marginRate: margin,
      retention: retention, discountRate: discount, referralValue: referral, acquisitionCost: acquisition)
  }
}
