import Web

/// What a browser's long name for itself says in two words: `Chrome · Windows`.
enum Agent {
  /// The first that occurs counts: browsers also name those they descend from.
  private static let browsers: [(mark: String, name: Word)] = [
    ("MicroMessenger", Word("微信", "WeChat")), ("DingTalk", Word("钉钉", "DingTalk")),
    ("QQBrowser", Word(same: "QQ")),
    ("Edg", Word(same: "Edge")), ("OPR/", Word(same: "Opera")), ("Firefox/", Word(same: "Firefox")),
    ("Chrome/", Word(same: "Chrome")), ("Safari/", Word(same: "Safari")), ("curl/", Word(same: "curl")),
  ]

  private static let systems: [(mark: String, name: Word)] = [
    ("HarmonyOS", Word("鸿蒙", "HarmonyOS")), ("iPhone", Word(same: "iPhone")), ("iPad", Word(same: "iPad")),
    ("Android", Word(same: "Android")), ("Windows", Word(same: "Windows")), ("Mac OS X", Word(same: "macOS")),
    ("Linux", Word(same: "Linux")),
  ]

  static func brief(_ agent: String) -> Word {
    let parts = [browsers, systems].compactMap { list in list.first { agent.contains($0.mark) }?.name }
    guard !parts.isEmpty else { return UserWords.unknownDevice }
    return Word(parts.map(\.zh).joined(separator: " · "), parts.map(\.en).joined(separator: " · "))
  }
}
