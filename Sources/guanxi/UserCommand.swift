import App
import ArgumentParser
import Foundation

struct UserCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user",
    abstract: "Manage who may sign in.",
    discussion: """
        guanxi user create li@firm.cn --name 李雷 --administrator
        guanxi user list
      """,
    subcommands: [Create.self, List.self, Disable.self, Token.self])

  struct Create: DatabaseCommand {
    static let configuration = CommandConfiguration(
      abstract: "Let somebody sign in.",
      discussion: """
        The password is asked for without showing it, read from a file, or made and printed.

          guanxi user create li@firm.cn --name 李雷 --password-file secret.txt
        """)

    @Argument(help: "The e-mail to sign in with.")
    var email: String

    @Option(help: "What the person is called.")
    var name: String

    @Flag(help: "May manage users, settings and everything else.")
    var administrator = false

    @Option(help: "A file whose first line is the password.")
    var passwordFile: String?

    @OptionGroup var database: DatabaseOption
    @OptionGroup var json: JSONOption

    var wantedDatabase: DatabaseOption? { database }

    func run() async throws {
      let given = try await NewPassword.read(from: passwordFile)
      let password = given ?? MadePassword.next()
      try await database.visit(making: true) { services in
        let user = try await Accounts(services).create(
          email: email, name: name, password: password, isAdministrator: administrator)
        let row = UserRow(user, password: given == nil ? password : nil)
        try await json.print(row, text: row.text)
      }
    }
  }

  struct List: DatabaseCommand {
    static let configuration = CommandConfiguration(
      abstract: "List everybody who may or might sign in.",
      discussion: "  guanxi user list --json")

    @OptionGroup var database: DatabaseOption
    @OptionGroup var json: JSONOption

    var wantedDatabase: DatabaseOption? { database }

    func run() async throws {
      let rows = try await database.visit { services in
        try await Accounts(services).list().map { UserRow($0) }
      }
      try await json.print(rows, text: rows.map(\.text).joined(separator: "\n"))
    }
  }

  struct Disable: DatabaseCommand {
    static let configuration = CommandConfiguration(
      abstract: "Keep somebody from signing in, and end their sessions.",
      discussion: "  guanxi user disable li@firm.cn")

    @Argument(help: "Their e-mail.")
    var email: String

    @OptionGroup var database: DatabaseOption

    var wantedDatabase: DatabaseOption? { database }

    func run() async throws {
      try await database.visit { services in
        let accounts = Accounts(services)
        try await accounts.disable(try await accounts.find(email: email).id)
      }
    }
  }

  struct Token: DatabaseCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a token for a program that acts for somebody.",
      discussion: """
        It is printed this once; the program sends it as "Authorization: Bearer TOKEN".

          guanxi user token li@firm.cn --name webshop
          guanxi user token li@firm.cn --name reports --scope read --days 90
        """)

    @Argument(help: "Their e-mail.")
    var email: String

    @Option(help: "What the program is called.")
    var name: String

    @Option(help: "What it may do: read alone, or write, which is to read and to change.")
    var scope = TokenScope.write

    @Option(help: "After how many days the token ends; 0: never.")
    var days = Accounts.tokenDays

    @OptionGroup var database: DatabaseOption
    @OptionGroup var json: JSONOption

    var wantedDatabase: DatabaseOption? { database }

    func run() async throws {
      let token = try await database.visit { services in
        let accounts = Accounts(services)
        return try await accounts.issueToken(
          for: try await accounts.find(email: email), name: name, scope: scope, days: days)
      }
      try await json.print(["token": token], text: token)
    }
  }
}

/// A user as a line or as JSON.
struct UserRow: Encodable {
  let email: String
  let name: String
  let isAdministrator: Bool
  let isDisabled: Bool
  /// One that was made for them.
  let password: String?

  init(_ user: User, password: String? = nil) {
    email = user.email
    name = user.name
    isAdministrator = user.isAdministrator
    isDisabled = user.disabledAt != nil
    self.password = password
  }

  var text: String {
    let notes = [isAdministrator ? "administrator" : nil, isDisabled ? "disabled" : nil].compactMap(\.self)
    let line = "\(email)  \(name)" + (notes.isEmpty ? "" : "  (\(notes.joined(separator: ", ")))")
    return password.map { "\(line)\npassword: \($0)" } ?? line
  }
}

extension TokenScope: ExpressibleByArgument {}
