import CCrypto

/// Keeps bytes so that only who has the key can read them, and sees whether they were changed (AES-256-GCM).
public enum Seal {
  private static let (nonceCount, tagCount) = (12, 16)

  /// Nonce, tag, and the bytes enciphered.
  /// - Parameter key: 32 bytes.
  public static func close(_ plain: [UInt8], with key: [UInt8]) -> [UInt8]? {
    var source = SystemRandomNumberGenerator()
    let nonce = (0..<nonceCount).map { _ in UInt8.random(in: .min ... .max, using: &source) }
    var tag = [UInt8](repeating: 0, count: tagCount)
    let sealed = ciphered(plain, key, nonce, seals: true) { context in
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, CInt(tagCount), &tag)
    }
    return sealed.map { nonce + tag + $0 }
  }

  /// Nil for what was sealed with another key, or is none.
  public static func open(_ sealed: [UInt8], with key: [UInt8]) -> [UInt8]? {
    guard sealed.count >= nonceCount + tagCount else { return nil }
    var tag = Array(sealed[nonceCount..<nonceCount + tagCount])
    let nonce = Array(sealed.prefix(nonceCount))
    return ciphered(Array(sealed.dropFirst(nonceCount + tagCount)), key, nonce, seals: false) { context in
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, CInt(tagCount), &tag)
    }
  }

  /// - Parameter handle: takes the tag of what was sealed, or gives that of what is opened.
  private static func ciphered(
    _ bytes: [UInt8], _ key: [UInt8], _ nonce: [UInt8], seals: Bool, _ handle: (OpaquePointer) -> CInt
  ) -> [UInt8]? {
    guard key.count == 32, let count = CInt(exactly: bytes.count), let context = EVP_CIPHER_CTX_new() else {
      return nil
    }
    defer { EVP_CIPHER_CTX_free(context) }
    var result = [UInt8](repeating: 0, count: bytes.count + 16)
    var (length, rest): (CInt, CInt) = (0, 0)
    guard EVP_CipherInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce, seals ? 1 : 0) == 1,
      EVP_CipherUpdate(context, &result, &length, bytes, count) == 1,
      seals || handle(context) == 1,
      EVP_CipherFinal_ex(context, &result, &rest) == 1,
      !seals || handle(context) == 1
    else { return nil }
    // This mode ends where the bytes end: its last step only looks at the tag.
    return Array(result.prefix(Int(length)))
  }
}
