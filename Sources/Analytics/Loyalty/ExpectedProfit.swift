/// What a customer is expected to be worth from here on: a worksheet, year by year.
///
/// `Σ_{t=1…H} (r / (1 + d))^t · (revenue_t · margin − service_t − sales_t) + referral value − acquisition cost`
///
/// with retention `r` and discount rate `d` per year. All of a year's money is taken to come at its end, and only from
/// those who are still customers then; costs of serving end with the customer.
///
/// Each line is worked out without intermediate rounding and rounded once, to the nearest minor unit, halves away from
/// zero. The total is the sum of the rounded lines, so that the sheet adds up on paper; from the unrounded total it
/// differs by at most half a minor unit per line.
///
/// Source: handbook §12.5.
public struct ExpectedProfit: Equatable, Sendable {
  /// What is expected of one year, in minor units, if the customer stays.
  public struct Year: Hashable, Codable, Sendable {
    public var revenue: Int64
    public var service: Int64
    public var sales: Int64

    public init(revenue: Int64, service: Int64, sales: Int64) {
      self.revenue = revenue
      self.service = service
      self.sales = sales
    }
  }

  public struct Inputs: Hashable, Codable, Sendable {
    /// The coming years, the next one first.
    public var years: [Year]
    /// Contribution margin as a share of revenue, −1…1.
    public var marginRate: Double
    /// Probability of staying from one year to the next, 0…1.
    public var retention: Double
    /// Per year, 0…1.
    public var discountRate: Double
    /// Expected value of those the customer will bring, today's money in minor units.
    public var referralValue: Int64
    /// What winning the customer will still cost, in minor units; what is spent already is spent.
    public var acquisitionCost: Int64

    public init(
      years: [Year], marginRate: Double, retention: Double, discountRate: Double, referralValue: Int64 = 0,
      acquisitionCost: Int64 = 0
    ) {
      self.years = years
      self.marginRate = marginRate
      self.retention = retention
      self.discountRate = discountRate
      self.referralValue = referralValue
      self.acquisitionCost = acquisitionCost
    }
  }

  public struct Line: Equatable, Sendable {
    /// 1 for the coming year.
    public let year: Int
    /// Probability that the customer is still one, 0…1.
    public let staying: Double
    /// What money of that year is worth today, 0…1.
    public let discount: Double
    /// Revenue × margin − service − sales if the customer stays, in minor units.
    public let profit: Int64
    /// `profit` × `staying` × `discount`, rounded once, in minor units.
    public let presentValue: Int64
  }

  public let lines: [Line]
  /// Present value of the lines, plus referral value, less acquisition cost, in minor units held within 64 bits.
  public let total: Int64

  /// Nil when a rate is outside its range or no number. O(years); no value traps.
  public init?(_ inputs: Inputs) {
    guard -1...1 ~= inputs.marginRate, 0...1 ~= inputs.retention, 0...1 ~= inputs.discountRate else { return nil }
    var staying = 1.0
    var discount = 1.0
    lines = inputs.years.enumerated().map { place, year in
      staying *= inputs.retention
      discount /= 1 + inputs.discountRate
      let profit = Double(year.revenue) * inputs.marginRate - Double(year.service) - Double(year.sales)
      return Line(
        year: place + 1, staying: staying, discount: discount, profit: Int64(nearest: profit),
        presentValue: Int64(nearest: profit * staying * discount))
    }
    let present = lines.reduce(Int128(0)) { $0 + Int128($1.presentValue) }
    total = Int64(clamping: present + Int128(inputs.referralValue) - Int128(inputs.acquisitionCost))
  }
}

extension Int64 {
  /// Rounded to the nearest, halves away from zero, held within 64 bits.
  fileprivate init(nearest value: Double) {
    self = Int64(exactly: value.rounded()) ?? (value < 0 ? .min : .max)
  }
}
