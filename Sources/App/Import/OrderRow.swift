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
    let number = layout.text(of: .orderID, in: record)
    return number.isEmpty ? nil : number.hashValue
  }

  func isUnnumbered(_ record: CSVRecord) -> Bool {
    layout.text(of: .customerID, in: record).isEmpty
  }

  func read(_ record: CSVRecord) -> ReadRow<OrderRow> {
    var cells = Cells(record, layout)
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
    row.note = ([row.note].filter { !$0.isEmpty } + cells.unread).joined(separator: "\n")
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

/// What currencies are called in files.
enum CurrencyName {
  static func code(of typed: String) -> String? {
    let name = typed.halfWidth.uppercased()
    if let code = words[name] { return code }
    return name.utf8.count == 3 && name.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5A } ? name : nil
  }

  /// The currency an amount itself names: `US$100`, `100欧元`, `€ 5`. Signs that several share mean the usual one where
  /// it is among them.
  static func sign(in amount: String, usually currency: String) -> String? {
    if amount.utf8.allSatisfy({ $0.isDigit || $0 == 0x2E || $0 == 0x2C || $0 == 0x2D }) { return nil }
    let rest = String(amount.halfWidth.uppercased().filter { !" 0123456789+-().,'万亿億萬千百整".contains($0) })
    switch rest {
    case "", "元", "圆", "块": return nil
    case "¥" where currency == "JPY": return currency
    case "$" where ["USD", "HKD", "TWD", "SGD", "AUD", "CAD", "NZD", "MXN"].contains(currency): return currency
    default: return words[rest] ?? (Currencies.all.contains(rest) ? rest : nil)
    }
  }

  private static let words = [
    "RMB": "CNY", "人民币": "CNY", "元": "CNY", "¥": "CNY", "￥": "CNY", "美元": "USD", "$": "USD", "US$": "USD",
    "欧元": "EUR", "€": "EUR", "英镑": "GBP", "£": "GBP", "港币": "HKD", "港元": "HKD", "HK$": "HKD", "日元": "JPY",
    "新台币": "TWD", "台币": "TWD", "NT$": "TWD", "韩元": "KRW", "₩": "KRW",
  ]
}
