import Store
import Web

extension AnalyzeReport {
  /// The report as tables for a terminal: the classes or segments, then the customers.
  public func text(_ language: Language) -> String {
    let names = ReportWords.self
    var parts = [heading(language)]
    if let walkIn = summary.walkIn { parts.append(walkIn.sentence[language]) }
    let groups = (summary.classes ?? summary.segments ?? []).map { group in
      let name = SegmentWords.name(slug: group.name)?[language] ?? group.name
      return [name, Figures.grouped(Int64(group.customers)), share(group.customers), group.value]
    }
    let title = summary.classes == nil ? names.segment : names.class
    parts.append(
      TextTable(
        [(title[language], false), (names.customers[language], true), (names.share[language], true)]
          + [(unitName(language), true)],
        groups
      ).text)
    parts.append(TextTable(columns(language), customers.map { cells($0, language) }).text)
    if summary.customers > customers.count {
      parts.append(names.more(summary.customers - customers.count)[language])
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func heading(_ language: Language) -> String {
    let window =
      parameters.window.map { ReportWords.window($0)[language] } ?? ReportWords.everything[language]
    let gini =
      summary.gini.map { " · Gini \(Figures.decimal(Int64(($0 * 10_000).rounded()), places: 4))" } ?? ""
    return "\(method.rawValue.uppercased()) · \(ReportWords.asOf(asOf)[language]) · \(window)"
      + " · \(ReportWords.sum(summary.customers)[language]) · \(summary.value) \(unitName(language))\(gini)"
  }

  private func unitName(_ language: Language) -> String {
    summary.unit == "piece" ? ReportWords.pieces[language] : summary.unit
  }

  private func share(_ count: Int) -> String {
    summary.customers == 0 ? "–" : Figures.percent(Double(count) / Double(summary.customers))
  }

  private func columns(_ language: Language) -> [(String, Bool)] {
    let names = ReportWords.self
    let who = [(names.id[language], false), (names.name[language], false)]
    if summary.classes != nil {
      return [("#", true)] + who
        + [(unitName(language), true), (names.cumulative[language], true), (names.class[language], false)]
    }
    return who
      + [(names.recency[language], true), (names.frequency[language], true), (unitName(language), true)]
      + [(method == .rfa ? "RFA" : "RFM", false), (names.segment[language], false)]
  }

  private func cells(_ line: Line, _ language: Language) -> [String] {
    let name = String(line.name.prefix(24))
    if let valueClass = line.class {
      return [
        "\(line.rank ?? 0)", line.id, name, line.value ?? "",
        Figures.percent(line.cumulativeShare ?? 0, places: 2),
        valueClass.rawValue,
      ]
    }
    let scores = [line.r, line.f, line.m ?? line.a].map { "\($0 ?? 0)" }.joined()
    return [
      line.id, name, "\(line.recency ?? 0)", "\(line.frequency ?? 0)", line.monetary ?? line.quantity ?? "",
      scores,
      line.segment.flatMap { SegmentWords.name(slug: $0.rawValue) }?[language] ?? "",
    ]
  }
}

enum ReportWords {
  static let `class` = Word("类别", "Class")
  static let segment = Word("分群", "Segment")
  static let customers = Word("客户", "Customers")
  static let share = Word("占比", "Share")
  static let id = Word("编号", "Id")
  static let name = Word("名称", "Name")
  static let cumulative = Word("累计", "Cumulative")
  static let recency = Word("距今天数", "Days since")
  static let frequency = Word("购买次数", "Purchases")
  static let pieces = Word("件", "pieces")
  static let everything = Word("全部历史", "all history")
  static func window(_ days: Int) -> Word { Word("最近 \(days) 天", "last \(Word.counted(days, "day"))") }
  static func asOf(_ day: Day) -> Word { Word("截至 \(day)", "as of \(day)") }
  static func sum(_ count: Int) -> Word {
    Word("\(Figures.grouped(Int64(count))) 位客户", Word.counted(count, "customer"))
  }
  static func more(_ count: Int) -> Word {
    Word(
      "另有 \(Figures.grouped(Int64(count))) 位，用 --json 取全部。",
      "\(Figures.grouped(Int64(count))) more; --json gives all.")
  }
}
