import Analytics
import Store
import Web

extension Feature {
  static let lifetime = Feature(
    migrations: LifetimeSchema.migrations,
    routes: { _ in [] },
    jobs: { [LifetimeRefresh.kind: LifetimeRefresh.handler($0)] })
}
