import Foundation
import Testing

@testable import Analytics

struct LeavingModelTests {
  private static let today = SimulatedFirm.days - 1
  private static let customers = SimulatedFirm(.bg, customers: 400, seed: 3).purchaseDays

  @Test func tooLittle() {
    #expect(throws: LeavingModel.TooLittle.history(days: 0, needed: 544)) { try LeavingModel([], asOf: 0) }
    let young = Self.customers.map { $0.until(543 + $0.days[0]) }.filter { $0.days[0] == Self.first }
    #expect(throws: LeavingModel.TooLittle.history(days: 543, needed: 544)) {
      try LeavingModel(young, asOf: Self.first + 543)
    }
    #expect(throws: LeavingModel.TooLittle.history(days: 0, needed: 544)) {
      try LeavingModel(Self.customers, asOf: -1)
    }
    #expect(throws: LeavingModel.TooLittle.history(days: 0, needed: 2)) {
      try LeavingModel(Self.customers, asOf: .min, days: .min, historyBefore: .min)
    }
    #expect(throws: LeavingModel.TooLittle.outcomes(fewer: 0, needed: 50)) {
      try LeavingModel(Self.customers, asOf: .max)
    }
    // Nobody but buys in every quarter.
    let regular = (0..<200).map { _ in PurchaseDays(days: Array(0..<600), amounts: [Int64](repeating: 1, count: 600)) }
    #expect(throws: LeavingModel.TooLittle.outcomes(fewer: 0, needed: 50)) { try LeavingModel(regular, asOf: 590) }
  }

  @Test func thePastAlone() throws {
    let model = try LeavingModel(Self.customers, asOf: Self.today)
    #expect(model.asOf == Self.today && model.days == 90)
    #expect(try LeavingModel(Self.customers, asOf: Self.today) == model)
    let known = Self.customers.map { $0.until(Self.today) }
    #expect(try LeavingModel(known, asOf: Self.today) == model)
    #expect(zip(Self.customers, known).allSatisfy { model.probability(of: $0) == model.probability(of: $1) })
    let stored = try JSONEncoder().encode(model)
    #expect(try JSONDecoder().decode(LeavingModel.self, from: stored) == model)
  }

  @Test func whoeverHasBoughtHasAProbability() throws {
    let model = try LeavingModel(Self.customers, asOf: Self.today)
    let odd = [
      PurchaseDays(days: [Self.today], amounts: [0]), PurchaseDays(days: [0], amounts: [-5]),
      PurchaseDays(days: [.min], amounts: [.max]), PurchaseDays(days: Array(0...Self.today), amounts: Array(0...1091)),
    ]
    for customer in odd {
      let probability = try #require(model.probability(of: customer))
      #expect((0...1).contains(probability))
    }
    #expect(model.probability(of: PurchaseDays(days: [Self.today + 1], amounts: [1])) == nil)
    #expect(model.probability(of: PurchaseDays(days: [], amounts: [])) == nil)
  }

  @Test func longerSilenceIsWorse() throws {
    let model = try LeavingModel(Self.customers, asOf: Self.today)
    let monthly = (0..<12).map { $0 * 30 }
    let probabilities = try [5, 100, 300, 600].map { silence in
      let days = monthly.map { Self.today - silence - 330 + $0 }
      return try #require(model.probability(of: PurchaseDays(days: days, amounts: days.map { _ in 1_000 })))
    }
    #expect(probabilities == probabilities.sorted() && probabilities[0] < 0.3 && probabilities[3] > 0.9)
  }

  /// Returned, given away, or of an amount nobody pays: still finite and still a forecast.
  @Test(arguments: [0, -100, Int64.max, Int64.min])
  func anyAmounts(_ amount: Int64) throws {
    let customers = Self.customers.map { PurchaseDays(days: $0.days, amounts: $0.days.map { _ in amount }) }
    let auc = try #require(try LeavingModel(customers, asOf: Self.today).judgement.auc)
    #expect(auc > 0.7)
  }

  @Test func judgement() throws {
    let judgement = try LeavingModel(Self.customers, asOf: Self.today).judgement
    let day = Self.today - 90
    let known = Self.customers.filter { $0.days[0] <= day }
    let silent = known.filter { !$0.days.contains { day < $0 && $0 <= Self.today } }
    #expect(judgement.asOf == day && judgement.customers == known.count && judgement.silent == silent.count)
    #expect(judgement.bands.map(\.customers).reduce(0, +) == known.count)
    #expect(judgement.bands.map(\.happened).reduce(0, +) == silent.count)
    let happened = known.map { customer in !customer.days.contains { day < $0 && $0 <= Self.today } }
    let recency = known.map { customer in Double(day - (customer.days.last { $0 <= day } ?? 0)) }
    #expect(judgement.rules.recency == areaUnderCurve(recency, happened: happened))
    #expect(judgement.brier < judgement.brierOfShare)
    let share = Double(silent.count) / Double(known.count)
    expect([judgement.brierOfShare], near: [share * (1 - share)], relative: 1e-12)
    let lift = try #require(judgement.lift)
    #expect(1 < lift && lift <= 1 / share)
    #expect(judgement.purchaseModelAUC == nil)
  }

  /// One that knows the future is followed as far as it was handed in.
  @Test func aPurchaseModelIsLearnedFrom() throws {
    var asked: Set<Int> = []
    let model = try LeavingModel(Self.customers, asOf: Self.today) { history, day in
      asked.insert(day)
      return history.recency < history.age - 12 ? 0.9 : 0.1
    }
    #expect(asked.contains(Self.today) && asked.contains(Self.today - 8 * 90) && asked.allSatisfy { $0 <= Self.today })
    #expect(model.judgement.purchaseModelAUC != nil)
    let customer = try #require(Self.customers.first)
    let (sure, unsure) = (
      model.probability(of: customer, purchaseModel: 0.999), model.probability(of: customer, purchaseModel: 0.001)
    )
    #expect(sure != unsure)
  }

  private static let first = customers.compactMap(\.days.first).min() ?? 0
}

struct RecalibrationTests {
  /// Twice too sure, and many of them: halved.
  @Test func correctsTheTooSure() {
    var random = SplitMix(state: 8)
    let forecasts = (0..<20_000).map { _ in
      let odds = 1.5 * random.normal()
      return forecast(2 * odds, random.uniform() < (odds + 0.3).asProbability)
    }
    let recalibration = Recalibration(forecasts)
    expect([recalibration.slope, recalibration.shift], near: [0.5, 0.3], absolute: 0.1)
  }

  @Test func fewChangeLittle() {
    let recalibration = Recalibration((0..<20).map { forecast(Double($0) - 10, false) })
    expect([recalibration.slope, recalibration.shift], near: [1, 0], absolute: 0.1)
    let none = Recalibration([])
    #expect(none.probability(ofLogOdds: 0) == 0.5 && none.slope == 1)
  }

  private func forecast(_ logOdds: Double, _ isSilent: Bool) -> LeavingForecast {
    LeavingForecast(
      purchases: PurchaseDays(days: [0], amounts: [1]), logOdds: logOdds, purchaseModel: nil, isSilent: isSilent)
  }
}

extension SimulatedFirm {
  var purchaseDays: [PurchaseDays] {
    customers.map { PurchaseDays(days: $0.map(\.day), amounts: $0.map(\.amount)) }
  }
}
