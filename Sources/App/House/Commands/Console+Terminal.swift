import Foundation
import Synchronization
import Web

extension Console {
  /// That of this process.
  static let terminal = Console(
    language: languageOfProcess, folder: nil, isWatched: isatty(STDERR_FILENO) == 1, canAsk: isatty(STDIN_FILENO) == 1,
    served: nil,
    write: { stream, text in
      let file = stream == .output ? FileHandle.standardOutput : FileHandle.standardError
      try file.write(contentsOf: Data(text.utf8))
    },
    show: { done, total in
      let line = done < 0 ? "" : "\(done) / \(total)"
      FileHandle.standardError.write(Data("\r\(line)\u{1B}[K".utf8))
    },
    ask: { prompt in getpass(prompt).map { String(cString: $0) } },
    interruption: Interruption {
      Signals.watch()
      return { Signals.hasCome }
    })

  /// As `LC_ALL`, `LC_MESSAGES` or `LANG` say.
  private static var languageOfProcess: Language {
    let environment = ProcessInfo.processInfo.environment
    let name = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    return name.lowercased().hasPrefix("zh") ? .zh : .en
  }
}

/// Notices Ctrl-C and the like instead of dying of it, so that work in progress can be ended well.
enum Signals {
  private static let came = Atomic(false)

  static var hasCome: Bool { came.load(ordering: .relaxed) }

  static func watch() {
    // Made now: a signal's handler may not.
    _ = hasCome
    for number in [SIGINT, SIGTERM] { signal(number) { _ in Signals.came.store(true, ordering: .relaxed) } }
  }
}
