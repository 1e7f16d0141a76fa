import Foundation

/// How many files and connections this process may have open at once.
enum Descriptors {
  /// What the database, logs, imports and whatever else is not a client want of them.
  static let reserve = 256

  static var limit: Int {
    var limit = rlimit()
    guard getrlimit(kind, &limit) == 0 else { return 1_024 }
    return Int(clamping: limit.rlim_cur)
  }

  /// What it may be raised to.
  static var hardLimit: Int {
    var limit = rlimit()
    guard getrlimit(kind, &limit) == 0 else { return 1_024 }
    return min(Int(clamping: limit.rlim_max), most)
  }

  private static let most = 65_536

  /// Takes what the system allows without asking for more rights: shells and service managers start programs with
  /// less, for the sake of old ones.
  static func raise() {
    var limit = rlimit()
    guard getrlimit(kind, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
    limit.rlim_cur = min(limit.rlim_max, rlim_t(most))
    setrlimit(kind, &limit)
  }

  #if canImport(Glibc)
  private static let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
  private static let kind = RLIMIT_NOFILE
  #endif
}
