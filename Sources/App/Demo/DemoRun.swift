import Foundation
import Store
import Web

/// Writes a demo firm portion by portion, each in a transaction of its own with all that hangs on it.
struct DemoRun {
  /// How far it is, kept beside what was written.
  struct Progress: Codable, Equatable, Sendable {
    let customers: Int
    let orders: Int
    /// Drawn anew on another day it would be another firm.
    let today: Day
    var written = 0
    var isFinished = false
  }

  private let demo: Demo
  private let adding: Bool
  private let services: Services
  private let portion: Int

  /// - Parameter portion: orders of one transaction.
  init(_ demo: Demo, adding: Bool, _ services: Services, portion: Int = 50_000) {
    (self.demo, self.adding, self.services, self.portion) = (demo, adding, services, portion)
  }

  /// - Returns: whether its administrator got the password just now.
  func write(password hash: String, _ progress: @Sendable (Int) throws -> Void) async throws -> Bool {
    let (started, isNew) = try await services.db.write { tx in try begin(password: hash, in: tx) }
    let plan = try Demo(
      customers: demo.customers, orders: demo.orders, seed: demo.seed, today: started.today)
    let ids = ids(of: plan)
    let stage = try await services.db.write { tx in try DemoStage(plan, ids: ids).settled(in: tx) }
    var firm = DemoFirm(plan, stage, ids: ids)
    var state = started
    try pass(started.written, of: &firm)
    while let batches = try next(of: &firm) {
      let before = state.written
      state.written += batches.reduce(0) { $0 + $1.customers.count }
      try await services.db.write { [state] tx in
        for batch in batches { try batch.insert(in: tx) }
        try SalesLedger.gather(after: Int64(before) * 6, and: Int64(state.written) * 6, in: tx)
        try save(state, in: tx)
      }
      try progress(state.written)
      try Task.checkCancellation()
    }
    try await finish(state)
    return isNew
  }

  /// In a database of its own the same each time.
  private func ids(of plan: Demo) -> IDSource {
    adding ? services.ids : IDSource(node: Int64(plan.seed & 511), now: { plan.instant(0, hour: 0) })
  }

  /// What was written before is drawn again, so that all after it is as it would have been.
  private func pass(_ written: Int, of firm: inout DemoFirm) throws {
    var passed = 0
    while passed < written, let batch = try firm.next() { passed += batch.customers.count }
  }

  private func next(of firm: inout DemoFirm) throws -> [DemoBatch]? {
    var (batches, orders) = ([DemoBatch](), 0)
    while orders < portion, let batch = try firm.next() {
      batches.append(batch)
      orders += batch.orders.count
    }
    return batches.isEmpty ? nil : batches
  }

  private func finish(_ state: Progress) async throws {
    try await services.db.write { tx in
      try SalesLedger.gather(in: tx)
      try Standing.refreshLater(services, in: tx)
      try tx.refreshStatistics()
      var state = state
      state.isFinished = true
      try save(state, in: tx)
    }
  }

  // MARK: Where it stands

  private func begin(password hash: String, in tx: Transaction) throws -> (Progress, isNew: Bool) {
    let now = services.clock()
    if let state = try stored(in: tx), !state.isFinished {
      guard (state.customers, state.orders) == (demo.customers, demo.orders) else { throw Self.other(state, demo.seed) }
      return (state, try signIn(hash, at: now, again: true, in: tx))
    }
    try refuse(in: tx)
    let state = Progress(customers: demo.customers, orders: demo.orders, today: demo.today)
    try save(state, in: tx)
    _ = try DemoStage(demo, ids: ids(of: demo)).settledStaff(in: tx)
    try nameFirm(at: now, in: tx)
    return (state, try signIn(hash, at: now, again: false, in: tx))
  }

  private static func other(_ state: Progress, _ seed: UInt64) -> Refusal {
    let command = "guanxi demo --customers \(state.customers) --orders \(state.orders) --seed \(seed)"
    return Refusal("有一个没有做完的示例；请先做完它：\(command)", "there is a demo that was broken off; finish it first: \(command)")
  }

  private func refuse(in tx: Transaction) throws {
    let (seed, source) = (demo.seed, demo.outsideSource)
    if adding, try tx.exists("SELECT id FROM customer WHERE outside_source = \(source)") {
      throw Refusal(
        "种子 \(seed) 的示例已经有了；请用 --seed 换一个", "the firm of seed \(seed) is there already; give another --seed")
    }
    guard try adding || !tx.exists("SELECT id FROM customer") else {
      throw Refusal(
        "数据库里已有客户；加 --add 与它们并存",
        "this database has customers already; give --add to put the demo beside them")
    }
  }

  private func nameFirm(at now: Instant, in tx: Transaction) throws {
    var settings = try tx.ask(Settings.stored)
    guard settings.firmName.isEmpty else { return }
    settings.firmName = Demo.firm
    try settings.save(at: now, by: nil, in: tx)
  }

  /// Gives the demo's administrator a password, unless there is one.
  /// - Parameter again: also where there is one that nobody was told.
  private func signIn(_ hash: String, at now: Instant, again: Bool, in tx: Transaction) throws -> Bool {
    guard var user = try User.find(email: DemoStaff.administrator, in: tx) else { return false }
    let isKnown = try !again || tx.exists("SELECT id FROM session WHERE user_id = \(user.id)")
    guard user.passwordHash == nil || !isKnown else { return false }
    user.passwordHash = hash
    user.updatedAt = now
    return try tx.update(user)
  }

  private var name: String { "demo.\(demo.seed)" }

  private func stored(in tx: Transaction) throws -> Progress? {
    let json: String? = try tx.value("SELECT value FROM setting WHERE name = \(name)")
    return try json.map { try Wire.decode(Progress.self, from: Array($0.utf8)) }
  }

  private func save(_ state: Progress, in tx: Transaction) throws {
    let json = String(decoding: try Wire.encode(state), as: UTF8.self)
    try tx.run(
      """
      INSERT INTO setting (name, value, updated_at) VALUES (\(name), \(json), \(services.clock()))
      ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
      """)
  }
}

extension Demo {
  /// Whether there are customers, and no demo that was broken off.
  public static func isWhole(in services: Services) async throws -> Bool {
    try await services.db.read { tx in
      let isBrokenOff = try tx.exists(
        "SELECT 1 FROM setting WHERE name LIKE 'demo.%' AND value LIKE '%\"is_finished\":false%'")
      return try !isBrokenOff && tx.exists("SELECT 1 FROM customer")
    }
  }
}
