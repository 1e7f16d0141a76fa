import Store
import Web

extension Feature {
  static let accounts = Feature(migrations: AccountSchema.migrations)
}
