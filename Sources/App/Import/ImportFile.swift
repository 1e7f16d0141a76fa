import Store
import Web

/// A file that was looked through, ready for its rows to be read as often as is needed.
struct ImportFile: Sendable {
  /// Its rows as text.
  let source: ByteSource
  private(set) var setup: ImportSetup
  let survey: ImportSurvey
  /// Whose currency and time zone hold.
  let settings: Settings
  let firm: ImportFirm

  /// - Parameter look: told the bytes read so far.
  init(
    _ source: ByteSource, kind: Import.Kind, options: ImportOptions, firm: ImportFirm,
    look: (Int) throws -> Void = { _ in }
  ) throws {
    self.firm = firm
    var setup = try ImportSetup(source, kind: kind, options: options, currency: firm.settings.currency)
    try setup.requireColumns()
    let source = try setup.table(of: source)
    self.source = source
    settings = firm.settings(for: options)
    // Which rows belong together does not depend on how dates are written.
    switch kind {
    case .orders:
      survey = try ImportSurvey(source, setup, Self.orderReader(setup, nil, settings, firm.today), look: look)
    case .customers:
      survey = try ImportSurvey(source, setup, Self.customerReader(setup, nil, settings, firm.today), look: look)
    }
    setup.decide(survey.amounts)
    self.setup = setup
  }

  var orderReader: OrderRowReader { Self.orderReader(setup, survey, settings, firm.today) }
  var customerReader: CustomerRowReader { Self.customerReader(setup, survey, settings, firm.today) }

  static func orderReader(
    _ setup: ImportSetup, _ survey: ImportSurvey?, _ settings: Settings, _ today: Day
  ) -> OrderRowReader {
    OrderRowReader(layout: layout(setup, survey, settings, today), settings: settings, options: setup.options)
  }

  static func customerReader(
    _ setup: ImportSetup, _ survey: ImportSurvey?, _ settings: Settings, _ today: Day
  ) -> CustomerRowReader {
    CustomerRowReader(layout: layout(setup, survey, settings, today), match: setup.options.match ?? .number)
  }

  private static func layout<Field: ImportField>(
    _ setup: ImportSetup, _ survey: ImportSurvey?, _ settings: Settings, _ today: Day
  ) -> RowLayout<Field> {
    RowLayout(
      setup, dayOrder: survey?.dayOrder.order ?? setup.dayOrder, mark: survey?.mark.mark ?? setup.mark,
      zone: settings.timeZone, today: today)
  }

  /// The words of the file for the state and the type of its orders.
  var statuses: [StatusFound] { survey.evidence.statuses(setup.options) }

  /// Currencies of its amounts that cannot be counted.
  var missingRates: [String] {
    survey.evidence.currencies.keys.filter { !settings.currencies.contains($0) }.sorted()
  }

  /// What must be said before the file can be written.
  var questions: [ImportQuestion] {
    ImportQuestion.all(
      setup, survey.evidence, days: survey.dayOrder, mark: survey.mark, survey.amounts, firm)
  }

  /// - Throws: ``ImportRefusal`` that says which options answer them.
  func requireAnswers() throws {
    let open = questions
    guard !open.isEmpty else { return }
    var report = ImportReport(currency: settings.currency)
    report.questions = open
    if open.contains(where: { $0.kind == .amounts }) { report.counts = try counts() }
    report.sumUp(false)
    throw ImportRefusal(ImportWords.asked(report.questions ?? open), isWrongUse: true)
  }

  /// What the rows alone say.
  private func counts() throws -> ImportCounts {
    var portions = try ImportPortions(self)
    var counts = ImportCounts()
    while let portion = try portions.next(5_000) { counts += portion.counts }
    return counts
  }

  /// Decisions about the whole file that a person should know before it is written.
  var remarks: [Word] {
    var remarks = shortYear.map { [$0] } ?? []
    guard setup.kind == .orders else { return remarks }
    if !setup.namesCustomer || setup.options.withoutCustomer != nil {
      switch setup.options.withoutCustomer {
      case .byRegion: remarks.append(ImportWords.toRegions)
      case .walkIn: remarks.append(ImportWords.toWalkIn)
      case .reject, nil: remarks.append(ImportWords.toNobody)
      }
    }
    if setup.columns["refund_amount"] != nil {
      remarks.append(setup.options.refunds == .deducted ? ImportWords.refundsDeducted : ImportWords.refundsSeparate)
    }
    if setup.options.amounts == .order { remarks.append(ImportWords.amountsOfOrder) }
    if setup.columns["order_id"] == nil { remarks.append(ImportWords.numbersMade) }
    if settings.currency != firm.settings.currency {
      remarks.append(ImportWords.becomesCurrency(settings.currency, was: firm.settings.currency))
    }
    return remarks
  }
}

extension ImportFile {
  /// How years of two digits are read, with a date of the file.
  private var shortYear: Word? {
    guard let text = survey.evidence.days.shortYear, let day = try? ParsedDay.parse(text, order: survey.dayOrder.order)
    else { return nil }
    return ImportWords.shortYears(text, day.iso)
  }

  /// Whether some amounts could be those of whole orders as well as of lines.
  var hasReadings: Bool { setup.options.amounts == .order || survey.amounts.hasDoubt }
}

/// What a file needs to know of the firm that imports it.
struct ImportFirm: Sendable {
  let settings: Settings
  /// Whether there are no orders yet, so that amounts of another currency can become the firm's.
  let isNew: Bool
  let today: Day

  init(_ settings: Settings, isNew: Bool, today: Day) {
    (self.settings, self.isNew, self.today) = (settings, isNew, today)
  }

  static func find(at now: Instant, in tx: Transaction) throws -> ImportFirm {
    let settings = try tx.ask(Settings.stored)
    return ImportFirm(
      settings, isNew: try !tx.exists("SELECT 1 FROM sales_order"), today: now.day(in: settings.timeZone))
  }

  /// A firm without orders takes the currency that is chosen for its first ones, where it has no rate for it.
  func settings(for options: ImportOptions) -> Settings {
    guard isNew, let currency = options.currency, currency != settings.currency, settings.rates[currency] == nil else {
      return settings
    }
    var settings = settings
    (settings.currency, settings.rates) = (currency, [:])
    return settings
  }
}
