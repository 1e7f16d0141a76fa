import Analytics
import Store
import Web

/// How far the models can be trusted: for who does not believe them.
struct ModelPage: Codable, Equatable, Sendable {
  struct Parameter: Codable, Equatable, Sendable {
    let model: Word
    let name: String
    let value: Double
    let standardError: Double
    let lower: Double
    let upper: Double
  }

  struct Candidate: Codable, Equatable, Sendable {
    let model: Word
    let logLikelihood: Double?
    let bic: Double?
    /// Customers it was tried on.
    let customers: Int?
    let isChosen: Bool
    /// Why it could not be fitted, or what speaks against it.
    let notes: [Word]
  }

  struct Accuracy: Codable, Equatable, Sendable {
    let forecast: Word
    let expected: Double
    let actual: Double
    let meanAbsoluteError: Double
    let rootMeanSquareError: Double
    let correlation: Double?
  }

  struct Frequency: Codable, Equatable, Sendable {
    let frequency: Int
    let customers: Int
    let expected: Double
    let actual: Double
  }

  struct Week: Codable, Equatable, Sendable {
    let number: Int
    let expected: Double
    let actual: Int
    let cumulativeExpected: Double
    let cumulativeActual: Int
  }

  struct Judged: Codable, Equatable, Sendable {
    let until: Day
    let end: Day
    let customers: Int
    let accuracies: [Accuracy]
    let frequencies: [Frequency]
    let calibrationWeeks: Double
    let weeks: [Week]
  }

  var query: ValueQuery
  let asOf: Day?
  let summary: FitSummary?
  let reason: Word?
  /// Of the whole firm, whoever was asked for.
  let trust: ForecastTrust?
  let candidates: [Candidate]
  let parameters: [Parameter]
  let warnings: [Word]
  let judged: Judged?
  let owners: [CustomerList.Choice]
  let regions: [CustomerList.Choice]
  let hasOrders: Bool
  /// Why there is no fit, where there cannot be one.
  let lacking: Word?
}

extension ModelPage {
  init(
    _ query: ValueQuery, _ fit: LifetimeFit?, _ current: CurrentFit?, today: Day, _ reader: Reader, _ access: Access,
    in tx: Transaction
  ) throws {
    self.query = query
    asOf = fit?.asOf
    summary = current.map { FitSummary($0, reader) }
    reason = fit.map { LifetimeWords.reason($0.choice.reason) }
    trust = try fit.map { try ForecastTrust($0, in: tx) }
    candidates = (fit?.choice.candidates ?? []).map { Candidate($0, chosen: fit?.choice.fit.kind) }
    let spend = fit?.model.spend
    parameters =
      (fit.map { Parameter.all(of: $0.model.purchases.estimate, model: LifetimeWords.model($0.model.purchases.kind)) }
        ?? [])
      + (spend.map {
        Parameter.all(of: $0.estimate, model: Word(same: "Gamma-Gamma"), unit: Money.unit(of: reader.currency))
      } ?? [])
    let estimates = [fit?.model.purchases.estimate, spend?.estimate].compactMap(\.self)
    warnings = estimates.flatMap(\.warnings).map(LifetimeWords.warning)
    judged = try fit.flatMap { try $0.judgement(query, today: today, access, in: tx) }.map(Judged.init)
    owners = try tx.ask(CustomerList.Choice.owners)
    regions = CustomerList.Choice.regions
    hasOrders = try Order.areAny(in: tx)
    lacking = fit == nil ? try LifetimeFit.lacking(in: tx) : nil
  }
}

extension LifetimeFit {
  /// As it was judged when it was made; as of another day it is made and judged anew. Of some customers the same fit,
  /// made to everybody, is judged by what these did.
  fileprivate func judgement(_ query: ValueQuery, today: Day, _ access: Access, in tx: Transaction) throws -> Judgement?
  {
    let day = min(query.asOf ?? asOf, today)
    func anew() throws -> Judgement? {
      Judgement(choice.fit.kind, try PurchaseSample.read(of: customers, asOf: day, in: tx), asOf: day)
    }
    guard let condition = query.condition(access, asOf: day, today: today) else {
      return try day == asOf ? judgement : anew()
    }
    guard let ofAll = try day == asOf && judgement?.fit != nil ? judgement : anew() else { return nil }
    return ofAll.ofSome(try PurchaseSample.read(where: condition, asOf: ofAll.end, in: tx))
  }
}

extension ModelPage.Candidate {
  fileprivate init(_ candidate: ModelChoice.Candidate, chosen: PurchaseModelKind?) {
    let estimate = candidate.fit?.estimate
    self.init(
      model: LifetimeWords.model(candidate.kind), logLikelihood: estimate?.logLikelihood, bic: estimate?.bic,
      customers: estimate?.observations,
      isChosen: candidate.kind == chosen,
      notes: candidate.failure.map { [LifetimeWords.error($0)] }
        ?? (estimate?.warnings ?? []).map(LifetimeWords.warning))
  }
}

extension ModelPage.Parameter {
  /// γ is an amount: fitted in minor units, told in units of so many.
  fileprivate static func all(of estimate: ParameterEstimate, model: Word, unit: Double = 1) -> [Self] {
    estimate.names.indices.map { index in
      let scale = estimate.names[index] == "gamma" ? unit : 1
      let interval = estimate.intervals[index]
      return Self(
        model: model, name: estimate.names[index], value: estimate.values[index] / scale,
        standardError: estimate.standardErrors[index] / scale, lower: interval.lowerBound / scale,
        upper: interval.upperBound / scale)
    }
  }
}

extension ModelPage.Judged {
  fileprivate init(_ judgement: Judgement) {
    let holdout = judgement.holdout
    let forecasts = [
      (LifetimeWords.thisModel, holdout.model), (LifetimeWords.sameRate, holdout.sameRate),
      (LifetimeWords.alwaysZero, holdout.alwaysZero),
    ]
    self.init(
      until: judgement.until, end: judgement.end, customers: judgement.customers,
      accuracies: forecasts.map { word, accuracy in
        ModelPage.Accuracy(
          forecast: word, expected: accuracy.expectedTotal, actual: accuracy.actualTotal,
          meanAbsoluteError: accuracy.meanAbsoluteError, rootMeanSquareError: accuracy.rootMeanSquareError,
          correlation: accuracy.correlation)
      },
      frequencies: holdout.byFrequency.map {
        ModelPage.Frequency(
          frequency: $0.frequency, customers: $0.customers, expected: $0.expectedMean, actual: $0.actualMean)
      },
      calibrationWeeks: judgement.tracking.calibrationWeeks,
      weeks: judgement.tracking.weeks.map {
        ModelPage.Week(
          number: $0.number, expected: $0.expected, actual: $0.actual, cumulativeExpected: $0.cumulativeExpected,
          cumulativeActual: $0.cumulativeActual)
      })
  }
}
