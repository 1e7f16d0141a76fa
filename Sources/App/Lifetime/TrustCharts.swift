import Store
import Web

/// How many customers fell into each tenth of their own forecast: as many in each where the ranges hold.
struct TenthsChart {
  let tenths: [Int]

  var html: HTML {
    let all = tenths.reduce(0, +)
    let option: HTML = #"""
      {"format":"count","xAxis":{"type":"category","data":\#(json: tenths.indices.map { "\($0 + 1)" }),\#
      "name":"\#(TrustWords.tenthsAxis)","nameLocation":"middle","nameGap":28},"yAxis":{"type":"value"},"series":[\#
      {"type":"bar","name":"\#(InsightWords.customers)","data":\#(json: tenths),"itemStyle":{"color":"--accent"},\#
      "markLine":{"silent":true,"symbol":"none","lineStyle":{"color":"--ink-2","type":"dashed"},\#
      "label":{"color":"--ink-2","position":"insideEndTop","formatter":"\#(TrustWords.even)"},\#
      "data":[{"yAxis":\#(json: Double(all) / 10)}]}}]}
      """#
    return LifetimePieces.chart(
      "tenths", TrustWords.tenths, TrustWords.tenthsSay(tenths), option,
      heads: [TrustWords.tenth, InsightWords.customers, InsightWords.share],
      rows: tenths.enumerated().map { place, count in
        ["\(Count(place + 1))", "\(Count(count))", "\(Percent(Double(count) / Double(max(all, 1))))"]
      })
  }
}

/// How often is bought in each month, beside the mean of the year.
struct SeasonChart {
  /// Twelve, January first.
  let factors: [Double]

  var html: HTML {
    let names = factors.indices.map { TrustWords.monthName($0 + 1) }
    let option: HTML = #"""
      {"format":"percent","xAxis":{"type":"category","data":[\#(names.map { #""\#($0)""# as HTML }.joined(by: ","))]},\#
      "yAxis":{"type":"value"},"series":[{"type":"bar","name":"\#(TrustWords.besideMean)",\#
      "data":\#(json: factors.map { ($0 * 1000).rounded() / 1000 }),"itemStyle":{"color":"--accent"},\#
      "markLine":{"silent":true,"symbol":"none","lineStyle":{"color":"--ink-2","type":"dashed"},\#
      "label":{"show":false},"data":[{"yAxis":1}]}}]}
      """#
    return LifetimePieces.chart(
      "season", TrustWords.seasonTitle, TrustWords.season(factors), option, isLow: true,
      heads: [TrustWords.month, TrustWords.besideMean],
      rows: zip(names, factors).map { name, factor in ["\(name)", "\(Percent(factor, places: 0))"] })
  }
}
