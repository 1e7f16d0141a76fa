import Store
import Web

/// A file that was looked through, ready for its rows to be read as often as is needed.
struct ImportFile: Sendable {
  /// Its rows as text.
  let source: ByteSource
  let setup: ImportSetup
  let survey: ImportSurvey
  let settings: Settings

  /// - Parameter look: told the bytes read so far.
  init(
    _ source: ByteSource, kind: Import.Kind, options: ImportOptions, settings: Settings,
    look: (Int) throws -> Void = { _ in }
  ) throws {
    self.settings = settings
    setup = try ImportSetup(source, kind: kind, options: options)
    try setup.requireColumns()
    let source = try setup.table(of: source)
    self.source = source
    // Which rows belong together does not depend on how dates are written.
    survey =
      switch kind {
      case .orders: try ImportSurvey(source, setup, Self.orderReader(setup, nil, settings), look: look)
      case .customers: try ImportSurvey(source, setup, Self.customerReader(setup, nil, settings), look: look)
      }
  }

  var orderReader: OrderRowReader { Self.orderReader(setup, survey, settings) }
  var customerReader: CustomerRowReader { Self.customerReader(setup, survey, settings) }

  static func orderReader(_ setup: ImportSetup, _ survey: ImportSurvey?, _ settings: Settings) -> OrderRowReader {
    OrderRowReader(
      layout: layout(setup, survey, settings), settings: settings, currency: setup.options.currency ?? settings.currency
    )
  }

  static func customerReader(_ setup: ImportSetup, _ survey: ImportSurvey?, _ settings: Settings) -> CustomerRowReader {
    CustomerRowReader(layout: layout(setup, survey, settings), match: setup.options.match ?? .number)
  }

  private static func layout<Field: ImportField>(
    _ setup: ImportSetup, _ survey: ImportSurvey?, _ settings: Settings
  ) -> RowLayout<Field> {
    RowLayout(
      setup, dayOrder: survey?.dayOrder ?? setup.options.dayOrder ?? .yearFirst, mark: survey?.mark ?? .point,
      zone: settings.timeZone)
  }

  /// Decisions about the whole file that a person should know before it is written.
  var remarks: [Word] {
    guard setup.kind == .orders else { return [] }
    var remarks: [Word] = []
    let namesCustomer = ["customer_id", "customer_name", "phone"].contains { setup.columns[$0] != nil }
    if !namesCustomer || setup.options.withoutCustomer != .reject {
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
    return remarks
  }
}
