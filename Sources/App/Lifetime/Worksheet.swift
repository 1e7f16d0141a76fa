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
    /// Decimal text: an amount, or percent.
    let value: String
    let prefilled: String
    var correctedOn: Day?
    var correctedBy: String?
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
  let entries: [Entry]
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

  static func read(
    _ customer: Customer, _ forecast: CardForecast?, reader: Reader, in tx: Transaction
  ) throws -> Worksheet {
    let corrections: [WorksheetCorrection] = try tx.all(
      "SELECT * FROM worksheet_correction WHERE customer_id = \(customer.id)")
    let names = try User.names(of: corrections.compactMap(\.correctedBy), in: tx)
    let currency = reader.currency
    let byField = Dictionary(corrections.map { ($0.field, $0) }, uniquingKeysWith: { $1 })
    let entries = Field.allCases.map { field in
      let prefilled = Self.prefilled(field, forecast, currency)
      let correction = byField[field]
      return Entry(
        field: field, value: correction?.value ?? prefilled, prefilled: prefilled,
        correctedOn: correction?.correctedAt.day(in: reader.timeZone),
        correctedBy: correction.map { $0.correctedBy.flatMap { names[$0] } ?? "" })
    }
    return Worksheet(customer, entries, asOf: forecast?.asOf, currency)
  }

  init(_ customer: Customer, _ entries: [Entry], asOf: Day?, _ currency: String) {
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

  /// Revenue is that of somebody who stays; that they may leave is in the retention.
  private static func prefilled(_ field: Field, _ forecast: CardForecast?, _ currency: String) -> String {
    let plan = forecast?.plan
    return switch field {
    case .revenue, .revenue2, .revenue3: (plan?.yearlyRevenue ?? Money(0, currency)).decimal
    case .marginRate: percent(forecast?.marginRate ?? 1)
    case .retention: percent(plan?.retention ?? 1)
    case .discountRate: percent(Horizon.standardDiscount)
    case .service, .sales, .referralValue, .acquisitionCost: Money(0, currency).decimal
    }
  }

  static func percent(_ share: Double) -> String { Figures.decimal(share * 100, places: 1).replacing(",", with: "") }
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
