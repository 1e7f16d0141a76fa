import Testing
import Web

@testable import App

@Suite struct PasswordTests {
  @Test func matchesOnlyItself() async throws {
    let hash = try await Password.hash("correct horse battery")
    #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
    #expect(try await Password.matches("correct horse battery", hash))
    #expect(try await !Password.matches("correct horse batterY", hash))
    #expect(try await !Password.matches("", hash))
  }

  @Test func hasItsOwnSalt() async throws {
    let hashes = (try await Password.hash("same password"), try await Password.hash("same password"))
    #expect(hashes.0 != hashes.1)
  }

  @Test func isTheSameHoweverItWasComposed() async throws {
    let hash = try await Password.hash("caf\u{E9} crème 张伟")
    #expect(try await Password.matches("cafe\u{301} crème 张伟", hash))
  }

  @Test func matchesNothingWithoutAHash() async throws {
    #expect(try await !Password.matches("nobody has this password", nil))
    #expect(try await !Password.matches("anything at all", "not a hash"))
  }

  @Test func isOutdatedWhenMadeWithLess() async throws {
    #expect(Password.isOutdated("$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$AAAA"))
    #expect(!Password.isOutdated(try await Password.hash("correct horse battery")))
  }

  @Test func mustBeLongAndNotTheEmail() {
    #expect(Password.problem("123456789", email: "a@b.cn") == AccountWords.passwordTooShort(10))
    #expect(Password.problem("1234567890", email: "a@b.cn") == nil)
    #expect(Password.problem("一二三四五六七八九十", email: "a@b.cn") == nil)
    #expect(
      Password.problem("Somebody@Example.cn", email: "somebody@example.cn") == AccountWords.passwordIsEmail)
    #expect(
      Password.problem(String(repeating: "a", count: 1_001), email: "a@b.cn") == AccountWords.passwordTooLong)
  }
}
