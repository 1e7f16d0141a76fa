import Foundation

/// What libFuzzer reads before it begins: a folder of inputs, which it adds to, and a list of words.
struct Corpus {
  let path: String
  let dictionary: String

  init(of target: any FuzzTarget, in folder: URL) throws {
    let inputs = folder.appending(path: "inputs")
    try FileManager.default.createDirectory(at: inputs, withIntermediateDirectories: true)
    for (index, seed) in target.seeds.enumerated() {
      try Data(seed).write(to: inputs.appending(path: "seed-\(index)"))
    }
    let words = folder.appending(path: "words")
    try Data(target.words.map(Self.quoted).joined().utf8).write(to: words)
    (path, dictionary) = (inputs.path, words.path)
  }

  private static func quoted(_ word: String) -> String {
    let escaped = word.utf8.map { byte in
      let isPlain = byte > 32 && byte < 127 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
      return isPlain ? String(UnicodeScalar(byte)) : "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return "\"\(escaped.joined())\"\n"
  }

  /// Files of a folder that are not longer; none when it is not there.
  static func files(in folder: String, endingIn ends: [String], longest: Int) -> [[UInt8]] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.sorted().filter { name in ends.contains { name.hasSuffix($0) } }.compactMap { name in
      FileManager.default.contents(atPath: "\(folder)/\(name)").map(Array.init)
    }.filter { $0.count <= longest }
  }

  /// Real files to begin from, where there are some.
  static let examples = ProcessInfo.processInfo.environment["GUANXI_FUZZ_EXAMPLES"] ?? ""
}
