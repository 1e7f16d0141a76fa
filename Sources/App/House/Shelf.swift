import Synchronization

/// What was read last, as long as there is no later version: for what is asked with every page and changes rarely.
final class Shelf<Version: Equatable & Sendable, Content: Sendable>: Sendable {
  private let kept = Mutex<(version: Version, content: Content)?>(nil)

  /// - Parameters:
  ///   - version: the one that holds now; nil when there is nothing to read.
  ///   - read: how to read what is of this version.
  func content(_ version: Version?, read: () throws -> Content?) rethrows -> Content? {
    guard let version else { return nil }
    if let kept = kept.withLock({ $0 }), kept.version == version { return kept.content }
    let content = try read()
    kept.withLock { $0 = content.map { (version, $0) } }
    return content
  }
}
