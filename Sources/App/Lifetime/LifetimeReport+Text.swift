import Store
import Web

extension LifetimeReport {
  /// The report for a terminal: the model, how it was judged, then the customers.
  public func text(_ language: Language) -> String {
    var parts = [heading(language)]
    if let reason { parts.append(reason[language]) }
    parts.append(
      TextTable(
        [(Words.parameter[language], false), (Words.estimate[language], true), (Words.standardError[language], true)],
        (parameters.sorted { $0.key < $1.key } + (spend?.parameters.sorted { $0.key < $1.key } ?? [])).map {
          name, value in
          [name, Self.number(value, 6), Self.number(standardErrors[name] ?? spend?.standardErrors[name] ?? 0, 4)]
        }
      ).text)
    parts += warnings.map { $0[language] }
    if let holdout { parts.append(holdout.text(language)) }
    parts.append(table(language))
    if customersInAll > customers.count { parts.append(ReportWords.more(customersInAll - customers.count)[language]) }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private typealias Words = LifetimeWords

  private func heading(_ language: Language) -> String {
    "\(model) · \(ReportWords.asOf(asOf)[language]) · \(ReportWords.sum(n)[language]) · LL \(Self.number(logLikelihood, 4))"
      + " · \(Words.horizonIs(weeks: horizonWeeks, discount: discount)[language])"
  }

  private func table(_ language: Language) -> String {
    let heads: [(Word, Bool)] = [
      (ReportWords.id, false), (ReportWords.name, false), (ReportWords.frequency, true), (Words.sinceLast, true),
      (Words.pAlive, true), (Words.quiet, true), (Words.purchasesToCome, true), (Words.spend, true),
      (Words.historic, true),
      (Words.future, true), (Words.interval, true),
    ]
    return TextTable(
      heads.map { ($0.0[language], $0.1) },
      customers.map { line in
        [
          line.id, String(line.name.prefix(24)), "\(line.frequency + 1)", "\(line.ageDays - line.recencyDays)",
          line.pAlive.map { Figures.percent($0) } ?? "–", Words.likely(line.noPurchase),
          Self.number(line.expectedPurchases, 2), line.expectedSpend,
          line.historic,
          line.clv, line.interval.joined(separator: " – "),
        ]
      }
    ).text
  }

  static func number(_ value: Double, _ places: Int) -> String {
    Figures.decimal(value, places: places)
  }
}

extension LifetimeReport.Holdout {
  fileprivate func text(_ language: Language) -> String {
    typealias Words = LifetimeWords
    let rows = [(Words.thisModel, forecast), (Words.sameRate, sameRate), (Words.alwaysZero, alwaysZero)]
    return Words.judged(calibratedUntil, until, customers)[language] + "\n"
      + TextTable(
        [
          ("", false), (Words.expected[language], true), (Words.actual[language], true), ("MAE", true), ("RMSE", true),
          (Words.correlation[language], true),
        ],
        rows.map { name, accuracy in
          [
            name[language], LifetimeReport.number(accuracy.expectedTotal, 2), LifetimeReport.number(actualTotal, 0),
            LifetimeReport.number(accuracy.mae, 4), LifetimeReport.number(accuracy.rmse, 4),
            accuracy.correlation.map { LifetimeReport.number($0, 4) } ?? "–",
          ]
        }
      ).text
  }
}
