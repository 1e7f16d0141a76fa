import Store
import Web

extension Feature {
  static let settings = Feature(
    menu: [Site.Item(SettingsWords.title, path: "/settings", icon: "settings")])
}
