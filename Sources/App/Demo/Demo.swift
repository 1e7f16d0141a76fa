import Foundation
import Store
import Web

/// A believable firm to look around in: 山岚茶业, which sells tea and gifts to shops, restaurants, companies and
/// people, three years of its orders ending today. The same seed and day give the same firm on every machine.
public struct Demo: Sendable {
  public let customers: Int
  public let orders: Int
  public let seed: UInt64
  public let today: Day

  /// What was made, and how to look at it.
  public struct Result: Codable, Sendable {
    public let customers: Int
    public let orders: Int
    public let email: String
    /// Nil when somebody signs in already with this e-mail.
    public let password: String?

    public func sentence(_ language: Language) -> String {
      let made = Word(
        "已生成 \(Figures.grouped(Int64(customers))) 位客户、\(Figures.grouped(Int64(orders))) 张订单。",
        "Made \(Word.counted(customers, "customer")) and \(Word.counted(orders, "order")).")
      let way = password.map { Word("登录：\(email)，密码：\($0)", "Sign in as \(email), password \($0)") }
      return [made, way].compactMap { $0?[language] }.joined(separator: "\n")
    }
  }

  static let firm = "山岚茶业"
  static let currency = "CNY"
  static let source = "demo"
  private static let years = 3

  /// - Parameter orders: nil for six a customer.
  public init(customers: Int = 5_000, orders: Int? = nil, seed: UInt64 = 1, today: Day) throws {
    guard (1...2_000_000).contains(customers) else {
      throw Refusal("示例要有 1 到 2,000,000 位客户", "a demo has 1 to 2,000,000 customers", isWrongUse: true)
    }
    self.customers = customers
    self.orders = orders ?? customers * 6
    guard (0...20_000_000).contains(self.orders) else {
      throw Refusal("示例最多 20,000,000 张订单", "a demo has up to 20,000,000 orders", isWrongUse: true)
    }
    self.seed = seed
    self.today = today
  }

  /// A firm whose last day is today where the firm is.
  public init(customers: Int, orders: Int?, seed: UInt64, on services: Services) async throws {
    let settings = try await services.db.read { tx in try tx.ask(Settings.stored) }
    try self.init(
      customers: customers, orders: orders, seed: seed, today: services.clock().day(in: settings.timeZone))
  }

  var firstDay: Day { today.adding(days: -365 * Self.years) }
  var dayCount: Int { today.days(since: firstDay) + 1 }
  var outsideSource: String { "\(Self.source) \(seed)" }

  /// An hour in China of a day counted from the first.
  func instant(_ day: Int, hour: Int) -> Instant {
    let days = Int64(firstDay.adding(days: day).number)
    return Instant(milliseconds: (days * 24 + Int64(hour) - 8) * 3_600_000)
  }

  /// Writes the firm in portions, and finds out who matters in it. One that was broken off is taken up where it stood.
  /// - Parameters:
  ///   - adding: into a database that has customers already.
  ///   - progress: told the number of customers written so far; what it throws stops the work.
  public func write(
    to services: Services, adding: Bool = false, progress: @escaping @Sendable (Int) throws -> Void = { _ in }
  ) async throws -> Result {
    let password = MadePassword.next()
    let hash = try await services.hashing.turn().hash(password)
    let isNew = try await DemoRun(self, adding: adding, services).write(password: hash, progress)
    try await StandingRefresh.refresh(services)
    try await LifetimeRefresh.refresh(services)
    return Result(
      customers: customers, orders: orders, email: DemoStaff.administrator, password: isNew ? password : nil)
  }
}
