import Store
import Web

extension LifetimeWords {
  static let modelsTitle = Word("预测可信吗", "Can the forecasts be trusted")
  static let judgement = Word("用模型没见过的购买检验", "Judged by purchases the model did not see")
  static let notJudged = Word("数据的时间还太短，无法检验。", "The history is too short to judge by.")
  static let noneToJudge = Word(
    "所选客户在此之前的购买太少，无法检验。", "The chosen customers bought too little before that to judge by.")
  static let ofSome = Word(
    "模型用全部客户拟合，只用所选客户（按今天的归属）之后的购买检验。",
    "The model is fitted to everybody and judged by what the chosen customers, as they are assigned today, bought after."
  )
  static let ofSegment = Word(
    "模型用全部客户拟合，只用所选分组的客户之后的购买检验。分组本身取决于这些购买，所以预计与实际必然有偏差。",
    "The model is fitted to everybody and judged by what the customers of this segment bought after. Who belongs to a segment is told by those purchases, so they cannot be as expected."
  )
  static let forecast = Word("预测方法", "Forecast")
  static let meanAbsoluteError = Word("平均绝对误差", "Mean absolute error")
  static let rootMeanSquareError = Word("均方根误差", "Root mean square error")
  static let modelsTried = Word("试过的模型", "Models tried")
  static let model = Word("模型", "Model")
  static let chosen = Word("采用", "in use")
  static let logLikelihood = Word("对数似然", "Log-likelihood")
  static let parameters = Word("参数", "Parameters")
  static let tracking = Word("累计重复购买", "Repeat purchases, cumulative")
  static let holdoutBegins = Word("检验期开始", "judged from here")
  static let weeksAxis = Word("周", "weeks")
  static let byFrequency = Word("按过去的次数", "By past frequency")
  static let byFrequencySays = Word("检验期内人均购买次数", "Purchases per customer in the time judged")
  static let frequencyAxis = Word("校准期内重复购买次数", "repeat purchases before")

  static func trackingSays(expected: Double, actual: Int) -> Word {
    let share = actual > 0 ? expected / Double(actual) - 1 : 0
    let off = (share > 0 ? "+" : "") + Figures.percent(share)
    return Word(
      "到最后预计 \(Figures.decimal(expected, places: 0)) 次，实际 \(Figures.grouped(Int64(actual))) 次（\(off)）",
      "In the end \(Figures.decimal(expected, places: 0)) expected, \(Figures.grouped(Int64(actual))) actual (\(off))")
  }

  static let crossingsTitle = Word("谁越过了界线", "Who crossed a line")
  static let crossing = Word("越线", "Crossed")
  static let crossingText = Word(
    "活跃概率从一档到了另一档，或 ABC 类别变了。下面是各档的界线，以及两天的评分各由哪个模型得出。",
    "P(alive) went from one band to another, or the ABC class changed. Below: where the bands begin, and which model the scores of the two days come from."
  )
  static let noCrossings = Word("这两天之间没有客户越线。", "No customer crossed a line between these days.")
  static let nothingBefore = Word("这一天之前没有留下评分，请选更晚的一天。", "No scores are kept of a day before; choose a later one.")
  static let otherFit = Word(
    "这两天的评分来自不同的拟合：有些越线可能是模型更新引起的。",
    "The scores of these days come from different fits: some lines may have been crossed by the new model.")
  static let oneSheet = Word(
    "还只有一天的评分，明天起可以比较。", "There are scores of a single day so far; from tomorrow they can be compared.")

  static func crossed(band from: AliveBand, to: AliveBand) -> Word {
    let (before, after) = (band(from), band(to))
    return Word("\(before.zh) → \(after.zh)", "\(before.en) → \(after.en)")
  }
}
