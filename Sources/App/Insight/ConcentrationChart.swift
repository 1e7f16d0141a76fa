import Analytics
import Web

/// How much of the total how many customers hold: the Pareto curve, the Lorenz curve and an even spread.
struct ConcentrationChart {
  private let pareto: [CurvePoint]
  private let classes: [ABCPage.ClassTotal]

  init(_ model: ABCPage) {
    pareto = model.pareto
    classes = model.classes
  }

  var html: HTML {
    guard !pareto.isEmpty else { return "<p class='muted'>\(InsightWords.nothingInWindow)</p>" }
    let says = InsightWords.curveSays(
      Figures.percent(classes.first?.shareOfCustomers ?? 0), Figures.percent(classes.first?.shareOfValue ?? 0)
    )
    return """
      <figure class='chart' data-chart aria-labelledby='concentration'>
        <figcaption><strong id='concentration'>\(InsightWords.curve)</strong><span>\(says)</span></figcaption>
        <div class='plot' role='img' aria-label='\(says)'></div>
        <script type='application/json'>\(option)</script>
        <details><summary>\(icon("chevron-down"))\(InsightWords.showTable)</summary>\(table)</details>
      </figure>
      """
  }

  /// The option of the chart. Words stand in it as marks: none of them holds a character that JSON or HTML
  /// would write otherwise.
  private var option: HTML {
    #"""
    {"format":"percent","grid":{"top":56,"right":24},"legend":{"top":0,"left":0,"icon":"roundRect","itemHeight":3,\#
    "textStyle":{"color":"--ink-2"}},\#
    "xAxis":{"type":"value","min":0,"max":1,"format":"percent","name":"\#(InsightWords.shareOfCustomersAxis)",\#
    "nameLocation":"middle","nameGap":28},"yAxis":{"type":"value","min":0,"max":1},"series":[\#
    {"type":"line","name":"\#(InsightWords.pareto)","data":\#(json: points(pareto)),"showSymbol":false,\#
    "lineStyle":{"width":2.5,"color":"--accent"},"itemStyle":{"color":"--accent"},\#
    "areaStyle":{"color":"--accent","opacity":0.07},\#(marks)},\#
    {"type":"line","name":"\#(InsightWords.lorenz)","data":\#(json: points(lorenz)),"showSymbol":false,\#
    "lineStyle":{"width":1.5,"color":"--class-b"},"itemStyle":{"color":"--class-b"}},\#
    {"type":"line","name":"\#(InsightWords.even)","data":[[0,0],[1,1]],"showSymbol":false,\#
    "lineStyle":{"width":1,"type":"dotted","color":"--ink-3"},"itemStyle":{"color":"--ink-3"}}]}
    """#
  }

  private var lorenz: [CurvePoint] {
    pareto.reversed().map { CurvePoint(customers: 1 - $0.customers, value: 1 - $0.value) }
  }

  /// Four digits are more than a screen can show.
  private func points(_ curve: [CurvePoint]) -> [[Double]] {
    curve.map { [($0.customers * 10_000).rounded() / 10_000, ($0.value * 10_000).rounded() / 10_000] }
  }

  /// Where A and B end.
  private var marks: HTML {
    let ends = classes.prefix(2).reduce(into: [(name: String, share: Double)]()) { ends, total in
      ends.append((total.class.rawValue, (ends.last?.share ?? 0) + total.shareOfCustomers))
    }
    let lines = ends.map { end -> HTML in
      let label = "\(end.name) \(Figures.percent(end.share))"
      return ##"{"xAxis":\##(json: end.share),"label":{"formatter":\##(json: label)}}"##
    }
    return #"""
      "markLine":{"silent":true,"symbol":"none","lineStyle":{"color":"--line-strong","type":"dashed"},\#
      "label":{"color":"--ink-2"},"data":[\#(lines.joined(by: ","))]}
      """#
  }

  private var table: HTML {
    let step = max(1, pareto.count / 20)
    let rows = pareto.indices.filter { $0 % step == 0 || $0 == pareto.count - 1 }.map { pareto[$0] }
    return """
      <div class='table-wrap' tabindex='0' role='region' aria-label='\(InsightWords.data)'>
      <table class='table compact'><thead><tr><th scope='col' class='num'>\(InsightWords.shareOfCustomers)</th>
      <th scope='col' class='num'>\(InsightWords.shareOfValue)</th></tr></thead><tbody>
      \(rows.html { "<tr><td class='num'>\(Percent($0.customers))</td><td class='num'>\(Percent($0.value))</td></tr>" })
      </tbody></table></div>
      """
  }
}

extension [HTML] {
  /// The pieces with one between each two.
  func joined(by separator: HTML) -> HTML {
    enumerated().html { $0.offset == 0 ? $0.element : separator + $0.element }
  }
}
