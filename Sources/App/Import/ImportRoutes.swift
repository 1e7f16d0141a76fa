import Store
import Web

extension Feature {
  static let imports = Feature(
    menu: [Site.Item(ImportWords.title, path: "/imports", icon: "import", key: "m")],
    migrations: ImportSchema.migrations)
}
