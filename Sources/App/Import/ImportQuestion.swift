import Store
import Web

/// Something that a file leaves open and that changes what is written: asked in the preview, and at the command line an
/// option that must be given.
struct ImportQuestion: Codable, Equatable, Sendable {
  enum Kind: String, Codable, CaseIterable, Sendable {
    case dates, decimals, amounts
    case refundAmounts = "refund_amounts"
    case withoutCustomer = "without_customer"
    case currency

    /// How it is answered at the command line.
    var option: String {
      switch self {
      case .dates: "--dates year-first|month-first|day-first"
      case .decimals: "--decimals point|comma"
      case .amounts: "--amounts per-line|per-order"
      case .refundAmounts: "--refund-amounts per-line|per-order"
      case .withoutCustomer: "--map customer_name=COLUMN | --without-customer walk_in|by_region|reject"
      case .currency: "--currency CODE"
      }
    }
  }

  struct Choice: Codable, Equatable, Sendable {
    let value: String
    let word: Word
    /// What the file comes to, chosen so.
    var sum: Money?
  }

  let kind: Kind
  let asks: Word
  var choices: [Choice]
  /// The value that is likeliest; what the preview is made with.
  let suggested: String
}

extension ImportQuestion {
  /// What a file leaves open.
  static func all(
    _ setup: ImportSetup, _ evidence: ImportEvidence, days: DayOrder.Decision, mark: DecimalMark.Decision,
    _ amounts: RepeatedAmounts, _ firm: ImportFirm
  ) -> [ImportQuestion] {
    var questions: [ImportQuestion] = []
    if !days.isCertain { questions.append(dates(days.order, evidence.days)) }
    if !mark.isCertain { questions.append(decimals(mark.mark)) }
    guard setup.kind == .orders else { return questions }
    let (chosen, reading) = (setup.chosen, setup.options.amounts ?? .line)
    if chosen.amounts == nil, !amounts.ofAmounts.isCertain {
      questions.append(.amounts(.amounts, amounts.ofAmounts.reading))
    } else if chosen.refundAmounts == nil, !amounts.ofRefunds(reading).isCertain {
      questions.append(.amounts(.refundAmounts, amounts.ofRefunds(reading).reading))
    }
    if !setup.namesCustomer, chosen.withoutCustomer == nil {
      questions.append(.withoutCustomer(.walkIn))
    }
    return questions + currencyQuestion(setup, evidence, firm)
  }

  /// Amounts in another currency never become the firm's unasked.
  private static func currencyQuestion(
    _ setup: ImportSetup, _ evidence: ImportEvidence, _ firm: ImportFirm
  ) -> [ImportQuestion] {
    guard setup.chosen.currency == nil else { return [] }
    let own = firm.settings.currency
    let named = evidence.currencies.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map(\.key).filter { $0 != own }
    if named.isEmpty || (evidence.unnamed == 0 && evidence.currencies[own] != nil) { return [] }
    let isNew =
      firm.isNew && evidence.currencies.count == 1 && evidence.unnamed == 0 && firm.settings.rates[named[0]] == nil
    return isNew || evidence.unnamed > 0 ? [.currency(named, firm: own, isNew: isNew)] : []
  }

  /// Each order with what the file's own date would be in it.
  static func dates(_ order: DayOrder, _ evidence: DayOrder.Evidence) -> ImportQuestion {
    let read = evidence.readings
    let example = evidence.example ?? ""
    let choices = (read.isEmpty ? DayOrder.allCases.map { ($0, "") } : read.map { ($0.order, $0.day.iso) }).map {
      order, day in
      let name = ImportWords.dayOrder(order)
      let more = day.isEmpty ? "" : " · \(example) = \(day)"
      return Choice(value: order.rawValue, word: Word(name.zh + more, name.en + more))
    }
    return ImportQuestion(kind: .dates, asks: ImportWords.askDates, choices: choices, suggested: order.rawValue)
  }

  static func decimals(_ mark: DecimalMark) -> ImportQuestion {
    ImportQuestion(
      kind: .decimals, asks: ImportWords.askDecimals,
      choices: DecimalMark.allCases.map { Choice(value: $0.rawValue, word: ImportWords.mark($0)) },
      suggested: mark.rawValue)
  }

  static func amounts(_ kind: Kind, _ reading: ImportOptions.Amounts) -> ImportQuestion {
    ImportQuestion(
      kind: kind, asks: kind == .amounts ? ImportWords.askAmounts : ImportWords.askRefundAmounts,
      choices: ImportOptions.Amounts.allCases.map { Choice(value: $0.rawValue, word: ImportWords.amounts($0)) },
      suggested: reading.rawValue)
  }

  static func withoutCustomer(_ way: ImportOptions.WithoutCustomer) -> ImportQuestion {
    ImportQuestion(
      kind: .withoutCustomer, asks: ImportWords.askCustomers,
      choices: ImportOptions.WithoutCustomer.allCases.map {
        Choice(value: $0.rawValue, word: ImportWords.withoutCustomer($0))
      },
      suggested: way.rawValue)
  }

  /// - Parameter named: currencies that amounts of the file name.
  static func currency(_ named: [String], firm: String, isNew: Bool) -> ImportQuestion {
    ImportQuestion(
      kind: .currency, asks: isNew ? ImportWords.askFirmCurrency(named, firm) : ImportWords.askCurrency(named, firm),
      choices: (named + [firm]).map { currency in
        let word = ImportWords.keepsBooks(in: currency, needingRates: currency == firm ? named : [])
        return Choice(value: currency, word: isNew ? word : Word(same: currency))
      }, suggested: named.first ?? firm)
  }
}

extension ImportReport {
  /// Says of each way to read the amounts what the file comes to.
  /// - Parameter hasReadings: whether to say so though nothing is asked.
  mutating func sumUp(_ hasReadings: Bool) {
    guard let money = counts.money else { return }
    if hasReadings, money.byLine != money.byOrder {
      remarks.append(ImportWords.readings(line: Money(money.byLine, currency), order: Money(money.byOrder, currency)))
    }
    questions = questions?.map { question in
      guard question.kind == .amounts else { return question }
      var question = question
      for index in question.choices.indices {
        let isOfLine = question.choices[index].value == ImportOptions.Amounts.line.rawValue
        question.choices[index].sum = Money(isOfLine ? money.byLine : money.byOrder, currency)
      }
      return question
    }
  }
}
