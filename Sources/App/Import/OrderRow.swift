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
  /// Minor units of `currency`.
  var amount: Int64 = 0
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
}

/// Reads rows of orders.
struct OrderRowReader: RowReader {
  let layout: RowLayout<OrderField>
  let settings: Settings
  /// Of amounts that do not say theirs.
  let currency: String

  func key(of record: CSVRecord) -> Int? {
    guard let column = layout.columns[.orderID] else { return nil }
    let number = record.text(in: column)
    return number.isEmpty ? nil : number.hashValue
  }

  func isUnnumbered(_ record: CSVRecord) -> Bool {
    layout.columns[.customerID].map { record.text(in: $0).isEmpty } ?? true
  }

  func read(_ record: CSVRecord) -> ReadRow<OrderRow> {
    var cells = Cells(record, layout)
    if cells.isTotal(naming: [.orderID, .customerID, .customerName, .productName], without: [.date]) {
      return ReadRow(row: nil, line: record.line, problems: cells.problemsOfTotal)
    }
    var row = OrderRow(line: record.line)
    row.number = cells.line(.orderID, limit: 100)
    row.customerNumber = cells.line(.customerID, limit: 100)
    row.customerName = cells.line(.customerName, limit: 200)
    row.productNumber = cells.line(.productID, limit: 100)
    row.productName = cells.line(.productName, limit: 200)
    row.productCategory = cells.line(.productCategory, limit: 100)
    row.productBrand = cells.line(.productBrand, limit: 100)
    row.region = cells.line(.region, limit: 300)
    row.note = cells.text(.note, limit: 5_000)
    row.phones = cells.phones(.phone)
    if let (day, second) = cells.day(.date) {
      (row.day, row.second) = (day, second)
    } else if cells.raw(.date).isEmpty {
      cells.note(.blank, .date)
    }
    readAmounts(&cells, &row)
    return ReadRow(row: cells.isRejected ? nil : row, line: record.line, problems: cells.problems)
  }

  private func readAmounts(_ cells: inout Cells<OrderField>, _ row: inout OrderRow) {
    row.currency = currency
    let typed = cells.raw(.currency)
    if !typed.isEmpty {
      row.currency = CurrencyName.code(of: typed) ?? ""
      if !settings.currencies.contains(row.currency) { cells.note(.noRate, .currency) }
    } else if let field = [.amount, .unitPrice].first(where: { !cells.raw($0).isEmpty }),
      let sign = CurrencyName.sign(in: cells.raw(field), usually: currency)
    {
      row.currency = sign
      if !settings.currencies.contains(sign) { cells.note(.noRate, field) }
    } else if !settings.currencies.contains(currency) {
      cells.note(.noRate, .currency)
    }
    let places = Money.places(of: row.currency)
    let limit = OrderDraft.amountLimit
    let quantity = cells.thousandths(.quantity, limit: OrderDraft.quantityLimit)
    let price = cells.amount(.unitPrice, decimals: places + 4, limit: .max)
    row.lineAmount = product(price, quantity ?? 1000)
    let amount = cells.amount(.amount, decimals: places, limit: limit) ?? (cells.isRejected ? nil : row.lineAmount)
    if let amount, (settings.convert(amount, from: row.currency) ?? 0).magnitude <= limit.magnitude {
      row.amount = amount
      row.quantity = quantity ?? (amount < 0 ? -1000 : 1000)
    } else if !cells.isRejected {
      cells.note(.blank, cells.has(.amount) ? .amount : .unitPrice)
    }
    row.cost = cells.amount(.cost, decimals: places, limit: limit) ?? 0
    row.refund = cells.amount(.refundAmount, decimals: places, limit: limit).map { Int64($0.magnitude) } ?? 0
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
