import Analytics
import Store
import Web

/// A worksheet as somebody typed it. What is left out or empty is left to the models.
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
      let problems = present.problems(of: input)
      guard problems.isEmpty else { return .invalid(present.typed(input), problems) }
      for entry in present.entries {
        let typed = (input[entry.field] ?? "").trimmed
        if typed == entry.value { continue }
        try tx.run("DELETE FROM worksheet_correction WHERE customer_id = \(id) AND field = \(entry.field)")
        if typed.isEmpty || typed == entry.prefilled { continue }
        try tx.insert(
          WorksheetCorrection(
            id: services.ids.next(), customerId: id, field: entry.field, value: typed, correctedAt: now,
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
    let forecast = try CardForecast.read(id, fits.latest(in: tx), today: today, reader: reader, in: tx)
    return try Worksheet.read(customer, forecast, reader: reader, in: tx)
  }
}

extension Worksheet {
  /// What cannot be read or cannot be.
  fileprivate func problems(of input: WorksheetInput) -> Problems {
    var problems = Problems.none
    for field in Field.allCases {
      guard let typed = input[field]?.trimmed, !typed.isEmpty else { continue }
      if field.isMoney {
        let amount = try? Amount.minorUnits(typed, decimals: Money.places(of: currency))
        if amount == nil { problems[field.rawValue] = WorksheetWords.notMoney }
        if let amount, amount < 0, !field.isNegativeAllowed { problems[field.rawValue] = WorksheetWords.negative }
      } else {
        let range: ClosedRange<Double> = field.isNegativeAllowed ? -100...100 : 0...100
        if !(Double(typed).map(range.contains) ?? false) { problems[field.rawValue] = WorksheetWords.notPercent }
      }
    }
    return problems
  }

  /// The form again, with what was typed.
  fileprivate func typed(_ input: WorksheetInput) -> Worksheet {
    var again = entries
    for index in again.indices {
      guard let typed = input[again[index].field] else { continue }
      let old = again[index]
      again[index] = Entry(
        field: old.field, value: typed, prefilled: old.prefilled, correctedOn: old.correctedOn,
        correctedBy: old.correctedBy)
    }
    return Worksheet(id: id, name: name, asOf: asOf, currency: currency, entries: again, years: years, total: total)
  }
}
