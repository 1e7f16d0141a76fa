import CArgon2
import Foundation
import Web

/// What passwords must be, and their hashes: Argon2id, made by libargon2 (see ``HashingQueue``).
enum Password {
  static let shortest = 10
  /// Bytes.
  static let longest = 1_000
  /// The decimal logarithm of the guesses that a new password must stand.
  static let magnitude = 8.0

  /// OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, two passes, one lane.
  static let passes: UInt32 = 2
  static let memory: UInt32 = 19 * 1024
  private static let lanes: UInt32 = 1
  private static let header = "$argon2id$v=19$m=\(memory),t=\(passes),p=\(lanes)$"

  /// What is wrong with a new password, nil when nothing is.
  static func problem(_ password: String, of owner: PasswordOwner) -> Word? {
    // Bytes first: a character can be made of any number of them.
    if password.utf8.count > longest { return AccountWords.passwordTooLong }
    if password.count < shortest { return AccountWords.passwordTooShort(shortest) }
    if password.lowercased() == owner.email { return AccountWords.passwordIsEmail }
    let estimate = GuessEstimate(password, own: owner.words, common: CommonWords.magnitude)
    return estimate.magnitude < magnitude ? AccountWords.guessable(estimate.kind) : nil
  }

  /// Whether somebody may have this as a password: what is refused here is neither kept nor hashed.
  static func isPossible(_ password: String) -> Bool { !password.isEmpty && password.utf8.count <= longest }

  /// Whether a hash was made with other parameters than today's.
  static func isOutdated(_ hash: String) -> Bool { !hash.hasPrefix(header) }

  /// The hash in its encoded form, with its parameters and a salt of its own. Takes some 60 ms.
  static func hash(_ password: String, passes: UInt32 = passes, memory: UInt32 = memory) throws -> String {
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

  /// Whether a password belongs to a hash. Without a hash the answer is no, and takes as long.
  static func matches(_ password: String, _ hash: String?) -> Bool {
    let bytes = plain(password)
    let isRight = argon2id_verify(hash ?? decoy, bytes, bytes.count) == ARGON2_OK.rawValue
    return isRight && hash != nil
  }

  private static let decoy = (try? hash("nobody has this password")) ?? ""

  /// The same bytes however a keyboard composes the characters (NFKC, as NIST SP 800-63B advises).
  private static func plain(_ password: String) -> [UInt8] {
    Array(String(password.unicodeScalars.prefix(2_000)).precomposedStringWithCompatibilityMapping.utf8)
  }

  /// libargon2 ran out of memory or was given nonsense.
  struct HashingFailed: Error { let code: Int32 }
}
