import Store
import Web

/// What a word of a file for the state or the type of orders makes of them.
struct StatusChoice: Codable, Sendable {
  var value: String?
  var use: StatusUse?

  /// By the word; what says nothing else than is known is not kept.
  /// - Parameter former: what was said of words, which stays of those that are not among the choices.
  static func options(_ choices: [StatusChoice], besides former: [String: StatusUse]? = nil) -> [String: StatusUse]? {
    let named = Set(choices.compactMap(\.value))
    let said = choices.prefix(200).compactMap { choice -> (String, StatusUse)? in
      guard let value = choice.value, let use = choice.use, use != OrderStatus.use(of: value) ?? .counts else {
        return nil
      }
      return (value, use)
    }
    let kept = (former ?? [:]).filter { !named.contains($0.key) }
    let all = kept.merging(said) { _, new in new }
    return all.isEmpty ? nil : all
  }
}

/// Answers to what a file leaves open, given in its preview. What is not said stays.
struct ImportAnswers: Codable, Sendable {
  var dates: DayOrder?
  var decimals: DecimalMark?
  var amounts: ImportOptions.Amounts?
  var refundAmounts: ImportOptions.Amounts?
  var withoutCustomer: ImportOptions.WithoutCustomer?
  var currency: String?
  var statuses: [StatusChoice]?

  func apply(to options: inout ImportOptions) {
    options.dayOrder = dates ?? options.dayOrder
    options.mark = decimals ?? options.mark
    options.amounts = amounts ?? options.amounts
    options.refundAmounts = refundAmounts ?? options.refundAmounts
    options.withoutCustomer = withoutCustomer ?? options.withoutCustomer
    if let statuses { options.statuses = StatusChoice.options(statuses, besides: options.statuses) }
    options.currency = currency.flatMap { Currencies.known.contains($0) ? $0 : nil } ?? options.currency
  }

  /// What is still asked and not answered, at the name of its question.
  func problems(open questions: [ImportQuestion]) -> Problems {
    var problems = Problems.none
    for question in questions where !answers(question.kind) {
      problems[question.kind.rawValue] = ImportWords.chooseOne
    }
    if let currency, !currency.isEmpty, !Currencies.known.contains(currency) {
      problems["currency"] = SettingsWords.noSuchCurrency
    }
    return problems
  }

  private func answers(_ kind: ImportQuestion.Kind) -> Bool {
    switch kind {
    case .dates: dates != nil
    case .decimals: decimals != nil
    case .amounts: amounts != nil
    case .refundAmounts: refundAmounts != nil
    case .withoutCustomer: withoutCustomer != nil
    case .currency: currency?.isEmpty == false
    }
  }
}
