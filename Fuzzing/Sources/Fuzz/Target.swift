import Foundation

/// Something that reads what strangers send. It must come back from whatever it is given, or end the process.
protocol FuzzTarget {
  /// Bytes of the longest input that is tried.
  static var longest: Int { get }
  /// Inputs to begin from, and words that make up others.
  var seeds: [[UInt8]] { get }
  var words: [String] { get }

  /// - Parameter folder: for whatever it must keep.
  init(_ folder: URL) throws
  func run(_ bytes: [UInt8])
}

enum Target {
  static let kinds: [String: any FuzzTarget.Type] = [
    "csv": CSVTarget.self, "xlsx": WorkbookTarget.self, "filter": FilterTarget.self, "header": HeaderTarget.self,
  ]
  /// libFuzzer calls a function that can hold nothing. Set once, before it begins.
  nonisolated(unsafe) static var current: any FuzzTarget = Nothing()

  private struct Nothing: FuzzTarget {
    static let longest = 0
    let seeds: [[UInt8]] = []
    let words: [String] = []
    init() {}
    init(_ folder: URL) {}
    func run(_ bytes: [UInt8]) {}
  }

  /// Ends the process with the input kept, as a crash does.
  static func found(_ what: String) -> Never {
    FileHandle.standardError.write(Data("found: \(what)\n".utf8))
    abort()
  }
}

/// Waits for work of Swift's tasks; libFuzzer knows only plain calls.
func finished<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) throws -> Result {
  final class Box: @unchecked Sendable { var result: Swift.Result<Result, any Error>? }
  let box = Box()
  let isDone = DispatchSemaphore(value: 0)
  Task.detached {
    do { box.result = .success(try await work()) } catch { box.result = .failure(error) }
    isDone.signal()
  }
  isDone.wait()
  guard let result = box.result else { Target.found("work without a result") }
  return try result.get()
}
