import CArgon2
import Foundation
import Web

/// Passwords as Argon2id hashes, made by libargon2 on threads of their own.
enum Password {
  static let shortest = 10

  /// OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, two passes, one lane.
  static let passes: UInt32 = 2
  static let memory: UInt32 = 19 * 1024
  private static let lanes: UInt32 = 1
  private static let header = "$argon2id$v=19$m=\(memory),t=\(passes),p=\(lanes)$"

  /// Each hash takes memory and a core for some 60 ms; more at once would only crowd each other out.
  private static let threads: OperationQueue = {
    let queue = OperationQueue()
    queue.name = "passwords"
    queue.maxConcurrentOperationCount = max(1, ProcessInfo.processInfo.activeProcessorCount / 2)
    return queue
  }()

  /// What is wrong with a new password, nil when nothing is.
  static func problem(_ password: String, email: String) -> Word? {
    if password.count < shortest { return AccountWords.passwordTooShort(shortest) }
    if password.utf8.count > 1_000 { return AccountWords.passwordTooLong }
    return password.lowercased() == email ? AccountWords.passwordIsEmail : nil
  }

  /// The hash in its encoded form, with its parameters and a salt of its own.
  static func hash(
    _ password: String, passes: UInt32 = passes, memory: UInt32 = memory
  ) async throws -> String {
    try await onThread { try hashNow(password, passes, memory) }
  }

  /// Whether a password belongs to a hash. Without a hash the answer is no, and takes as long.
  static func matches(_ password: String, _ hash: String?) async throws -> Bool {
    let decoy = try await decoy.value
    return try await onThread {
      let bytes = plain(password)
      let isRight = argon2id_verify(hash ?? decoy, bytes, bytes.count) == ARGON2_OK.rawValue
      return isRight && hash != nil
    }
  }

  /// Whether a hash was made with other parameters than today's.
  static func isOutdated(_ hash: String) -> Bool { !hash.hasPrefix(header) }

  private static let decoy = Task { try await hash("nobody has this password") }

  private static func hashNow(_ password: String, _ passes: UInt32, _ memory: UInt32) throws -> String {
    var random = SystemRandomNumberGenerator()
    let salt = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
    let bytes = plain(password)
    let length = argon2_encodedlen(passes, memory, lanes, UInt32(salt.count), 32, Argon2_id)
    var encoded = [CChar](repeating: 0, count: length)
    let code = argon2id_hash_encoded(
      passes, memory, lanes, bytes, bytes.count, salt, salt.count, 32, &encoded, length)
    guard code == ARGON2_OK.rawValue else { throw HashingFailed(code: code) }
    return String(decoding: encoded.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The same bytes however a keyboard composes the characters (NFKC, as NIST SP 800-63B advises).
  private static func plain(_ password: String) -> [UInt8] {
    Array(String(password.unicodeScalars.prefix(2_000)).precomposedStringWithCompatibilityMapping.utf8)
  }

  private static func onThread<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws
    -> Result
  {
    try await withCheckedThrowingContinuation { done in
      threads.addOperation { done.resume(with: Swift.Result { try work() }) }
    }
  }

  /// libargon2 ran out of memory or was given nonsense.
  struct HashingFailed: Error { let code: Int32 }
}
