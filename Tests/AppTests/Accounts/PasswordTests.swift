import Testing
import Web

@testable import App

@Suite struct PasswordTests {
  @Test func matchesOnlyItself() throws {
    let hash = try Password.hash("correct horse battery")
    #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
    #expect(Password.matches("correct horse battery", hash))
    #expect(!Password.matches("correct horse batterY", hash))
    #expect(!Password.matches("", hash))
  }

  @Test func hasItsOwnSalt() throws {
    let hashes = (try Password.hash("same password"), try Password.hash("same password"))
    #expect(hashes.0 != hashes.1)
  }

  @Test func isTheSameHoweverItWasComposed() throws {
    let hash = try Password.hash("caf\u{E9} crème 张伟")
    #expect(Password.matches("cafe\u{301} crème 张伟", hash))
  }

  @Test func matchesNothingWithoutAHash() throws {
    #expect(!Password.matches("nobody has this password", nil))
    #expect(!Password.matches("anything at all", "not a hash"))
  }

  @Test func isOutdatedWhenMadeWithLess() throws {
    #expect(Password.isOutdated("$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$AAAA"))
    #expect(!Password.isOutdated(try Password.hash("correct horse battery")))
  }

  @Test func mustBeLongAndNotTheEmail() {
    let owner = PasswordOwner(email: "qx7rwmzk@example.cn", name: "", firm: "")
    #expect(Password.problem("xkqzjvbwp", of: owner) == AccountWords.passwordTooShort(10))
    #expect(Password.problem("xkqzjvbwpm", of: owner) == nil)
    #expect(Password.problem("QX7rwmzk@Example.cn", of: owner) == AccountWords.passwordIsEmail)
    #expect(Password.problem(String(repeating: "Zk7#", count: 251), of: owner) == AccountWords.passwordTooLong)
    // One character of very many marks is long all the same.
    let marks = "a" + String(repeating: "\u{301}", count: 200_000)
    #expect(Password.problem(marks, of: owner) == AccountWords.passwordTooLong)
  }

  @Test(arguments: [
    "1234567890", "0987654321", "１２３４５６７８９０", "一二三四五六七八九十", "1.2.3.4.5.6.7.8.9.0", "12345 67890", "12345\u{200B}67890",
    "1234567890987654321", "13800138000", "7894561230", "1122334455", "112233445566", "2468101214", "5201314520",
    "qwertyuiop", "QWERTYuiop", "asdfghjkl;", "1qaz2wsx3edc", "1qaz2wsx3edc4rfv", "q1w2e3r4t5", "qazwsxedc123",
    "zxcvbnm123",
    "!@#$%^&*()", "qwer1234asdf", "1a2b3c4d5e", "abcdefghij", "zyxwvutsrq",
    "aaaaaaaaaa", "aaaaaaaaab", "abababababab", "abcabcabcabc", "          ", "😀😀😀😀😀😀😀😀😀😀", "qqwweerrtt",
    "password123", "Password1!", "P@ssw0rd123", "drowssap321", "password password", "p-a-s-s-w-o-r-d", "iloveyou2024",
    "Welcome2024!", "letmein12345", "admin12345", "administrator", "sunshine2024", "Qwerty123456", "a123456789",
    "123456789a",
    "woaini1314", "woaini520520", "wodemima123", "woaizhongguo", "gongxifacai", "wangwei1990", "liuyang888",
    "laopo5201314",
    "19900101aa", "1990-01-01-", "2024年1月1日", "19901231!!", "guanxi2024", "关系关系关系关系关系",
  ])
  func isNotWhatIsTriedFirst(_ password: String) {
    #expect(Password.problem(password, of: Self.stranger) != nil)
  }

  @Test(arguments: [
    "correct horse battery", Office.next, "tea at four o'clock", "today is a fine day", "今天天气真好我们去爬山",
    "ein guter Tee um vier",
    "kX9#mQ2vLp", "xkqzjvbwpm", "8k2f93hd71", "V7eq-Tr2m-99xB", MadePassword.next(),
    String(repeating: "kX9#mQ2vLp", count: 100),
  ])
  func isAnythingElse(_ password: String) {
    #expect(Password.problem(password, of: Self.stranger) == nil)
  }

  @Test(arguments: [
    "zhangwei0412", "Wei.Zhang.77", "weiwei zhang", "张伟张伟123456", "weizhang8877", "zw19881231", "gnahziew2024",
    "hupan20242024", "Hupan-Maoyi-1", "湖畔贸易2024年", "湖畔湖畔湖畔湖畔湖畔", "shanhutrade1", "SHANHU@2024",
  ])
  func isNotMadeOfItsOwner(_ password: String) {
    let owner = PasswordOwner(email: "wei.zhang77@shanhutrade.cn", name: "张伟", firm: "杭州湖畔贸易有限公司")
    #expect(Password.problem(password, of: owner) != nil)
  }

  @Test func saysWhyItIsEasy() {
    func why(_ password: String) -> Word? { Password.problem(password, of: Self.stranger) }
    #expect(why("password123") == AccountWords.guessable(.common))
    #expect(why("asdfghjkl;") == AccountWords.guessable(.row))
    #expect(why("kqkqkqkqkqkq") == AccountWords.guessable(.repeated))
    #expect(why("guanxi2024") == AccountWords.guessable(.own))
    #expect(why("20240315zk") == AccountWords.guessable(.date))
  }

  /// The list that the binary carries, and the rules that remain without it.
  @Test func findsWordsInTheList() {
    for word in ["password", "woaini", "1qaz2wsx3edc", "!qaz2wsx", "zzzzzzz1"] {
      #expect(CommonWords.magnitude(Array(word.utf8)[...]) != nil, "\(word)")
    }
    for word in ["", "!", "~~~~~~~~", "xkqzjvbwpm", "passwor\u{7F}", "zzzzzzzzzzzzzzzzzzzzzzzzz"] {
      #expect(CommonWords.magnitude(Array(word.utf8)[...]) == nil, "\(word)")
    }
    for password in ["1234567890", "aaaaaaaaaa", "qwertyuiop", "abcabcabcabc", "20240315zk"] {
      #expect(GuessEstimate(password, own: [], common: { _ in nil }).magnitude < Password.magnitude, "\(password)")
    }
  }

  @Test func takesNoTimeOverAnything() {
    for text in ["a", "ab", "aab", "1", "19900101", "é", "👨‍👩‍👧‍👦", "\u{301}", "qwe", " "] {
      let long = String(repeating: text, count: 100_000)
      let estimate = GuessEstimate(long, own: [long, text], common: CommonWords.magnitude)
      #expect(estimate.magnitude.isFinite)
    }
    #expect(GuessEstimate("", own: [], common: { _ in nil }).magnitude == 0)
  }

  private static let stranger = PasswordOwner(email: "somebody@example.cn", name: "Somebody Else", firm: "")
}
