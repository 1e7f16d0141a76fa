import Store
import Web

/// The last two years and the months to come, with their ranges as bands.
struct OutlookChart {
  private struct Point {
    let month: String
    let expected: Double
    let lower: Double
    let upper: Double
    let lower80: Double
    let upper80: Double
  }

  private let id: String
  private let title: Word
  /// Members of the option that say how numbers are written.
  private let format: HTML
  private let past: [(month: String, value: Double)]
  private let coming: [Point]
  private let rows: [[HTML]]

  init(purchasesOf model: OutlookPage) {
    (id, title, format) = ("outlook-purchases", OutlookWords.purchases, #""format":"count""#)
    past = model.past.map { ($0.month, Double($0.purchases)) }
    coming = model.months.map { month in
      let purchases = month.purchases
      return Point(
        month: month.month, expected: (purchases.expected * 10).rounded() / 10, lower: Double(purchases.lower),
        upper: Double(purchases.upper), lower80: Double(purchases.lower80), upper80: Double(purchases.upper80))
    }
    rows = Self.rows(
      model.past.map { ($0.month, "\(Count($0.purchases))") },
      model.months.map { month in
        let purchases = month.purchases
        let ends = [purchases.lower80, purchases.upper80, purchases.lower, purchases.upper]
        return (month.month, ["\(Figures.decimal(purchases.expected, places: 1))"] + ends.map { "\(Count($0))" })
      })
  }

  init(salesOf model: OutlookPage) {
    let currency = model.past.first?.sales.currency ?? ""
    (id, title, format) = ("outlook-sales", OutlookWords.sales, #""format":"money","currency":\#(json: currency)"#)
    let unit = Money.unit(of: currency)
    func units(_ money: Money) -> Double { (Double(money.minor) / unit).rounded() }
    past = model.past.map { ($0.month, units($0.sales)) }
    let sales = model.months.compactMap { month in month.sales.map { (month: month.month, sales: $0) } }
    coming = sales.map { month, sales in
      Point(
        month: month, expected: units(sales.expected), lower: units(sales.lower), upper: units(sales.upper),
        lower80: units(sales.lower80), upper80: units(sales.upper80))
    }
    rows = Self.rows(
      model.past.map { ($0.month, "\(RoundMoney($0.sales))") },
      sales.map { month, sales in
        let amounts = [sales.expected, sales.lower80, sales.upper80, sales.lower, sales.upper]
        return (month, amounts.map { "\(RoundMoney($0))" })
      })
  }

  private static func rows(_ past: [(String, HTML)], _ coming: [(String, [HTML])]) -> [[HTML]] {
    past.map { ["\($0.0)", $0.1] + Array(repeating: .empty, count: 5) } + coming.map { ["\($0.0)", .empty] + $0.1 }
  }

  /// Over the last twelve months; nil where there are not as many, or nothing was sold in them.
  private var growth: Double? {
    let before = past.suffix(12).reduce(0) { $0 + $1.value }
    return past.count >= 12 && before > 0 ? coming.reduce(0) { $0 + $1.expected } / before - 1 : nil
  }

  var html: HTML {
    typealias Words = OutlookWords
    let months = past.map(\.month) + coming.map(\.month)
    let option: HTML = #"""
      {\#(format),"grid":{"top":44},"legend":{"top":0,"left":0,"itemWidth":18,"selectedMode":false,\#
      "textStyle":{"color":"--ink-2"},"data":["\#(Words.actual)","\#(Words.expected)",\#
      {"name":"\#(Words.within80)","icon":"rect"},{"name":"\#(Words.within95)","icon":"rect"}]},\#
      "xAxis":{"type":"category","data":\#(json: months)},"yAxis":{"type":"value"},"series":[\#
      {"type":"line","name":"\#(Words.actual)","symbol":"none","lineStyle":{"width":2.5,"color":"--accent"},\#
      "itemStyle":{"color":"--accent"},"data":\#(json: past.map { Datum($0.month, $0.value) })},\#
      {"type":"line","name":"\#(Words.expected)","symbol":"none",\#
      "lineStyle":{"width":2,"type":"dashed","color":"--accent"},"itemStyle":{"color":"--accent"},\#
      "data":\#(json: coming.map { Datum($0.month, $0.expected) })},\#
      \#(band(Words.within80, Words.lower80, Words.upper80, opacity: 0.3, from: \.lower80, to: \.upper80)),\#
      \#(band(Words.within95, Words.lower95, Words.upper95, opacity: 0.15, from: \.lower, to: \.upper))]}
      """#
    return LifetimePieces.chart(
      id, title, Words.says(growth), option,
      heads: [
        Words.month, Words.actual, Words.expected, Words.lower80, Words.upper80, Words.lower95, Words.upper95,
      ],
      rows: rows)
  }

  /// A line that is not seen, and upon it an area as high as the range is wide; what is told of the two is where the
  /// range ends. A third, without points, is what the legend names.
  private func band(
    _ name: Word, _ lowerName: Word, _ upperName: Word, opacity: Double, from lower: KeyPath<Point, Double>,
    to upper: KeyPath<Point, Double>
  ) -> HTML {
    let look: HTML = #""type":"line","symbol":"none","lineStyle":{"width":0},"stack":"\#(name)""#
    let colour: HTML = #""color":"--accent","opacity":\#(json: opacity)"#
    return #"""
      {"type":"line","name":"\#(name)","itemStyle":{\#(colour)},"data":[]},\#
      {\#(look),"name":"\#(lowerName)","itemStyle":{\#(colour)},\#
      "data":\#(json: coming.map { Datum($0.month, $0[keyPath: lower]) })},\#
      {\#(look),"name":"\#(upperName)","itemStyle":{\#(colour)},"areaStyle":{\#(colour)},\#
      "encode":{"x":0,"y":1,"tooltip":2},\#
      "data":\#(json: coming.map { Datum($0.month, $0[keyPath: upper] - $0[keyPath: lower], $0[keyPath: upper]) })}
      """#
  }

  /// A point of a series: its month, then numbers.
  private struct Datum: Encodable {
    let month: String
    let values: [Double]

    init(_ month: String, _ values: Double...) { (self.month, self.values) = (month, values) }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      try container.encode(month)
      try values.forEach { try container.encode($0) }
    }
  }
}
