/// Why the text of one cell could not be taken as the value its column asks for.
struct ValueProblem: Error, Equatable, Sendable {
  /// Each with the text as it stood in the file.
  enum Code: Equatable, Sendable {
    case blank
    case notANumber(String)
    case numberTooLarge(String)
    case notADate(String)
    case impossibleDate(String)
    case notAPhone(String)
  }

  let code: Code

  init(_ code: Code) {
    self.code = code
  }

  static func zh(_ code: Code) -> String {
    switch code {
    case .blank: "没有填写"
    case .notANumber(let raw): "“\(short(raw))”不是数字"
    case .numberTooLarge(let raw): "“\(short(raw))”超出了可以记录的大小"
    case .notADate(let raw): "“\(short(raw))”不是日期"
    case .impossibleDate(let raw): "“\(short(raw))”这一天不存在"
    case .notAPhone(let raw): "“\(short(raw))”不是电话号码"
    }
  }

  static func en(_ code: Code) -> String {
    switch code {
    case .blank: "Nothing is filled in"
    case .notANumber(let raw): "“\(short(raw))” is not a number"
    case .numberTooLarge(let raw): "“\(short(raw))” is too large to be recorded"
    case .notADate(let raw): "“\(short(raw))” is not a date"
    case .impossibleDate(let raw): "“\(short(raw))” is a day that does not exist"
    case .notAPhone(let raw): "“\(short(raw))” is not a phone number"
    }
  }

  private static func short(_ raw: String) -> String {
    raw.count > 40 ? raw.prefix(40) + "…" : raw
  }
}
