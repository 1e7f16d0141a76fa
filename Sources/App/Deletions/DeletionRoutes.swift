import Store
import Web

extension Feature {
  static let deletions = Feature(
    migrations: [
      Migration(
        9, "deletions",
        [
          """
          CREATE TABLE deletion (
            id \(SQL.key), content TEXT NOT NULL, deleted_at BIGINT NOT NULL, deleted_by BIGINT)
          """,
          "CREATE INDEX deletion_by_time ON deletion (deleted_at)",
        ])
    ],
    routes: { DeletionRoutes(services: $0).all })
}

/// Deletions, which whoever made them can take back.
struct DeletionRoutes: Sendable {
  let services: Services

  var all: [Route] {
    [
      Route(.delete, "/deletions/{id}", Word("撤销删除", "Bring back what was deleted"), success: 204, destroy) {
        (_: Nothing, _) in Page(DeletionWords.undo, .empty)
      }
    ]
  }

  @Sendable func destroy(_: Nothing, _ call: Call) async throws -> Answer<Nothing> {
    let access = try call.access
    let id: Deletion.ID = try call.parameter("id")
    return try await services.writing { [services] tx in
      let found: Deletion? = try tx.first("SELECT * FROM deletion WHERE id = \(id)")
      guard let deletion = found, access.isAdministrator || deletion.deletedBy == access.user
      else { throw AppError.notFound }
      let place = try deletion.undo(in: tx)
      try Standing.refreshLater(services, in: tx)
      return .removed(at: place, saying: DeletionWords.broughtBack)
    }
  }
}

enum DeletionWords {
  static let undo = Word("撤销", "Undo")
  static let broughtBack = Word("已恢复", "It is back")
  static let inTheWay = Word(
    "不能恢复：它所属的记录已不在，或编号已被占用。", "It cannot come back: what it belonged to is gone, or its number is taken.")
}
