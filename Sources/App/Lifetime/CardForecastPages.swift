import Analytics
import Store
import Web

/// The panel of the data card that looks ahead.
enum CardForecastPages {
  private typealias Words = LifetimeWords

  static func panel(_ forecast: CardForecast, of id: Customer.ID) -> HTML {
    """
    <section class='panel' id='forecast'><header><h2>\(Words.lifetime)</h2>
      <span class='muted'>\(CardWords.asOf) \(forecast.asOf)</span></header>
    <div class='body worth'>
      \(leaving(forecast.warning))
      <dl class='facts figures'>
        <dt>\(Words.historic) \(historicWhy(forecast))</dt><dd>\(forecast.historic)</dd>
        <dt>\(Words.future) \(futureWhy(forecast))</dt><dd>\(forecast.future)
          <small class='muted'>\(RoundMoney(forecast.futureLower)) – \(RoundMoney(forecast.futureUpper))</small></dd>
        \(forecast.alive.map { "<dt>\(Words.pAlive) \(aliveWhy(forecast))</dt><dd>\(Percent($0))</dd>" })
        <dt>\(Words.nextPurchase) \(nextWhy(forecast))</dt><dd>\(Words.day(forecast.nextOn))
          <small class='muted'>\(Words.day(forecast.nextFrom)) – \(Words.day(forecast.nextUntil))</small></dd>
      </dl>
      \(RhythmChart(forecast.history).html)
      \(forecast.loyalty.map { type in
        "<p class='badges'><span class='badge'>\(RelationWords.loyalty(type))</span>\(loyaltyWhy(forecast))</p>"
      })
    </div>
    <footer><a class='button' href='/customers/\(id)/worksheet'>\(WorksheetWords.title)</a></footer></section>
    """
  }

  /// Next to the finding, what to do.
  private static func leaving(_ warning: LeavingView) -> HTML? {
    guard let advice = LeavingWords.advice(warning.level) else { return nil }
    let tone: HTML = warning.level == .watch ? "warn" : "bad"
    return """
      <div class='notice \(tone)'>\(icon("warning"))<div><strong>\(LeavingWords.level(warning.level))</strong> \(advice)
      <ul class='reasons'>\(warning.reasons.html { "<li>\($0)</li>" })</ul></div></div>
      """
  }

  private static func asOf(_ forecast: CardForecast) -> Word {
    Words.fitted(forecast.model, forecast.fittedOn, forecast.fittedTo)
  }

  private static func historicWhy(_ forecast: CardForecast) -> HTML {
    Why(
      id: "why-historic", title: Words.historic, text: Words.historicText, formula: "\(Words.historicFormula)",
      asOf: Words.counted(upTo: forecast.asOf)
    ).html
  }

  private static func loyaltyWhy(_ forecast: CardForecast) -> HTML {
    var facts: [(name: Word, value: HTML)] = []
    if let brands = forecast.brands {
      facts = [(Word(same: brands.category), "\(brands.sentence)")]
    } else if let variation = forecast.variation, let lateness = forecast.lateness {
      facts = [
        (Words.purchaseDays, "\(Count(forecast.history.purchases.count))"),
        (Words.variation, "\(Figures.decimal(variation, places: 2))"),
        (Words.lateness, "\(Percent(lateness, places: 0))"),
      ]
    }
    return Why(
      id: "why-loyalty", title: RelationWords.loyalty,
      text: forecast.brands == nil ? Words.loyaltyByRhythm : Words.loyaltyByBrands, facts: facts,
      asOf: Words.counted(upTo: forecast.asOf)
    ).html
  }

  private static func futureWhy(_ forecast: CardForecast) -> HTML {
    Why(
      id: "why-future", title: Words.future, text: Words.futureText, formula: "\(Words.futureFormula)",
      facts: [
        (
          Words.purchasesToCome,
          "\(Figures.decimal(forecast.purchases.mean, places: 2)) (\(forecast.purchases.lower) – \(forecast.purchases.upper))"
        ),
        (Words.spend, "\(forecast.spend) (\(forecast.spendLower) – \(forecast.spendUpper))"),
        (Words.marginRate, "\(Percent(forecast.marginRate))"),
        (Words.interval, "\(forecast.futureLower) – \(forecast.futureUpper)"),
      ], asOf: asOf(forecast)
    ).html
  }

  private static func aliveWhy(_ forecast: CardForecast) -> HTML {
    let count = forecast.history.purchases.count
    return Why(
      id: "why-alive", title: Words.pAlive, text: Words.aliveText,
      facts: [
        (Words.purchaseDays, "\(Count(count))"), (Words.firstPurchase, "\(forecast.history.from)"),
        (WhyWords.lastPurchase, "\(forecast.history.purchases.last)"),
      ] + forecast.warnings.map { (Words.note, "\($0)") }, asOf: asOf(forecast)
    ).html
  }

  private static func nextWhy(_ forecast: CardForecast) -> HTML {
    Why(
      id: "why-next", title: Words.nextPurchase, text: Words.nextText,
      facts: [(Words.interval, "\(Words.day(forecast.nextFrom)) – \(Words.day(forecast.nextUntil))")],
      asOf: asOf(forecast)
    ).html
  }
}

/// Purchases as strokes, and above them how P(alive) falls between and rises with each.
struct RhythmChart {
  private let picture: RhythmPicture
  /// Units of the picture: finer than any screen, so that whole numbers do.
  private static let (width, height) = (600, 128)

  init(_ picture: RhythmPicture) { self.picture = picture }

  var html: HTML {
    """
    <figure class='rhythm'><figcaption>\(picture.points.isEmpty ? LifetimeWords.purchaseRhythm : LifetimeWords.rhythm)</figcaption>
      <svg viewBox='0 0 600 156' preserveAspectRatio='none' role='img' aria-label='\(says)'>
        \(picture.points.isEmpty ? .empty : curve)
        \(picture.purchases.suffix(400).html { day in
          "<line class='buy' x1='\(x(day))' x2='\(x(day))' y1='134' y2='154'/>"
        })
      </svg>
      <p class='bars-axis'><span>\(picture.from)</span><span>\(picture.to)</span></p></figure>
    """
  }

  private var curve: HTML {
    """
    <line class='half' x1='0' x2='600' y1='64' y2='64'/>
    <polygon points='0,128 \(line) 600,128'/><polyline points='\(line)'/>
    """
  }

  private var says: Word {
    guard !picture.points.isEmpty else {
      let count = picture.purchases.count
      return Word("\(count) 个购买日", Word.counted(count, "purchase day"))
    }
    let last = Figures.percent(picture.points.last?.alive ?? 0, places: 0)
    return Word(
      "\(picture.purchases.count) 个购买日，活跃概率现在 \(last)",
      "\(Word.counted(picture.purchases.count, "purchase day")), P(alive) now \(last)")
  }

  private var line: String {
    picture.points.map { "\(x($0.day)),\(Int((Double(Self.height) * (1 - $0.alive)).rounded()))" }
      .joined(separator: " ")
  }

  private func x(_ day: Day) -> Int {
    (day.number - picture.from.number) * Self.width / max(picture.to.number - picture.from.number, 1)
  }
}
