import Store
import Web

/// What one caller may see and do. Every statement on customer data takes one and narrows by it; there is
/// no way to ask without it; only ``SalesLedger`` tells of the whole firm.
///
/// Roles, teams and row rights will be told apart here; until then whoever is signed in sees the firm's customers.
struct Access: Hashable, Sendable {
  let user: User.ID?
  let isAdministrator: Bool

  /// The program itself: jobs, the command line on the machine.
  static let system = Access(user: nil, isAdministrator: true)

  init(user: User.ID?, isAdministrator: Bool) {
    self.user = user
    self.isAdministrator = isAdministrator
  }

  /// A condition on the rows of `customer`, by that name, which a statement adds to its own.
  var customers: SQL { "1 = 1" }

  /// The same on the rows of `customer_total`, where those of `customer` need not be read.
  var totals: SQL { "1 = 1" }

  /// The same on the rows of `import`: files hold more than became of them, and are for who brought them.
  var imports: SQL { isAdministrator ? "1 = 1" : "uploaded_by = \(user)" }

  /// Refuses what only administrators may do.
  func requireAdministrator() throws { guard isAdministrator else { throw AppError.forbidden } }
}

extension Call {
  /// The rights of the caller.
  /// - Throws: ``AppError/signInFirst`` when nobody is signed in.
  var access: Access {
    get throws {
      guard let session = caller?.identity as? SignedIn else { throw AppError.signInFirst }
      return Access(user: session.user.id, isAdministrator: session.user.isAdministrator)
    }
  }
}
