import Foundation
import Store
import Web

/// What can be wrong with the machine that the product runs on, and with what it is told to use of it.
extension Checkup {
  /// Every client takes a file descriptor; where there are none left, nobody gets in.
  func descriptors() -> Finding {
    let title = Word("连接与文件数", "Connections and files")
    let wanted = config.connections + Descriptors.reserve
    let limit = Descriptors.hardLimit
    let detail = Word(
      "可同时打开 \(limit) 个，\(config.connections) 个连接需要 \(wanted) 个",
      "\(limit) can be open at once; \(config.connections) connections want \(wanted)")
    guard limit < wanted else { return .fine("descriptors", title, detail) }
    return .wrong(
      "descriptors", title, detail,
      advice: Word(
        "提高上限（ulimit -n \(wanted)；systemd：LimitNOFILE=\(wanted)），或调低 GUANXI_CONNECTIONS",
        "raise the limit (ulimit -n \(wanted); systemd: LimitNOFILE=\(wanted)) or lower GUANXI_CONNECTIONS"))
  }

  /// Whether the ports can be had. One that Guanxi itself listens on is in use too, and well so.
  func ports() async -> [Finding] {
    var findings = [await port(config.host, config.port, "port", Word("端口", "Port"), flag: "--port")]
    if let port = config.healthPort {
      findings.append(
        await self.port(
          config.healthHost, port, "health_port", Word("运行状况端口", "Health port"), flag: "--health-port"))
    }
    return findings
  }

  private func port(_ host: String, _ port: Int, _ name: String, _ title: Word, flag: String) async -> Finding {
    let place = "\(host):\(port)"
    guard let why = await PortProbe.refusal(host: host, port: port) else {
      return .fine(name, title, Word("\(place) 可用", "\(place) is free"))
    }
    if await answers(host, port, name == "port" ? "/health" : "/livez") {
      return .fine(name, title, Word("\(place)：Guanxi 正在运行", "\(place): Guanxi is running"))
    }
    return .wrong(
      name, title, Word(same: "\(place): \(why)"),
      advice: Word("停止占用它的程序，或用 \(flag) 换一个", "stop what uses it, or choose another \(flag)"))
  }

  private func answers(_ host: String, _ port: Int, _ path: String) async -> Bool {
    let text = await PortProbe.ask(host: host, port: port, path: path)
    return text?.contains(path == "/health" ? #"{"status":"ok"}"# : "ok") ?? false
  }
}
