import Store
import Web

enum WorksheetPages {
  private typealias Words = WorksheetWords

  static func page(_ sheet: Worksheet, _ problems: Problems) -> Page {
    Page(
      Words.title,
      """
      <header class='page-head'><div>
        <nav class='crumbs' aria-label='\(CustomerWords.place)'><a href='/customers'>\(CustomerWords.customers)</a>\
      \(icon("chevron-right"))<a href='/customers/\(sheet.id)'>\(sheet.name)</a>\(icon("chevron-right"))<span>\(Words.title)</span></nav>
        <h1>\(Words.title)</h1>
        <p class='sub'>\(Words.explanation)</p></div></header>
      <div class='columns two'>\(form(sheet, problems))\(result(sheet))</div>
      """)
  }

  private static func form(_ sheet: Worksheet, _ problems: Problems) -> HTML {
    let labels = Dictionary(
      Worksheet.Field.allCases.map { ($0.rawValue, Words.field($0)) }, uniquingKeysWith: { first, _ in first })
    return """
      <form class='form panel' method='post' action='/customers/\(sheet.id)/worksheet?_method=put'>
      <div class='body'>\(HTML.formToken)\(Field.summary(problems, labels: labels))
        <div class='form-row'>\(sheet.entries.html { entry($0, sheet, problems) })</div>
        <div class='form-actions'><button class='button primary'>\(CustomerWords.save)</button>
          <a class='button quiet' href='/customers/\(sheet.id)'>\(CustomerWords.cancel)</a></div></div></form>
      """
  }

  private static func entry(_ entry: Worksheet.Entry, _ sheet: Worksheet, _ problems: Problems) -> HTML {
    let hint =
      entry.correctedBy.map { Words.corrected(by: $0, on: entry.correctedOn, from: entry.prefilled) }
      ?? Words.prefilled(entry.prefilled)
    return Field.input(
      entry.field.rawValue, Words.label(entry.field, sheet.currency), entry.correction, problems, hint: hint,
      attributes: " inputmode='decimal' maxlength='40' placeholder='\(entry.prefilled)'")
  }

  private static func result(_ sheet: Worksheet) -> HTML {
    let rows = sheet.years.html { year in
      """
      <tr><th scope='row' class='lead'>\(Words.year(year.year))</th><td class='num' data-label='\(Words.staying)'>\(Percent(year.staying))</td>
        <td class='num' data-label='\(Words.profit)'>\(year.profit)</td>
        <td class='num' data-label='\(Words.discount)'>\(Percent(year.discount))</td>
        <td class='num strong'>\(year.presentValue)</td></tr>
      """
    }
    return """
      <section class='panel'><header><h2>\(Words.result)</h2>\
      <span class='muted'>\(sheet.asOf.map { "\(CardWords.asOf) \($0)" })</span></header>
      <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(Words.result)</caption>
        <thead><tr><th scope='col'>\(Words.years)</th><th scope='col' class='num'>\(Words.staying)</th>
          <th scope='col' class='num'>\(Words.profit)</th><th scope='col' class='num'>\(Words.discount)</th>
          <th scope='col' class='num'>\(Words.presentValue)</th></tr></thead>
        <tbody>\(rows)</tbody>
        <tfoot><tr><th scope='row' colspan='4' class='lead'>\(Words.total)</th>\
      <td class='num strong'>\(sheet.total)</td></tr></tfoot></table></div>
      <div class='body'><p class='formula'>\(Words.formula)</p>\(changes(sheet))</div></section>
      """
  }
}

extension WorksheetPages {
  fileprivate static func changes(_ sheet: Worksheet) -> HTML? {
    guard !sheet.changes.isEmpty else { return nil }
    return """
      <details><summary>\(WorksheetWords.changes)</summary><ul class='reasons'>\(sheet.changes.html { change in
        "<li>\(change.on) \(change.by): \(WorksheetWords.field(change.field)) → \(change.value.isEmpty ? "–" : change.value)</li>"
      })</ul></details>
      """
  }
}

enum WorksheetWords {
  static let title = Word("预期盈利", "Expected profitability")
  static let explanation = Word(
    "灰色的是模型的值；您知道得更准的可以填上，清空就回到模型的值。",
    "What the models say stands in grey. Fill in what you know better; clear a field to go back to the models.")
  static let changes = Word("谁改过什么", "Who corrected what")
  static func prefilled(_ value: String) -> Word { Word("模型的值：\(value)", "The models say \(value)") }
  static let saved = Word("已保存", "Saved")
  static let notMoney = Word("请填金额", "An amount, please")
  static let negative = Word("不能为负", "Not below zero")
  static let notPercent = Word("请填百分数，0 到 100", "A percentage from 0 to 100")
  static let result = Word("现值", "Present value")
  static let years = Word("年", "Year")
  static let staying = Word("仍是客户", "Still a customer")
  static let discount = Word("折现", "Discount")
  static let profit = Word("当年盈利", "Profit of the year")
  static let presentValue = Word("现值", "Present value")
  static let total = Word("合计，加转介绍、减获客成本", "Total, with referrals, less acquisition")
  static let formula = Word(
    "Σ 留存ᵗ ×（收入 × 毛利率 − 服务 − 销售）÷（1 + 折现率）ᵗ + 转介绍价值 − 尚需的获客成本",
    "Σ retentionᵗ × (revenue × margin rate − service − sales) ÷ (1 + discount)ᵗ + referral value − acquisition still to be spent"
  )

  static func year(_ number: Int) -> Word { Word("第 \(number) 年", "Year \(number)") }

  static func corrected(by name: String, on day: Day?, from old: String) -> Word {
    let day = day?.description ?? ""
    return Word("\(name) 于 \(day) 修改，模型的值是 \(old)", "\(name) on \(day); the models say \(old)")
  }

  static func field(_ field: Worksheet.Field) -> Word {
    switch field {
    case .revenue: Word("第 1 年收入", "Revenue in year 1")
    case .revenue2: Word("第 2 年收入", "Revenue in year 2")
    case .revenue3: Word("第 3 年收入", "Revenue in year 3")
    case .marginRate: Word("毛利率", "Margin rate")
    case .retention: Word("年留存率", "Retention a year")
    case .service: Word("每年服务成本", "Service cost a year")
    case .sales: Word("每年销售成本", "Sales cost a year")
    case .discountRate: Word("年折现率", "Discount rate a year")
    case .referralValue: Word("转介绍价值", "Referral value")
    case .acquisitionCost: Word("尚需的获客成本", "Acquisition cost still to be spent")
    }
  }

  static func label(_ field: Worksheet.Field, _ currency: String) -> Word {
    let (name, unit) = (Self.field(field), field.isMoney ? currency : "%")
    return Word("\(name.zh)（\(unit)）", "\(name.en) (\(unit))")
  }
}
