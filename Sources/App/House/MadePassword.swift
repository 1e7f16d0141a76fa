/// Passwords for people who did not choose one.
public enum MadePassword {
  /// Letters and digits without those that look alike: sixteen of 56 are 92 bits.
  private static let letters = Array("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")

  public static func next() -> String {
    var random = SystemRandomNumberGenerator()
    return String((0..<16).compactMap { _ in letters.randomElement(using: &random) })
  }
}
