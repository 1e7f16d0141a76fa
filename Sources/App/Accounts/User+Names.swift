import Store

extension User {
  /// What these users are called.
  static func names(of users: [ID], in tx: Transaction) throws -> [ID: String] {
    let rows: [(ID, String)] = try tx.map(
      "SELECT id, name FROM app_user WHERE id IN \(in: Array(Set(users)))"
    ) { (try $0[0], try $0[1]) }
    return Dictionary(rows, uniquingKeysWith: { first, _ in first })
  }
}
