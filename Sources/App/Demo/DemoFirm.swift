import Store

/// 山岚茶业, a tea wholesaler in Hangzhou that never was: its goods, its people, and its customers one after
/// the other with everything they bought. The same plan draws the same firm on every machine.
struct DemoFirm {
  let plan: Demo
  let stage: DemoStage
  let ids: IDSource

  private let seasons: [Seasons.Rhythm: Seasons]
  /// Of all customers, so that each gets its share of the orders.
  private let totalWeight: Double
  private var index = 0
  private var weight = 0.0
  private var ordersDrawn = 0
  private var ordersOfDay: [Int]

  init(_ plan: Demo, _ stage: DemoStage, ids: IDSource) {
    self.plan = plan
    self.stage = stage
    self.ids = ids
    let (first, last) = (plan.firstDay, plan.today)
    seasons = Dictionary(
      [Seasons.Rhythm.gifts, .steady, .personal].map { ($0, Seasons($0, from: first, through: last)) },
      uniquingKeysWith: { $1 })
    ordersOfDay = [Int](repeating: 0, count: plan.dayCount)
    var sum = 0.0
    for index in 0..<plan.customers {
      var chance = Chance(seed: plan.seed, of: index)
      sum += Habit(&chance, seasons: seasons, total: plan.dayCount).weight
    }
    totalWeight = sum
  }

  /// The next customers with all that belongs to them; nil when there are no more.
  mutating func next() throws -> DemoBatch? {
    guard index < plan.customers else { return nil }
    var batch = DemoBatch()
    while index < plan.customers, batch.customers.count < 1_000, batch.lines.count < 20_000 {
      try draw(into: &batch)
    }
    return batch
  }

  private mutating func draw(into batch: inout DemoBatch) throws {
    var chance = Chance(seed: plan.seed, of: index)
    let habit = Habit(&chance, seasons: seasons, total: plan.dayCount)
    let count = share(of: habit)
    index += 1
    guard let season = seasons[habit.kind.rhythm] else { return }
    let purchases = Purchases(habit, seasons: season, &chance).draw(count, &chance)
    let portrait = Portrait(number: index, habit, plan: plan, staff: stage.staff, ids: ids)
    var customer = try portrait.customer(&chance)
    if customer.source == Portrait.referral, !batch.customers.isEmpty {
      customer.referrerId = batch.customers[(index &* 7_919) % batch.customers.count].id
    }
    batch.customers.append(customer)
    batch.contacts += try portrait.contacts(of: customer, &chance)
    batch.notes += portrait.notes(on: customer, &chance)
    for tag in DemoTag.fitting(habit, orders: count, &chance) {
      batch.put(stage.tags[tag], on: customer.id)
    }
    for purchase in purchases { add(purchase, of: customer, to: &batch) }
  }

  /// The orders of the next customer, so that all of them together are as many as wanted.
  private mutating func share(of habit: Habit) -> Int {
    weight += habit.weight
    let isLast = index == plan.customers - 1
    let upTo = isLast || totalWeight <= 0 ? plan.orders : Int(weight / totalWeight * Double(plan.orders))
    let count = max(0, min(upTo, plan.orders) - ordersDrawn)
    ordersDrawn += count
    return count
  }

  private mutating func add(_ purchase: Purchase, of customer: Customer, to batch: inout DemoBatch) {
    ordersOfDay[purchase.day] += 1
    let day = plan.firstDay.adding(days: purchase.day)
    let digits = day.description.filter { $0 != "-" }
    let number = "\(ordersOfDay[purchase.day])"
    let padded = String(repeating: "0", count: max(0, 4 - number.utf8.count)) + number
    batch.add(
      purchase, id: ids.next(), number: "SL\(digits)-\(padded)", on: day, of: customer, plan: plan,
      products: stage.products,
      ids: ids)
  }
}
