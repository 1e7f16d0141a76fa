import Foundation
import Synchronization

/// Notices Ctrl-C and the like instead of dying of it, so that work in progress can be ended well.
enum Interruption {
  private static let came = Atomic(false)

  static var hasCome: Bool { came.load(ordering: .relaxed) }

  static func watch() {
    // Made now: a signal's handler may not.
    _ = hasCome
    for number in [SIGINT, SIGTERM] { signal(number) { _ in Interruption.came.store(true, ordering: .relaxed) } }
  }
}
