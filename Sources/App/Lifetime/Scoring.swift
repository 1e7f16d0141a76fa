import Store
import Web

/// Scores everybody while the caller waits, for the command line.
public enum Scoring {
  /// What was scored, and by what.
  public struct Outcome: Sendable {
    let sheet: ValueSheet.Kept?
    let model: Word
    /// Why nobody was scored.
    let lacking: Word?

    public func sentence(_ language: Language) -> String {
      guard let sheet else { return (lacking ?? LifetimeWords.error(.noCustomers))[language] }
      return LifetimeWords.scored(sheet.customers, on: sheet.day, model)[language]
    }
  }

  public static func run(_ services: Services, refits: Bool) async throws -> Outcome {
    try await LifetimeRefresh.refresh(services, refits: refits)
    return try await services.db.read { tx in
      let fit = try CurrentFit.latest(in: tx)
      return Outcome(
        sheet: try ValueSheet.kept(in: tx).first,
        model: fit.map { LifetimeWords.model($0.model.purchases.kind) } ?? Word(same: ""),
        lacking: fit == nil ? try LifetimeFit.lacking(in: tx) : nil)
    }
  }
}

extension LifetimeWords {
  static func scored(_ customers: Int, on day: Day, _ model: Word) -> Word {
    let count = Figures.grouped(Int64(customers))
    return Word(
      "截至 \(day)，\(count) 位客户已评分，模型 \(model.zh)",
      "\(Word.counted(customers, "customer")) scored as of \(day) by \(model.en)")
  }
}
