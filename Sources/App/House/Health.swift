import Foundation
import Store
import Synchronization
import Web

/// What those who watch over the product are told: whether it lives, whether it can do its work, and figures.
public final class Health: Sendable {
  private let pulse: Pulse
  private let running = Mutex<(traffic: Traffic, db: Database)?>(nil)
  private let start = Date()

  public init(_ pulse: Pulse) { self.pulse = pulse }

  /// Called once the product is open.
  func began(_ traffic: Traffic, _ db: Database) { running.withLock { $0 = (traffic, db) } }

  @Sendable public func answer(_ path: String) -> HealthServer.Answer? {
    switch path {
    case "/livez": HealthServer.Answer(200, "ok\n")
    case "/readyz": readiness
    case "/metrics": HealthServer.Answer(200, metrics)
    default: nil
    }
  }

  private var readiness: HealthServer.Answer {
    guard running.withLock({ $0 != nil }) else { return .init(503, "starting: the database is not open yet\n") }
    let state = pulse.state
    return switch state {
    case .writable: .init(200, "ok\n")
    case .readOnly(let why): .init(200, "\(state.name): \(Self.line(why))\n")
    case .full(let why), .away(let why): .init(503, "database \(state.name): \(Self.line(why))\n")
    }
  }

  private static func line(_ text: String) -> String { text.split(whereSeparator: \.isNewline).joined(separator: " ") }

  // MARK: Figures

  private var metrics: String {
    var page = MetricsPage()
    page.gauge("guanxi_info", "The version that runs.", 1, ["version": House.version])
    page.gauge("guanxi_uptime_seconds", "Seconds since the start.", Date().timeIntervalSince(start).rounded(.down))
    page.gauge(
      "process_start_time_seconds", "When the process started.", start.timeIntervalSince1970.rounded(.down))
    if let memory = Self.residentMemory {
      page.gauge("process_resident_memory_bytes", "Memory in use.", Double(memory))
    }
    page.gauge("process_max_fds", "Files and connections there may be.", Double(Descriptors.limit))
    let state = pulse.state
    let isUp = if case .away = state { false } else { true }
    page.gauge("guanxi_database_up", "Whether the database answers.", isUp ? 1 : 0)
    page.gauge("guanxi_database_writable", "Whether it takes writes.", state == .writable ? 1 : 0)
    if let jobs = pulse.jobs {
      for (name, count) in [("waiting", jobs.waiting), ("running", jobs.running), ("failed", jobs.failed)] {
        page.gauge("guanxi_jobs", "Background jobs.", Double(count), ["state": name])
      }
    }
    if let backups = pulse.backups { add(backups, to: &page) }
    if let (traffic, db) = running.withLock({ $0 }) {
      add(traffic, to: &page)
      if let usage = db.usage { add(usage, to: &page) }
    }
    return page.text
  }

  private func add(_ traffic: Traffic, to page: inout MetricsPage) {
    page.gauge("guanxi_connections_open", "Open connections.", Double(traffic.open))
    for (why, count) in [("all", traffic.refused), ("client", traffic.refusedOfClient)] {
      page.counter(
        "guanxi_connections_refused_total", "Turned away: too many in all, or of one client.", Double(count),
        ["of": why])
    }
    page.counter("guanxi_connections_given_up_total", "Ended: too slow or unreadable.", Double(traffic.givenUp))
    page.gauge("guanxi_answer_bytes_waiting", "Bytes that wait for their readers.", Double(traffic.waiting))
    let answered = traffic.answered
    for (index, count) in answered.byClass.enumerated() {
      page.counter("guanxi_http_requests_total", "Requests answered.", Double(count), ["status": "\(index + 1)xx"])
    }
    let steps = zip(Traffic.Answers.steps.map { "\($0)" } + ["+Inf"], answered.byStep)
    page.histogram(
      "guanxi_http_request_duration_seconds", "From a request's headers to its answer.", steps: Array(steps),
      sum: answered.seconds)
  }

  /// Of a firm that has none yet, the age counts from the making of its database.
  private func add(_ backups: BackupStatus, to page: inout MetricsPage) {
    if let moment = backups.lastGood {
      page.gauge(
        "guanxi_backup_last_success_timestamp_seconds", "Of when the last good backup holds the state.",
        Double(moment.milliseconds / 1_000))
    }
    if let age = backups.age(at: .now()) {
      page.gauge("guanxi_backup_age_seconds", "Seconds since the last good backup.", Double(age))
    }
  }

  private func add(_ usage: DatabaseUsage, to page: inout MetricsPage) {
    page.gauge("guanxi_database_connections_limit", "Most connections at work.", Double(usage.limit))
    page.gauge("guanxi_database_connections_busy", "Connections at work.", Double(usage.busy))
    page.gauge("guanxi_database_waiting", "Work that waits for a connection.", Double(usage.waiting))
    page.counter("guanxi_database_refused_total", "Work that waited too long.", Double(usage.refused))
  }

  /// As Linux tells it; nil elsewhere.
  static var residentMemory: Int? {
    guard let line = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
    return line.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map {
      $0 * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
  }
}

/// Figures in the text format of Prometheus.
struct MetricsPage {
  private(set) var text = ""
  private var last = ""

  mutating func gauge(_ name: String, _ help: String, _ value: Double, _ labels: [String: String] = [:]) {
    add("gauge", name, help)
    line(name, labels, value)
  }

  mutating func counter(_ name: String, _ help: String, _ value: Double, _ labels: [String: String] = [:]) {
    add("counter", name, help)
    line(name, labels, value)
  }

  /// - Parameter steps: the upper end of each and how many fell into it alone.
  mutating func histogram(_ name: String, _ help: String, steps: [(end: String, count: Int)], sum: Double) {
    add("histogram", name, help)
    var count = 0
    for step in steps {
      count += step.count
      line(name + "_bucket", ["le": step.end], Double(count))
    }
    line(name + "_sum", [:], sum)
    line(name + "_count", [:], Double(count))
  }

  private mutating func add(_ kind: String, _ name: String, _ help: String) {
    guard name != last else { return }
    last = name
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
  }

  private mutating func line(_ name: String, _ labels: [String: String], _ value: Double) {
    let shown = labels.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
    let number = Int64(exactly: value).map { "\($0)" } ?? "\(value)"
    text += "\(name)\(shown.isEmpty ? "" : "{\(shown)}") \(number)\n"
  }
}
