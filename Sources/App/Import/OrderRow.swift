import Foundation
import Store

/// One row of a file of orders: an order, or a line of one.
struct OrderRow: Equatable, Sendable {
  let line: Int
  /// The order's number; empty when the file has none.
  var number = ""
  var customerNumber = ""
  var customerName = ""
  var day = Day(number: 0)
  var second = 0
  /// What the column of amounts says, in minor units of `currency`; nil where it is empty.
  var amount: Int64?
  /// Price times quantity, where the file tells the price.
  var lineAmount: Int64?
  var cost: Int64 = 0
  var refund: Int64 = 0
  var currency = ""
  var quantity: Int64 = 1000
  var productNumber = ""
  var productName = ""
  var productCategory = ""
  var productBrand = ""
  var region = ""
  var phones: [PhoneNumber] = []
  var note = ""
  /// Nil where its state is not told.
  var use: StatusUse?
  /// Whether its state says that it was bought and came back whole.
  var isTakenBack = false

  /// What the row alone comes to.
  var worth: Int64? { amount ?? lineAmount }

  /// The same as what came back: it is taken off, whatever sign it has in the file.
  var asReturn: OrderRow {
    func negative(_ value: Int64) -> Int64 { value > 0 ? -value : value }
    var row = self
    row.amount = amount.map(negative)
    row.lineAmount = lineAmount.map(negative)
    row.cost = negative(cost)
    row.quantity = negative(quantity)
    return row
  }
}

/// Reads rows of orders.
struct OrderRowReader: RowReader {
  let layout: RowLayout<OrderField>
  let settings: Settings
  let options: ImportOptions

  /// Of amounts that do not say theirs.
  private var currency: String { options.currency ?? settings.currency }

  func key(of record: CSVRecord) -> Int? {
    let number = number(of: record)
    return number.isEmpty ? nil : number.hashValue
  }

  /// A number that lost its digits names no order.
  func number(of record: CSVRecord) -> String {
    let text = layout.text(of: .orderID, in: record)
    return LostDigits.areIn(text) ? "" : text
  }

  func isUnnumbered(_ record: CSVRecord) -> Bool {
    layout.text(of: .customerID, in: record).isEmpty
  }

  func read(_ record: CSVRecord) -> ReadRow<OrderRow> {
    var cells = Cells(record, layout)
    if cells.isTotal(naming: [.orderID, .customerID, .customerName, .productName], without: [.date]) {
      return ReadRow(row: nil, line: record.line, problems: cells.problemsOfTotal)
    }
    var row = OrderRow(line: record.line)
    row.number = cells.id(.orderID)
    row.customerNumber = cells.id(.customerID)
    row.customerName = cells.line(.customerName, limit: 200)
    row.productNumber = cells.id(.productID)
    row.productName = cells.line(.productName, limit: 200)
    row.productCategory = cells.line(.productCategory, limit: 100)
    row.productBrand = cells.line(.productBrand, limit: 100)
    row.region = cells.line(.region, limit: 300)
    row.note = cells.text(.note, limit: 5_000)
    row.phones = cells.phones(.phone)
    row.note = ([row.note].filter { !$0.isEmpty } + cells.unread).joined(separator: "\n")
    if let (day, second) = cells.day(.date) {
      (row.day, row.second) = (day, second)
    } else if cells.raw(.date).isEmpty {
      cells.note(.blank, .date)
    }
    readAmounts(&cells, &row)
    readState(cells, &row)
    let worth = row.worth.map { Money($0, row.currency) }
    if row.use == .leftOut { return ReadRow(row: row, line: record.line, problems: [], worth: worth) }
    return ReadRow(row: cells.isRejected ? nil : row, line: record.line, problems: cells.problems, worth: worth)
  }

  /// A document of its own type is a return. An order whose state says so was bought and came back: it and its return are
  /// told, unless a column says how much came back, or the amount is taken off already.
  private func readState(_ cells: Cells<OrderField>, _ row: inout OrderRow) {
    let (state, type) = (cells.raw(.status), cells.raw(.type))
    guard !state.isEmpty || !type.isEmpty else { return }
    let (ofState, ofType) = (options.use(ofStatus: state), options.use(ofStatus: type))
    if ofState == .leftOut || ofType == .leftOut {
      row.use = .leftOut
    } else if ofType == .return || ofState == .return && ((row.worth ?? 0) < 0 || row.quantity < 0) {
      row.use = .return
    } else {
      row.use = .counts
      row.isTakenBack = ofState == .return && row.refund == 0
    }
  }

  private func readAmounts(_ cells: inout Cells<OrderField>, _ row: inout OrderRow) {
    readCurrency(&cells, &row)
    let places = Money.places(of: row.currency)
    let limit = OrderDraft.amountLimit
    let quantity = cells.thousandths(.quantity, limit: OrderDraft.quantityLimit)
    let price = cells.amount(.unitPrice, decimals: places + 4, limit: .max)
    row.lineAmount = product(price, quantity ?? 1000)
    row.amount = cells.amount(.amount, decimals: places, limit: limit)
    row.quantity = quantity ?? (row.worth.map { $0 < 0 ? -1000 : 1000 } ?? 1000)
    row.cost = cells.amount(.cost, decimals: places, limit: limit) ?? 0
    row.refund = cells.amount(.refundAmount, decimals: places, limit: limit).map { Int64($0.magnitude) } ?? 0
    guard !cells.isRejected else { return }
    if let worth = row.worth, (settings.convert(worth, from: row.currency) ?? 0).magnitude > limit.magnitude {
      cells.note(.numberTooLarge, cells.has(.amount) ? .amount : .unitPrice)
    } else if row.worth == nil, options.amounts != .order {
      cells.note(.blank, cells.has(.amount) ? .amount : .unitPrice)
    }
  }

  /// The currency that the row or its amount names; an amount that names another one than the row is questioned.
  private func readCurrency(_ cells: inout Cells<OrderField>, _ row: inout OrderRow) {
    row.currency = currency
    var named: OrderField?
    let typed = cells.raw(.currency)
    if !typed.isEmpty {
      named = .currency
      row.currency = CurrencyName.code(of: typed) ?? ""
    }
    if let field = [.amount, .unitPrice].first(where: { !cells.raw($0).isEmpty }),
      let sign = CurrencyName.sign(in: cells.raw(field), usually: row.currency), sign != row.currency
    {
      if named == .currency { return cells.note(.otherSign, field) }
      (row.currency, named) = (sign, field)
    }
    if !settings.currencies.contains(row.currency) { cells.note(.noRate, named ?? .currency) }
  }

  /// A price in ten-thousandths of the smallest unit times thousandths of a piece, rounded half away from zero.
  private func product(_ price: Int64?, _ quantity: Int64) -> Int64? {
    guard let price else { return nil }
    let unit = Int128(10_000_000)
    let (whole, rest) = (Int128(price) * Int128(quantity)).quotientAndRemainder(dividingBy: unit)
    let rounded = rest.magnitude * 2 >= unit.magnitude ? whole + rest.signum() : whole
    return rounded.magnitude <= OrderDraft.amountLimit.magnitude ? Int64(rounded) : nil
  }
}
