import Store
import Web

/// A capability: its place in the menu, its part of the database, its routes and its work in the background.
struct Feature: Sendable {
  var menu: [Site.Item] = []
  var migrations: [Migration] = []
  var routes: @Sendable (Services) -> [Route] = { _ in [] }
  var jobs: @Sendable (Services) -> [String: JobHandler] = { _ in [:] }
}
