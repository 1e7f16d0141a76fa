import Store
import Web

/// What one caller may see and do. Every statement on customer data takes one and narrows by it; there is
/// no way to ask without it; only ``SalesLedger`` tells of the whole firm.
///
/// Roles, teams and row rights will be told apart here; until then whoever is signed in sees the firm's customers. That
/// nothing forgets to ask is tried by `make narrowed`, a build in which everybody sees the customers they brought in
/// themselves.
struct Access: Hashable, Sendable {
  let user: User.ID?
  let isAdministrator: Bool
  /// Grows whenever anybody's rights change.
  let version: Int

  /// The program itself: jobs, the command line on the machine.
  static let system = Access(user: nil, isAdministrator: true)

  init(user: User.ID?, isAdministrator: Bool, version: Int = 0) {
    self.user = user
    self.isAdministrator = isAdministrator
    self.version = version
  }

  /// Of somebody whose work is done later, or for whom nobody stands: then the program's own.
  static func of(_ user: User.ID?, in tx: Transaction) throws -> Access {
    guard let user else { return .system }
    return Access(user: user, isAdministrator: try User.find(user, in: tx)?.isAdministrator ?? false)
  }

  /// Whose customers are seen, where it is not everybody's.
  private var owner: User.ID? {
    #if NARROWED_ACCESS
    isAdministrator ? nil : user ?? User.ID(raw: 0)
    #else
    nil
    #endif
  }

  /// Whether no customer is hidden, so that sums of the whole firm may be told.
  var seesEverybody: Bool { owner == nil }

  /// What may be seen, as a key of what was worked out from it: nothing that is kept outlives a change of rights, or is
  /// shown to who may see less.
  struct Sight: Hashable, Sendable {
    fileprivate let owner: User.ID?
    fileprivate let version: Int
  }

  var sight: Sight { Sight(owner: owner, version: version) }

  /// A condition on the rows of `customer`, by that name, which a statement adds to its own.
  var customers: SQL { owner.map { "customer.created_by = \($0)" } ?? "1 = 1" }

  /// The same on the rows of `customer_total`, where those of `customer` need not be read.
  var totals: SQL {
    owner.map { "customer_total.customer_id IN (SELECT id FROM customer WHERE created_by = \($0))" } ?? "1 = 1"
  }

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
      return Access(
        user: session.user.id, isAdministrator: session.user.isAdministrator, version: session.rightsVersion)
    }
  }
}
