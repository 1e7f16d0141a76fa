import Store
import Web

/// An order as a file tells it, put together from its rows.
struct FiledOrder: Equatable, Sendable {
  struct Line: Equatable, Sendable {
    let productNumber: String
    let productName: String
    /// Of a product that is not there yet.
    let productCategory: String
    let productBrand: String
    let quantity: Int64
    let amount: Int64
    let cost: Int64

    var namesProduct: Bool { !productNumber.isEmpty || !productName.isEmpty }
  }

  /// The row of the file it begins with.
  let line: Int
  /// Further rows it was put together from.
  var furtherLines: [Int] = []
  /// Whether it is the return of what came back of an order of the same rows, and has none of its own.
  var isRefund = false
  /// Unique in its source; made from the content where the file has none.
  let number: String
  let customer: CustomerName
  let day: Day
  let currency: String
  var quantity: Int64 = 0
  var amount: Int64 = 0
  var cost: Int64 = 0
  var note: String
  var lines: [Line] = []

  var isReturn: Bool { amount < 0 || quantity < 0 }

  /// All rows of the file that become this order.
  var rows: [Int] { isRefund ? [] : [line] + furtherLines }
}

/// How a file calls a customer.
struct CustomerName: Hashable, Sendable {
  var number: String
  /// What a new customer is to be called.
  var name: String
  var isWalkIn = false
  var region = ""
  var phones: [PhoneNumber] = []

  var sought: SoughtCustomer { SoughtCustomer(number: number, name: name, phones: phones.map(\.key)) }
}

/// Buyers whom nobody knows: their purchases count in totals, and they are nobody in a ranking.
enum WalkIn {
  static let number = "walk-in"

  /// Whether a name says that it is nobody.
  static func isName(_ name: String) -> Bool { names.contains(OrderStatus.key(name)) }

  private static let names: Set<String> = [
    "散客", "零散客户", "门店散客", "散户", "零售散客", "过路客", "现金客户", "匿名", "匿名客户", "匿名用户", "游客", "walkin",
    "walkincustomer", "walkinclient", "cashcustomer", "cashsale", "cashsales", "guest", "guestcustomer", "anonymous",
    "anonymouscustomer", "countersale", "countersales",
  ]
}
