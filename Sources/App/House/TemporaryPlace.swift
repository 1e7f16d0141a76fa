import Foundation
import Glibc

/// Names in the folder for temporary files, by which a later start knows what a process that was killed left there.
enum TemporaryPlace {
  private static let mark = "guanxi-"

  /// A new one of this process.
  static func next(_ suffix: String = "") -> String {
    folder.appending(path: "\(mark)\(getpid())-\(UUID().uuidString)\(suffix)").path
  }

  /// A file that has no name any more: gone when nobody has it open, however the work ends.
  /// - Returns: its descriptor, or -1 where there is no room.
  static func unnamedFile() -> Int32 {
    let path = next()
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor >= 0 { unlink(path) }
    return descriptor
  }

  private static var folder: URL { FileManager.default.temporaryDirectory }

  /// Removes what processes left that are no more: copies of a firm's data are nobody's to find.
  static func removeLeftovers() {
    let files = FileManager.default
    let left = ((try? files.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasPrefix(mark) && isLeft($0) }
    guard !left.isEmpty else { return }
    let inUse = openFiles()
    for name in left {
      let path = folder.appending(path: name).path
      guard !inUse.contains(where: { $0 == path || $0.hasPrefix(path + "/") }) else { continue }
      // What belongs to somebody else stays.
      try? files.removeItem(atPath: path)
    }
  }

  /// Names without a process are of releases that did not tell it: left when nobody touched them for an hour.
  private static func isLeft(_ name: String) -> Bool {
    let rest = name.dropFirst(mark.count)
    if UUID(uuidString: String(rest.prefix(36))) != nil {
      let values = try? FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path)
      return (values?[.modificationDate] as? Date).map { $0.timeIntervalSinceNow < -3_600 } ?? false
    }
    guard let process = Int32(rest.prefix { $0 != "-" }), process > 0, process != getpid() else { return false }
    return kill(process, 0) != 0 && errno == ESRCH
  }

  /// By any process that may be looked at.
  private static func openFiles() -> Set<String> {
    let files = FileManager.default
    let processes = ((try? files.contentsOfDirectory(atPath: "/proc")) ?? []).filter { Int($0) != nil }
    return processes.reduce(into: []) { paths, process in
      let place = "/proc/\(process)/fd"
      for number in (try? files.contentsOfDirectory(atPath: place)) ?? [] {
        if let path = try? files.destinationOfSymbolicLink(atPath: "\(place)/\(number)") { paths.insert(path) }
      }
    }
  }
}
