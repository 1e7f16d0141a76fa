import Store

/// Where the bytes of an import come from.
enum ImportSource {
  /// Copies the pieces from the database to a file without a name, which is gone when nobody reads it any more.
  static func open(_ record: Import, _ services: Services) async throws -> ByteSource {
    var spool = try TextSpool()
    defer { services.db.releaseMemory() }
    var position = 0
    let id = record.id
    while true {
      let next = position
      guard let piece = try await services.db.read({ tx in try Import.piece(next, of: id, in: tx) }) else { break }
      try spool.append(piece)
      position += 1
    }
    guard position > 0 else {
      throw ImportRefusal("这次导入的文件已经不在了，请重新上传。", "The file of this import is no longer kept; upload it again.")
    }
    return try spool.finished()
  }

  /// Keeps a file in pieces, a few in a transaction.
  static func keep(_ source: ByteSource, of id: Import.ID, _ services: Services) async throws {
    defer { services.db.releaseMemory() }
    var position = 0
    while true {
      let start = position
      let pieces = try (0..<16).map { try source.read(at: (start + $0) * Import.pieceSize, count: Import.pieceSize) }
        .filter { !$0.isEmpty }
      guard !pieces.isEmpty else { return }
      try await services.db.write { tx in
        for (offset, piece) in pieces.enumerated() { try Import.add(piece, at: start + offset, of: id, in: tx) }
      }
      position += pieces.count
      if pieces.count < 16 { return }
    }
  }
}
