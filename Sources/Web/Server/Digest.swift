import CCrypto

/// Digests and random bytes by libcrypto.
public enum Digest {
  /// 32 bytes.
  public static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    EVP_Digest(bytes, bytes.count, &digest, &length, EVP_sha256(), nil)
    return digest
  }

  /// 32 bytes that only who has the key can make of these (RFC 2104, with SHA-256).
  public static func hmac(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
    let short = key.count > 64 ? sha256(key) : key
    let key = short + [UInt8](repeating: 0, count: 64 - short.count)
    return sha256(key.map { $0 ^ 0x5C } + sha256(key.map { $0 ^ 0x36 } + bytes))
  }

  /// In small hexadecimal digits.
  public static func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  /// A secret of 256 random bits as 43 characters of base64url.
  public static func token() -> String {
    var source = SystemRandomNumberGenerator()
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    return String((0..<43).map { _ in alphabet[Int(source.next() & 63)] })
  }

  /// Whether two secrets are equal, in a time that does not tell where they differ.
  public static func equal(_ a: String, _ b: String) -> Bool {
    let (a, b) = (sha256(Array(a.utf8)), sha256(Array(b.utf8)))
    return zip(a, b).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
