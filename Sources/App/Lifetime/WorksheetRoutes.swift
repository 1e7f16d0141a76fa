import Analytics
import Store
import Web

/// A worksheet as somebody typed it. What is left out stays as it is, what is empty is left to the models.
struct WorksheetInput: Codable, Equatable, Sendable {
  var revenue: String?
  var revenue2: String?
  var revenue3: String?
  var marginRate: String?
  var retention: String?
  var service: String?
  var sales: String?
  var discountRate: String?
  var referralValue: String?
  var acquisitionCost: String?

  subscript(field: Worksheet.Field) -> String? {
    switch field {
    case .revenue: revenue
    case .revenue2: revenue2
    case .revenue3: revenue3
    case .marginRate: marginRate
    case .retention: retention
    case .service: service
    case .sales: sales
    case .discountRate: discountRate
    case .referralValue: referralValue
    case .acquisitionCost: acquisitionCost
    }
  }
}

struct WorksheetRoutes: Sendable {
  let services: Services
  let fits: FitShelf

  var all: [Route] {
    [
      Route(
        .get, "/customers/{id}/worksheet", Word("预期盈利表", "Expected profitability of a customer"), show,
        view: WorksheetPages.page),
      Route(
        .put, "/customers/{id}/worksheet", Word("修改预期盈利表", "Correct the expected profitability"), update,
        view: WorksheetPages.page),
    ]
  }

  @Sendable func show(_: Nothing, _ call: Call) async throws -> Answer<Worksheet> {
    let (id, access, today) = (
      try call.parameter("id", as: Customer.ID.self), try call.access, services.today(for: call)
    )
    return try await services.db.read { tx in .show(try sheet(id, access, today, call.reader, in: tx)) }
  }

  @Sendable func update(_ input: WorksheetInput, _ call: Call) async throws -> Answer<Worksheet> {
    let (id, access, today) = (
      try call.parameter("id", as: Customer.ID.self), try call.access, services.today(for: call)
    )
    let (reader, now, services) = (call.reader, services.clock(), services)
    return try await services.db.write { tx in
      let present = try sheet(id, access, today, reader, in: tx)
      let (corrections, problems) = present.corrections(by: input)
      guard problems.isEmpty else { return .invalid(present.typed(input), problems) }
      for (field, value) in corrections {
        try tx.insert(
          WorksheetCorrection(
            id: services.ids.next(), customerId: id, field: field, value: value, correctedAt: now,
            correctedBy: access.user))
      }
      return .changed(
        try sheet(id, access, today, reader, in: tx), at: "/customers/\(id)/worksheet", saying: WorksheetWords.saved)
    }
  }

  private func sheet(
    _ id: Customer.ID, _ access: Access, _ today: Day, _ reader: Reader, in tx: Transaction
  ) throws -> Worksheet {
    guard let customer = try Customer.find(id, access, in: tx) else { throw AppError.notFound }
    let (last, facts) = try tx.ask(
      Question<Day?>.value(OrderSpan.last(today: today)), CardForecast.Facts.of(id, until: today))
    let forecast = try fits.latest(in: tx).flatMap { CardForecast(id, facts, $0, asOf: last ?? today, reader) }
    return try Worksheet.read(customer, forecast, reader: reader, in: tx)
  }
}

extension Worksheet {
  /// What is new in what was typed, and what cannot be read or cannot be.
  fileprivate func corrections(by input: WorksheetInput) -> (new: [(field: Field, value: String)], problems: Problems) {
    var problems = Problems.none
    let new = entries.compactMap { entry -> (field: Field, value: String)? in
      guard let typed = input[entry.field]?.trimmed else { return nil }
      var value = ""
      if !typed.isEmpty {
        do throws(Field.Unreadable) { value = try entry.field.normal(typed, currency) } catch {
          problems[entry.field.rawValue] = error.word
          return nil
        }
      }
      if value == entry.prefilled, entry.correction == nil { value = "" }
      return value == entry.correction ?? "" ? nil : (entry.field, value)
    }
    return (new, problems)
  }

  /// The form again, with what was typed.
  fileprivate func typed(_ input: WorksheetInput) -> Worksheet {
    var again = self
    again.entries = entries.map { entry in
      guard let typed = input[entry.field], !typed.isEmpty else { return entry }
      return Entry(
        field: entry.field, value: String(typed.prefix(Field.longest)), prefilled: entry.prefilled,
        correctedOn: entry.correctedOn ?? asOf, correctedBy: entry.correctedBy)
    }
    return again
  }
}

extension Worksheet.Field {
  struct Unreadable: Error { let word: Word }

  static let longest = 40

  /// A typed amount or percentage, as it is kept.
  fileprivate func normal(_ typed: String, _ currency: String) throws(Unreadable) -> String {
    let word = isMoney ? WorksheetWords.notMoney : WorksheetWords.notPercent
    let text = isMoney ? typed : typed.replacing("%", with: "").replacing("％", with: "")
    let places = isMoney ? Money.places(of: currency) : 2
    guard typed.count <= Self.longest, let number = try? Amount.minorUnits(text, decimals: places) else {
      throw Unreadable(word: word)
    }
    guard isNegativeAllowed || number >= 0 else { throw Unreadable(word: isMoney ? WorksheetWords.negative : word) }
    guard isMoney || (-10_000...10_000).contains(number) else { throw Unreadable(word: word) }
    return Figures.decimal(number, places: places, grouping: false, trimmed: !isMoney)
  }
}
