import Store
import Web

enum InsightWords {
  static let title = Word("洞察", "Insight")
  static let abcTab = Word("帕累托 ABC", "Pareto ABC")
  static let changesTab = Word("类别变化", "Class changes")
  static let abcTitle = Word("谁最重要", "Who matters")
  static let rfmTitle = Word("谁刚买，谁常买，谁买得多", "Who bought lately, often and much")
  static let changesTitle = Word("谁升了，谁降了", "Who rose, who fell")
  static let analyses = Word("洞察的各种分析", "Analyses")

  static let asOf = Word("截止日期", "As of")
  static let window = Word("窗口", "Window")
  static let everything = Word("全部历史", "All history")
  static let by = Word("按", "By")
  static let amount = Word("金额", "Amount")
  static let margin = Word("毛利", "Margin")
  static let quantity = Word("数量", "Quantity")
  static let cuts = Word("分界", "Cuts")
  static let quantile = Word("五等分", "Fifths")
  static let fixed = Word("固定值", "Fixed")
  static let cutA = Word("A 类到（%）", "A up to (%)")
  static let cutB = Word("B 类到（%）", "B up to (%)")
  static let recencyCuts = Word("R 分界（天）", "R cuts (days)")
  static let frequencyCuts = Word("F 分界（次）", "F cuts (times)")
  static let valueCuts = Word("M 分界", "M cuts")
  static let quantityCuts = Word("A 分界（件）", "A cuts (pieces)")
  static let compute = Word("计算", "Compute")
  static let compare = Word("比较", "Compare")
  static let from = Word("从", "From")
  static let to = Word("到", "To")
  static func lastDays(_ days: Int) -> Word {
    Word("最近 \(days) 天", "Last \(Word.counted(days, "day"))")
  }

  static let windowProblem = Word("窗口是 1 到 100000 天", "The window is 1 to 100000 days")
  static let rfmByQuantity = Word("按数量请用 RFA", "By quantity is what RFA is for")
  static let rfaByQuantity = Word("RFA 总是按数量", "RFA always goes by quantity")
  static let abcCutsProblem = Word("两个分界在 0 到 100 之间，A 不大于 B", "Two cuts from 0 to 100, A not above B")
  static let fourRising = Word("请填四个由小到大的数", "Four numbers, each greater than the one before")
  static let datesProblem = Word("“从”要早于“到”", "The first date must be before the second")

  static let customers = Word("客户", "Customers")
  static let customer = Word("客户", "Customer")
  static let ordered = Word("窗口内有订单", "with orders in the window")
  static let gini = Word("基尼系数", "Gini coefficient")
  static let giniNote = Word("0 平均，1 集中于一位", "0 even, 1 all on one")
  static let classA = Word("A 类", "Class A")
  static let `class` = Word("类", "Class")
  static let share = Word("占比", "Share")
  static let shareOfCustomers = Word("占客户", "Of customers")
  static let shareOfValue = Word("占合计", "Of the total")
  static let range = Word("每位的范围", "Each from – to")
  static let cumulative = Word("累计", "Cumulative")
  static let bar = Word("图", "Bar")
  static let threeClasses = Word("三类", "The three classes")
  static let largest = Word("最大的客户", "Largest customers")
  static let all = Word("全部", "All")
  static let curve = Word("集中程度", "Concentration")
  static let pareto = Word("帕累托（从大到小）", "Pareto, largest first")
  static let lorenz = Word("洛伦兹（从小到大）", "Lorenz, smallest first")
  static let even = Word("平均分布", "Even spread")
  static let shareOfCustomersAxis = Word("客户占比", "share of customers")
  static let showTable = Word("显示数据表", "Show the table")
  static let data = Word("数据表", "Data")
  static func classOf(_ letter: String) -> Word { Word("\(letter) 类", "Class \(letter)") }
  static func abcCutsAre(_ a: String, _ b: String) -> Word { Word("分界 \(a) / \(b)", "Cuts \(a) / \(b)") }
  static func bring(_ share: String) -> Word { Word("带来合计的 \(share)", "bring \(share) of the total") }
  static func curveSays(_ customers: String, _ value: String) -> Word {
    Word(
      "最大的 \(customers) 客户带来合计的 \(value)", "The largest \(customers) of customers bring \(value) of the total"
    )
  }

  static let grid = Word("R × F 方格", "R × F grid")
  static let gridHint = Word("人数与合计，点开看是谁", "Customers and total; open one to see who")
  static let gridCaption = Word("按最近一次与次数分的客户", "Customers by recency and frequency")
  static let gridAxes = Word("次数：左少右多；最近一次：上近下远", "Frequency: few to many; recency: latest on top")
  static let segments = Word("客户分群", "Segments")
  static let segment = Word("分群", "Segment")
  static let action = Word("建议", "What to do")
  static let medianRecency = Word("距上次（中位）", "Days since (median)")
  static let scoreCuts = Word("分数的分界", "What earned which score")
  static let score = Word("分", "Score")
  static let days = Word("R 天", "R days")
  static let times = Word("F 次", "F times")
  static let recency = Word("距上次（天）", "Days since")
  static let frequency = Word("次数", "Times")
  static let scores = Word("分数", "Scores")
  static let quantileNote = Word("五等分，同值同分", "Fifths; equal values score alike")
  static let fixedNote = Word("固定分界", "Fixed cuts")
  static let lastPurchase = Word("最近购买", "Last purchase")

  static let noOrders = Word("还没有订单", "No orders yet")
  static let noOrdersHint = Word(
    "导入订单后，这里会显示谁最重要、谁刚买、谁要流失。",
    "Import orders, and this page shows who matters, who bought lately and who is leaving.")
  static let importOrders = Word("导入订单", "Import orders")
  static let newOrder = Word("录入订单", "Enter an order")
  static let nothingInWindow = Word("这段时间里没有订单。", "There are no orders in this time.")
  static let showEverything = Word("看全部历史", "Show all history")
  static let backToAnalysis = Word("回到分析", "Back to the analysis")
  static let nobody = Word("没有这样的客户。", "There are no such customers.")
  static let pages = Word("翻页", "Pages")
  static let previous = Word("上一页", "Previous")
  static let next = Word("下一页", "Next")
  static func position(_ first: Int, _ last: Int, of count: Int) -> Word {
    let (a, b, n) = (
      Figures.grouped(Int64(first)), Figures.grouped(Int64(last)), Figures.grouped(Int64(count))
    )
    return Word("第 \(a)–\(b) 位，共 \(n) 位", "\(a)–\(b) of \(n)")
  }
  static func people(_ count: Int) -> Word {
    Word("\(Figures.grouped(Int64(count))) 位", Word.counted(count, "customer"))
  }
  static func unit(_ count: Int) -> Word { Word("位客户", count == 1 ? "customer" : "customers") }
  static func total(_ count: Int) -> Word {
    Word("全部 \(Figures.grouped(Int64(count))) 位", "All \(Word.counted(count, "customer"))")
  }

  static let rose = Word("升", "Rose")
  static let fell = Word("降", "Fell")
  static let stayed = Word("不变", "Stayed")
  static let none = Word("无", "None")
  static let change = Word("变化", "Change")
  static let before = Word("以前", "Before")
  static let now = Word("现在", "Now")
  static let difference = Word("差", "Difference")
  static let largestChanges = Word("变化最大的客户", "Largest changes")
  static func matrix(_ from: Day, _ to: Day) -> Word {
    Word("从 \(from)（行）到 \(to)（列）", "From \(from) (rows) to \(to) (columns)")
  }
}
