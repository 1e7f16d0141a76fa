import Store

/// What a program may do with a token.
public enum TokenScope: String, Codable, CaseIterable, Sendable {
  case read
  /// To read and to change.
  case write
}

/// The scopes of a session as they are kept: words with a blank between them, so that narrower ones can come. Words that
/// this program does not know allow nothing.
struct TokenScopes: RawRepresentable, Codable, Hashable, Sendable, Bindable {
  let rawValue: String

  init(rawValue: String) { self.rawValue = rawValue }

  /// Whoever may change something may read it.
  init(_ scope: TokenScope) { rawValue = scope == .read ? "read" : "read write" }

  private func has(_ scope: TokenScope) -> Bool { rawValue.split(separator: " ").contains { $0 == scope.rawValue } }
  var mayRead: Bool { has(.read) }
  var mayWrite: Bool { has(.write) }
  var widest: TokenScope { mayWrite ? .write : .read }
}
