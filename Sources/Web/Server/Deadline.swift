/// When the answer to a request must be under way, for whatever it asks on the way: work that waits for something else
/// waits no longer than that.
public enum Deadline {
  /// Nil outside of requests.
  @TaskLocal public static var end: ContinuousClock.Instant?

  /// Of a request, without the time its body takes.
  static let request = Duration.seconds(15)

  /// The same for what is done on ``WorkThreads``.
  static let heavyRequest = Duration.seconds(120)

  /// Whether work in small steps is to end: nobody waits for it any more.
  public static var isOver: Bool { Task.isCancelled || (end.map { $0 < .now } ?? false) }

  /// What is left of the time, at most as much as is asked for.
  public static func left(of wanted: Duration) -> Duration {
    guard let end else { return wanted }
    return min(wanted, max(.milliseconds(100), end - .now))
  }
}
