import Web

enum SettingsWords {
  static let title = Word("设置", "Settings")
}
