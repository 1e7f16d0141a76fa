import Store
import Web

/// What is wrong with a row: where, what stood there, and why it cannot be taken.
struct ImportProblem: Codable, Equatable, Sendable {
  enum Code: String, Codable, CaseIterable, Sendable {
    case blank, tooLong = "too_long", tooManyFields = "too_many_fields", zeroBytes = "zero_bytes"
    case badBytes = "bad_bytes", openQuote = "open_quote", errorCell = "error_cell", totalRow = "total_row"
    case notANumber = "not_a_number", numberTooLarge = "number_too_large"
    case notADate = "not_a_date", impossibleDate = "impossible_date", notAPhone = "not_a_phone"
    case noCountry = "no_country"
    case notAnEmail = "not_an_email", noCustomer = "no_customer", noName = "no_name"
    case otherRow = "other_row", otherCustomer = "other_customer", otherCurrency = "other_currency"
    case otherDay = "other_day", otherName = "other_name", sameName = "same_name"
    case noRate = "no_rate", refundTooLarge = "refund_too_large"
    case severalCustomers = "several_customers"
    case unknownOwner = "unknown_owner", unknownWord = "unknown_word"
    case digitsLost = "digits_lost", absurdDate = "absurd_date", futureDate = "future_date", otherMark = "other_mark"
    case otherSign = "other_sign", otherTotal = "other_total", cancelledSince = "cancelled_since", returnStays =
      "return_stays"
  }

  /// The line the row starts on.
  let line: Int
  /// As the header has it, `field:NAME` where the file has no such column; empty when the row as a whole is meant.
  var column = ""
  var value = ""
  let code: Code
  /// Another line that has to do with it.
  var otherLine: Int?
  /// The row is imported, without what this says.
  var isWarning = false

  init(
    _ code: Code, line: Int, column: String = "", value: String = "", otherLine: Int? = nil, isWarning: Bool = false
  ) {
    self.line = line
    self.column = column
    self.value = value.count > 200 ? value.prefix(200) + "…" : value
    self.code = code
    self.otherLine = otherLine
    self.isWarning = isWarning
  }

  init(_ problem: ValueProblem, line: Int, column: String, value: String, isWarning: Bool = false) {
    let code: Code =
      switch problem.code {
      case .blank: .blank
      case .notANumber: .notANumber
      case .numberTooLarge: .numberTooLarge
      case .notADate: .notADate
      case .impossibleDate: .impossibleDate
      case .notAPhone: .notAPhone
      }
    self.init(code, line: line, column: column, value: value, isWarning: isWarning)
  }

  /// What the column is called.
  var columnName: Word {
    let mark = "field:"
    return column.hasPrefix(mark) ? ImportWords.field(String(column.dropFirst(mark.count))) : Word(same: column)
  }

  /// The whole of it, as it stands in a file of rejected rows.
  var sentence: Word {
    let name = columnName
    let zh = [column.isEmpty ? "" : "“\(name.zh)”", value.isEmpty ? "" : "“\(value)”"].joined()
    let en = [name.en, value.isEmpty ? "" : "“\(value)”"].filter { !$0.isEmpty }.joined(separator: " ")
    return Word(
      "第 \(line) 行\(zh)：\(reason.zh)", "Line \(line)\(en.isEmpty ? "" : ", \(en)"): \(reason.en)")
  }
}
