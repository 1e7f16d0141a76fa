import Synchronization

/// What was worked out lately, so that the next click does not do it again: in memory, bounded, and never older than the
/// last change of what it was made from.
final class Shelves<Key: Hashable & Sendable, Version: Equatable & Sendable, Content: Sendable>: Sendable {
  private let kept = Mutex<[(key: Key, version: Version, content: Content)]>([])
  private let most: Int
  private let weigh: @Sendable (Content) -> Int
  /// However light they are.
  private let mostPieces = 40

  /// - Parameters:
  ///   - most: what all of it may weigh; a single one may weigh more.
  ///   - weigh: by whatever its memory goes with.
  init(most: Int, weigh: @escaping @Sendable (Content) -> Int) {
    (self.most, self.weigh) = (most, weigh)
  }

  /// Of everything that is kept.
  var weight: Int { kept.withLock { $0.reduce(0) { $0 + weigh($1.content) } } }

  /// What is kept, or what is made now.
  func content(_ key: Key, of version: Version, make: () throws -> Content) rethrows -> Content {
    if let content = find(key, version) { return content }
    let content = try make()
    keep(content, key, version)
    return content
  }

  private func find(_ key: Key, _ version: Version) -> Content? {
    kept.withLock { kept in
      guard let place = kept.firstIndex(where: { $0.key == key && $0.version == version }) else { return nil }
      let found = kept.remove(at: place)
      kept.append(found)
      return found.content
    }
  }

  /// Lets go of those not used for the longest time, and of what was made before a change.
  private func keep(_ content: Content, _ key: Key, _ version: Version) {
    kept.withLock { kept in
      kept.removeAll { $0.key == key || $0.version != version }
      kept.append((key, version, content))
      var weight = kept.reduce(0) { $0 + weigh($1.content) }
      while kept.count > 1, weight > most || kept.count > mostPieces { weight -= weigh(kept.removeFirst().content) }
    }
  }
}
