/// The time of day behind a date.
struct DayTime: Equatable, Sendable {
  var second: Int?
  var offset: Int?

  /// `235954` or `2359`.
  mutating func read(pairs digits: [UInt8]) -> Bool {
    let text = digits.chunked(by: 2).map { String(decoding: $0, as: UTF8.self) }.joined(separator: ":")
    return read(Array(text.utf8)[...])
  }

  /// `T23:59:54.123Z`, `23:59`, `PM 3:05`, `3:05:00 pm`, `12:00 +08:00`.
  mutating func read(_ bytes: ArraySlice<UInt8>) -> Bool {
    var text = String(decoding: bytes, as: UTF8.self).uppercased()
    if text.hasPrefix("T") { text.removeFirst() }
    readZone(&text)
    let isMorning = Self.remove("AM", from: &text)
    let isEvening = Self.remove("PM", from: &text)
    let fields = text.split(separator: ":").map { $0.filter { $0 != " " } }
    guard (1...3).contains(fields.count), isMorning || isEvening || text.contains(":"),
      let hour = Self.number(fields[0]), let minute = Self.number(fields.dropFirst().first ?? "0"),
      let second = Self.number(fields.dropFirst(2).first?.prefix { $0 != "." && $0 != "," } ?? "0")
    else { return false }
    let usesHalves = isMorning || isEvening
    guard hour < 24, minute < 60, second <= 60, !usesHalves || (1...12).contains(hour) else { return false }
    let full = usesHalves ? hour % 12 + (isEvening ? 12 : 0) : hour
    self.second = min(86_399, full * 3600 + minute * 60 + second)
    return true
  }

  private mutating func readZone(_ text: inout String) {
    for name in ["Z", "UTC", "GMT"] where text.hasSuffix(name) {
      text.removeLast(name.count)
      offset = 0
      return
    }
    guard let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }) else { return }
    let digits = text[text.index(after: sign)...].filter { $0 != ":" && $0 != " " }
    guard digits.count == 2 || digits.count == 4, let zone = Int(digits), zone % 100 < 60 else { return }
    let minutes = digits.count == 2 ? zone * 60 : zone / 100 * 60 + zone % 100
    guard minutes <= 15 * 60 else { return }
    offset = minutes * (text[sign] == "-" ? -60 : 60)
    text = String(text[..<sign])
  }

  private static func remove(_ mark: String, from text: inout String) -> Bool {
    guard let range = text.firstRange(of: mark) else { return false }
    text.removeSubrange(range)
    return true
  }

  private static func number(_ text: some StringProtocol) -> Int? {
    text.count <= 2 && text.allSatisfy(\.isASCIIDigit) ? Int(text) : nil
  }
}

extension Array {
  fileprivate func chunked(by size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
