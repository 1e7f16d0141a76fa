import Analytics
import Store
import Web

/// An early warning with its reasons in words.
struct LeavingView: Codable, Equatable, Sendable {
  let level: LeavingWarning.Level
  let reasons: [Word]

  /// How far back P(alive) is compared.
  static let daysBefore = 90

  init(overdue rhythm: Rhythm?, spending: SpendChange?, aliveBefore: Double?, alive: Double, currency: String) {
    var known: [LeavingWarning.Signal] = [.alive(before: aliveBefore, now: alive)]
    if let rhythm { known.append(.overdue(rhythm)) }
    if let spending { known.append(.spending(spending)) }
    let warning = LeavingWarning(known)
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

  static func reason(_ signal: LeavingWarning.Signal, _ currency: String) -> Word {
    switch signal {
    case .overdue(let rhythm):
      let (usual, late) = (Int(rhythm.usual.rounded()), Figures.percent(rhythm.lateness, places: 0))
      return Word(
        "已 \(rhythm.present) 天没有购买，通常约 \(usual) 天一次；\(late) 的间隔都比这短",
        "No purchase for \(Word.counted(rhythm.present, "day")), usually every \(usual); \(late) of gaps are shorter")
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
