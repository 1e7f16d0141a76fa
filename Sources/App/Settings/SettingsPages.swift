import Web

/// What the page of the firm's settings shows.
struct SettingsForm: Codable, Equatable, Sendable, Tagged {
  let settings: SettingsInput
  let canChange: Bool

  var tag: String? { settings.version }
}

enum SettingsPages {
  private typealias Words = SettingsWords

  static func firm(_ form: SettingsForm, _ problems: Problems) -> Page {
    SettingsFrame.page(
      .firm,
      SettingsFrame.panel(Words.firm, form.canChange ? change(form.settings, problems) : facts(form.settings))
    )
  }

  private static func change(_ input: SettingsInput, _ problems: Problems) -> HTML {
    """
    <form class='body form' method='post' action='/settings?_method=put'>\(HTML.formToken)
      \(Field.summary(problems, labels: labels))\(hiddenVersion(input.version))
      \(Field.input("firm_name", Words.firmName, input.firmName, problems))
      <div class='form-row'>
      \(Field.select("language", Words.language, input.language?.rawValue,
        Language.allCases.map { ($0.rawValue, Words.name($0)) }, problems, hint: Words.languageHint))
      \(Field.select("time_zone", Words.timeZone, input.timeZone, choices(TimeZones.all), problems))
      \(Field.select("currency", Words.currency, input.currency, choices(Currencies.all), problems,
        hint: Words.currencyHint))
      \(Field.input("return_days", Words.returnDays, input.returnDays, problems, hint: Words.returnDaysHint,
        attributes: " inputmode='numeric'"))
      </div>
      \(rates(input, problems))
      <div class='form-actions'><button class='button primary'>\(Words.save)</button></div>
    </form>
    """
  }

  static let labels = [
    "firm_name": Words.firmName, "time_zone": Words.timeZone, "currency": Words.currency,
    "return_days": Words.returnDays,
  ]

  /// The rates there are, and room for two more.
  private static func rates(_ input: SettingsInput, _ problems: Problems) -> HTML {
    let rows = (input.rates ?? []).filter { !$0.isBlank } + [.init(), .init()]
    return """
      <fieldset><legend>\(Words.rates)</legend>
      <p class='hint'>\(Words.ratesHint(input.currency ?? ""))</p>
      \(rows.enumerated().html { rate($0.element, at: $0.offset, problems) })
      </fieldset>
      """
  }

  private static func rate(_ row: SettingsInput.RateInput, at index: Int, _ problems: Problems) -> HTML {
    """
    <div class='form-row'>
    \(Field.select("rates[\(index)][currency]", Words.otherCurrency, row.currency, choices(Currencies.all),
      empty: Words.none, problems))
    \(Field.input("rates[\(index)][rate]", Words.rate, row.rate, problems, attributes: " inputmode='decimal'"))
    </div>
    """
  }

  private static func choices(_ names: [String]) -> [(value: String, name: Word)] {
    names.map { ($0, Word(same: $0)) }
  }

  private static func facts(_ input: SettingsInput) -> HTML {
    """
    <div class='body'><dl class='facts'>
      <dt>\(Words.firmName)</dt><dd>\(input.firmName)</dd>
      <dt>\(Words.language)</dt><dd>\(Words.name(input.language ?? .zh))</dd>
      <dt>\(Words.timeZone)</dt><dd>\(input.timeZone)</dd>
      <dt>\(Words.currency)</dt><dd>\(input.currency)</dd>
      <dt>\(Words.returnDays)</dt><dd class='num'>\(input.returnDays)</dd>
      \((input.rates ?? []).html { "<dt>\(Words.rate) \($0.currency)</dt><dd class='num'>\($0.rate)</dd>" })
    </dl><p class='muted'>\(Words.readOnly)</p></div>
    """
  }
}
