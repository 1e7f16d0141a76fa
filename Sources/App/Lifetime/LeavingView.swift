import Analytics
import Foundation
import Store
import Web

/// An early warning with its reasons in words.
struct LeavingView: Codable, Equatable, Sendable {
  let level: LeavingWarning.Level
  let reasons: [Word]

  /// How far back P(alive) is compared.
  static let daysBefore = 90

  init(_ warning: LeavingWarning, currency: String) {
    level = warning.level
    reasons = warning.signals.map { LeavingWords.reason($0, currency) }
  }
}

enum LeavingWords {
  static let title = Word("流失预警", "Leaving")

  static func level(_ level: LeavingWarning.Level) -> Word {
    switch level {
    case .none: Word("正常", "As usual")
    case .watch: Word("留意", "Watch")
    case .leaving: Word("可能流失", "Perhaps leaving")
    case .left: Word("多半已流失", "Probably gone")
    }
  }

  static func advice(_ level: LeavingWarning.Level) -> Word? {
    switch level {
    case .none: nil
    case .watch: Word("近期打个电话，问问近况。", "Call one of these days and ask how things are.")
    case .leaving: Word("尽快拜访，弄清原因。", "Visit soon and find out why.")
    case .left: Word("有新由头时再联系，不必多花成本。", "Get in touch when there is something new; spend no more than that.")
    }
  }

  /// In how many of so many cases nothing is bought: the nearest of the fractions that people say.
  static func likely(_ probability: Double, _ days: Int) -> Word {
    let fractions = [(1, 10), (1, 5), (1, 4), (1, 3), (1, 2), (2, 3), (3, 4), (4, 5), (9, 10), (19, 20)]
    func distance(_ fraction: (Int, Int)) -> Double { abs(Double(fraction.0) / Double(fraction.1) - probability) }
    let (some, all) = fractions.min { distance($0) < distance($1) } ?? (1, 2)
    return Word(
      "这样的客户每 \(all) 位中约有 \(some) 位在今后 \(days) 天内不会购买",
      "About \(some) in \(all) such customers will not buy in the next \(days) days")
  }

  static func reason(_ signal: LeavingWarning.Signal, _ currency: String) -> Word {
    switch signal {
    case .noPurchase(let probability, let days):
      return likely(probability, days)
    case .overdue(let rhythm):
      let usual = Int(rhythm.usual.rounded())
      return Word(
        "已 \(rhythm.present) 天没有购买，通常约 \(usual) 天一次",
        "No purchase for \(Word.counted(rhythm.present, "day")), usually every \(usual)")
    case .spending(let change):
      let fall = Figures.percent(change.fall, places: 0)
      let (before, now) = (Money(change.before, currency), Money(change.now, currency))
      return Word(
        "近一年购买 \(now)，前一年 \(before)，下降 \(fall)", "Bought for \(now) in a year, \(before) the year before: \(fall) less")
    case .alive(let before, let now):
      let shown = Figures.percent(now, places: 0)
      return before.map {
        let was = Figures.percent($0, places: 0)
        return Word("活跃概率 90 天前 \(was)，现在 \(shown)", "P(alive) was \(was) 90 days ago, now \(shown)")
      } ?? Word("活跃概率 \(shown)", "P(alive) is \(shown)")
    case .complaints(let count):
      return Word("有 \(count) 起投诉", Word.counted(count, "complaint"))
    }
  }
}
