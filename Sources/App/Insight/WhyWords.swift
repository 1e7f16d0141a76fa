import Store
import Web

/// The reasons behind the numbers, in words.
enum WhyWords {
  static func label(_ what: Word) -> Word { Word("为什么：\(what.zh)", "Why: \(what.en)") }

  static let abc = Word("ABC 怎样分", "How ABC divides")
  static let abcText = Word(
    "客户按数值从大到小排列并累计。排在某位客户之前的累计占比小于 A 分界时为 A 类，小于 B 分界时为 B 类，其余为 C 类。净值为零或负的是 C 类。",
    "Customers are put in order, the largest first. While the share before a customer is below the first cut, the customer is A; below the second, B; else C. Zero and negative totals are C."
  )
  static let abcFormula = Word(
    "此前累计占比 = Σ 此前各位 ÷ Σ 全部正值", "Share before = Σ of those before ÷ Σ of all positive values")
  static let gini = Word("基尼系数怎样算", "How the Gini coefficient is found")
  static let giniText = Word(
    "洛伦兹曲线与对角线之间面积的两倍：0 表示人人相同，越接近 1 越集中在少数客户。负值按零计。",
    "Twice the area between the Lorenz curve and the diagonal: 0 when all are equal, near 1 when few hold all. Negative totals count as zero."
  )
  static let giniFormula = Word(
    "G = Σ (n + 1 − 2k)·x_k ÷ (n·Σx)，x 从大到小", "G = Σ (n + 1 − 2k)·x_k ÷ (n·Σx), x descending")
  static let total = Word("合计怎样算", "What the total counts")
  static let totalText = Word(
    "窗口内全部订单的合计，退货按负数计入，折成公司币种。毛利 = 金额 − 成本。",
    "All orders in the window; returns count as negative; in the firm's currency. Margin = amount − cost.")
  static let rfm = Word("RFM 怎样打分", "How RFM scores")
  static let rfa = Word("RFA 怎样打分", "How RFA scores")
  static let rfmText = Word(
    "R 是距最近一次购买的天数，F 是购买的天数（同一天多单算一次，退货不算），M 是净额。五等分时，按中位名次分成五份，同值同分，5 分最好。",
    "R: days since the last purchase. F: days with a purchase (several on a day count once, returns do not). M: the net total. By fifths, customers are divided by mid-rank; equal values score alike; 5 is best."
  )
  static let rfaText = Word(
    "R 是距最近一次购买的天数，F 是购买的天数（同一天多单算一次，退货不算），A 是净数量。五等分时，按中位名次分成五份，同值同分，5 分最好。",
    "R: days since the last purchase. F: days with a purchase (several on a day count once, returns do not). A: the net quantity. By fifths, customers are divided by mid-rank; equal values score alike; 5 is best."
  )
  static let rfmFormula = Word("分数 = ⌈5 ×（名次 − ½）÷ 人数⌉", "Score = ⌈5 × (rank − ½) ÷ customers⌉")

  static let cutA = Word("A 类到", "A up to")
  static let cutB = Word("B 类到", "B up to")
  static let leastA = Word("A 类的最小值", "Least in A")
  static let leastB = Word("B 类的最小值", "Least in B")
  static let lastPurchase = Word("最近购买", "Last purchase")
  static let netAmount = Word("购买净额", "Net amount")
  static let ofTotal = Word("占全部", "Of the total")

  static func asOf(_ day: Day, window: Int?, customers: Int) -> Word {
    let zh = window.map { "窗口 \($0) 天" } ?? "全部历史"
    let en = window.map { "window \(Word.counted($0, "day"))" } ?? "all history"
    let count = Figures.grouped(Int64(customers))
    return Word(
      "截至 \(day)，\(zh) · 客户范围 \(count) 位",
      "As of \(day), \(en) · among \(Word.counted(customers, "customer"))")
  }
}
