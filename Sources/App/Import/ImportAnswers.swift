import Store
import Web

/// What a word of a file for the state or the type of orders makes of them.
struct StatusChoice: Codable, Sendable {
  var value: String?
  var use: StatusUse?

  /// By the word; what says nothing else than is known is not kept.
  static func options(_ choices: [StatusChoice]) -> [String: StatusUse]? {
    let said = choices.prefix(200).compactMap { choice -> (String, StatusUse)? in
      guard let value = choice.value, let use = choice.use, use != OrderStatus.use(of: value) ?? .counts else { return nil }
      return (value, use)
    }
    return said.isEmpty ? nil : Dictionary(said, uniquingKeysWith: { first, _ in first })
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

  func apply(to options: inout ImportOptions) -> Problems {
    options.dayOrder = dates ?? options.dayOrder
    options.mark = decimals ?? options.mark
    options.amounts = amounts ?? options.amounts
    options.refundAmounts = refundAmounts ?? options.refundAmounts
    options.withoutCustomer = withoutCustomer ?? options.withoutCustomer
    if let statuses { options.statuses = StatusChoice.options(statuses) }
    guard let currency, !currency.isEmpty else { return .none }
    guard Currencies.known.contains(currency) else { return Problems(["currency": SettingsWords.noSuchCurrency]) }
    options.currency = currency
    return .none
  }
}
