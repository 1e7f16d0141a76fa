/// The encodings customer files arrive in. The raw value is what a person types to choose one.
enum TextEncoding: String, CaseIterable, Codable, Sendable {
  case utf8 = "utf-8"
  case utf16LE = "utf-16le"
  case utf16BE = "utf-16be"
  /// Holds GBK and GB2312 whole.
  case gb18030
  case big5
  /// As Windows has it, code page 932.
  case shiftJIS = "shift-jis"
  /// As Windows has it, code page 949.
  case eucKR = "euc-kr"
  case windows1251 = "windows-1251"
  /// Holds the printable part of Latin-1 whole.
  case windows1252 = "windows-1252"

  var name: String {
    switch self {
    case .utf8: "UTF-8"
    case .utf16LE: "UTF-16LE"
    case .utf16BE: "UTF-16BE"
    case .gb18030: "GB18030"
    case .big5: "Big5"
    case .shiftJIS: "Shift-JIS"
    case .eucKR: "EUC-KR"
    case .windows1251: "Windows-1251"
    case .windows1252: "Windows-1252"
    }
  }

  /// The bytes that announce the encoding at the start of a file.
  var mark: [UInt8] {
    switch self {
    case .utf8: [0xEF, 0xBB, 0xBF]
    case .utf16LE: [0xFF, 0xFE]
    case .utf16BE: [0xFE, 0xFF]
    case .gb18030: [0x84, 0x31, 0x95, 0x33]
    case .big5, .shiftJIS, .eucKR, .windows1251, .windows1252: []
    }
  }

  /// Accepts the usual other names too: `GBK`, `utf8`, `latin1`.
  init?(typed: String) {
    let key = typed.lowercased().filter { $0.isLetter || $0.isNumber }
    switch key {
    case "utf8", "utf8bom", "utf8sig": self = .utf8
    case "utf16", "utf16le", "unicode": self = .utf16LE
    case "utf16be": self = .utf16BE
    case "gb18030", "gbk", "gb2312", "cp936", "ansi": self = .gb18030
    case "big5", "cp950", "big5hkscs": self = .big5
    case "shiftjis", "sjis", "cp932", "ms932", "windows31j": self = .shiftJIS
    case "euckr", "cp949", "uhc", "ksc5601", "ms949", "windows949": self = .eucKR
    case "windows1251", "cp1251": self = .windows1251
    case "windows1252", "cp1252", "latin1", "iso88591": self = .windows1252
    default: return nil
    }
  }

  static func announced(by bytes: [UInt8]) -> TextEncoding? {
    allCases.first { !$0.mark.isEmpty && bytes.starts(with: $0.mark) }
  }
}
