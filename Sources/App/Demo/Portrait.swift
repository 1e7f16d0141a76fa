import Store
import Web

/// Who one customer of the demo firm is: its record, its people, and what was written down about it.
struct Portrait {
  let number: Int
  let habit: Habit
  let plan: Demo
  let staff: [User]
  let ids: IDSource

  init(number: Int, _ habit: Habit, plan: Demo, staff: [User], ids: IDSource) {
    self.number = number
    self.habit = habit
    self.plan = plan
    self.staff = staff
    self.ids = ids
  }

  private static let places = Weighted(Place.all)
  /// The source of whoever was brought by another customer.
  static let referral = "老客户介绍"
  private static let sources = Weighted([
    (30, "门店"), (24, referral), (14, "茶博会"), (12, "网店"), (10, "电话拜访"), (6, "广告"), (4, "行业名录"),
  ])
  private static let occupations = ["教师", "医生", "工程师", "公务员", "退休", "自由职业", "会计", "律师", "设计师", "企业主"]
  private static let interests = ["书法", "登山", "古琴", "摄影", "瑜伽", "收藏紫砂", "养花", "钓鱼", "阅读", "旅行"]

  func customer(_ chance: inout Chance) throws -> Customer {
    let place = Self.places.pick(&chance)
    let isFirm = habit.kind != .person
    let name = CompanyNames.name(of: habit.kind, in: place.short, &chance)
    // Those of before the first day came one after the other in the years before.
    let met = habit.days.lowerBound == 0 ? -chance.below(1_400) : habit.days.lowerBound - chance.below(10)
    let owner = owner(of: place, &chance)
    var customer = Customer(
      id: ids.next(), kind: isFirm ? .company : .person, name: name, at: plan.instant(met, hour: 11),
      by: owner)
    customer.ownerId = owner
    let district = chance.pick(place.districts)
    customer.regionCode = district.code
    customer.region = place.province + place.city + district.name
    customer.address = place.address(&chance, isFirm: isFirm)
    customer.roles = roles(&chance)
    let phone = isFirm ? DemoPhones.landline(place.dialling, &chance) : DemoPhones.mobile(&chance)
    customer.phones = try [PhoneNumber.parse(phone)]
    customer.source = Self.sources.pick(&chance)
    customer.outsideSource = plan.outsideSource
    customer.outsideId = "KH" + String(repeating: "0", count: max(0, 5 - "\(number)".count)) + "\(number)"
    if isFirm { customer.industry = industry } else { addPersonal(to: &customer, &chance) }
    return customer
  }

  private var industry: String {
    switch habit.kind {
    case .person: ""
    case .office: "企业团购"
    case .restaurant: "餐饮"
    case .shop: "茶叶零售"
    case .distributor: "茶叶批发"
    case .supplier: "茶叶种植与包装"
    }
  }

  private func addPersonal(to customer: inout Customer, _ chance: inout Chance) {
    if chance.happens(0.7) { customer.wechat = "cha\(chance.number(100_000...999_999))" }
    if chance.happens(0.3) { customer.email = "kehu\(number)@mail.example" }
    if chance.happens(0.4) {
      customer.birthday = Day(
        year: chance.number(1952...2003), month: chance.number(1...12), day: chance.number(1...28))
    }
    if chance.happens(0.5) { customer.occupation = chance.pick(Self.occupations) }
    if chance.happens(0.35) { customer.interests = chance.pick(Self.interests) }
  }

  private func roles(_ chance: inout Chance) -> [Customer.Role] {
    switch habit.kind {
    case .supplier: [.supplier]
    case .distributor: chance.happens(0.15) ? [.distributor, .supplier] : [.distributor]
    case .person, .office, .restaurant, .shop:
      chance.happens(0.01) ? [.endCustomer, .partner] : [.endCustomer]
    }
  }

  /// Reps have their cities; some customers belong to nobody yet.
  private func owner(of place: Place, _ chance: inout Chance) -> User.ID? {
    guard staff.count > 1, chance.happens(0.93) else { return nil }
    if habit.kind == .distributor || habit.kind == .supplier { return staff[chance.below(2)].id }
    let code = place.dialling.utf8.reduce(0) { $0 + Int($1) }
    return staff[chance.happens(0.85) ? 1 + code % (staff.count - 1) : 1 + chance.below(staff.count - 1)].id
  }

  private static let titles: [(Contact.Role, String)] = [
    (.decider, "总经理"), (.user, "采购经理"), (.influencer, "行政主管"), (.gatekeeper, "财务"), (.decider, "老板"),
    (.user, "店长"),
  ]

  func contacts(of customer: Customer, _ chance: inout Chance) throws -> [Contact] {
    guard customer.kind == .company else { return [] }
    let isSmall = habit.kind == .restaurant || habit.kind == .shop
    return try (0..<(isSmall ? 1 : chance.number(1...3))).map { index in
      let name = PersonNames.full(&chance)
      let (role, title) = Self.titles[isSmall ? 4 + chance.below(2) : index]
      var contact = Contact(
        id: ids.next(), customerId: customer.id, name: name, at: customer.createdAt, by: customer.createdBy)
      contact.role = role
      contact.title = title
      contact.phones = try [PhoneNumber.parse(DemoPhones.mobile(&chance))]
      if chance.happens(0.6) { contact.wechat = "cha\(chance.number(100_000...999_999))" }
      return contact
    }
  }

  func notes(on customer: Customer, _ chance: inout Chance) -> [Note] {
    let most = habit.kind == .distributor ? 5 : habit.kind == .person ? 2 : 3
    guard chance.happens(0.55) else { return [] }
    return (0..<chance.number(1...most)).map { _ in
      let (kind, topic, text) = chance.pick(DemoSayings.all)
      let day = habit.days.lowerBound + chance.below(max(1, min(habit.days.count, plan.dayCount - 2)))
      let happened = plan.instant(min(day, plan.dayCount - 2), hour: chance.number(9...17))
      return Note(
        id: ids.next(), customerId: customer.id, kind: kind, topic: topic, text: text, happenedAt: happened,
        createdAt: happened, createdBy: customer.ownerId, updatedAt: happened, updatedBy: customer.ownerId)
    }
  }
}
