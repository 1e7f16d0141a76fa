import Store
import Web

/// A person's name, e-mail and password as they were typed, once they were found to be usable.
struct Person: Sendable {
  let email: String
  let name: String

  /// - Throws: `Problems` at `email`, `name` or `password`.
  init(email: String, name: String, password: String, firm: String) throws {
    var problems = Problems.none
    self.email = Self.address(email, &problems)
    self.name = Self.name(name, &problems)
    let owner = PasswordOwner(email: self.email, name: self.name, firm: firm)
    problems["password"] = Password.problem(password, of: owner)
    guard problems.isEmpty else { throw problems }
  }

  private static let longestAddress = 200

  static func name(_ typed: String, _ problems: inout Problems) -> String {
    Typed.line(typed, "name", limit: 100, required: true, &problems)
  }

  /// An address that may be kept, in the form in which addresses are compared.
  static func address(_ typed: String, _ problems: inout Problems) -> String {
    // A character can be made of any number of others.
    guard typed.unicodeScalars.count <= longestAddress else {
      problems["email"] = AccountWords.emailTooLong(longestAddress)
      return ""
    }
    let email = Typed.email(typed, "email", &problems).lowercased()
    if email.isEmpty, problems["email"] == nil { problems["email"] = Problems.missing }
    return email
  }

  /// - Throws: `Problems` at `email`.
  static func address(_ typed: String) throws -> String {
    var problems = Problems.none
    let email = address(typed, &problems)
    guard problems.isEmpty else { throw problems }
    return email
  }

  /// An address as it is kept and compared, whether or not anybody can have it.
  static func email(_ typed: String) -> String {
    var ignored = Problems.none
    return address(typed, &ignored)
  }

  /// Sees that an address can become a user's: no other has it, and nobody else was invited by it.
  /// - Throws: `Problems` at `email`.
  static func checkFree(_ email: String, for id: User.ID, at now: Instant, in tx: Transaction) throws {
    if let other = try User.find(email: email, in: tx), other.id != id { throw emailTaken }
    if try Invitation.isOpen(for: email, at: now, in: tx) { throw Problems(["email": AccountWords.emailInvited]) }
  }

  static let emailTaken = Problems(["email": AccountWords.emailTaken])
}
