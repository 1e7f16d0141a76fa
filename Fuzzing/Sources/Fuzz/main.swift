import CFuzzer
import Foundation

let usage = "usage: Fuzz csv | xlsx | filter | header  FOLDER  [file to try again…]  [option of libFuzzer…]\n"
var arguments = CommandLine.arguments
guard arguments.count > 2, let kind = Target.kinds[arguments[1]] else {
  FileHandle.standardError.write(Data(usage.utf8))
  exit(2)
}
let isAgain = arguments.dropFirst(3).contains { !$0.hasPrefix("-") }
let folder = URL(filePath: arguments[2])
Target.current = try kind.init(folder)
let corpus = try Corpus(of: Target.current, in: folder)
arguments.removeSubrange(1...2)
if !isAgain { arguments.append(corpus.path) }
arguments += ["-dict=\(corpus.dictionary)", "-artifact_prefix=\(folder.path)/", "-max_len=\(kind.longest)"]

var texts: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
var count = CInt(arguments.count)
exit(
  texts.withUnsafeMutableBufferPointer { texts in
    var list = texts.baseAddress
    return LLVMFuzzerRunDriver(&count, &list) { data, size in
      Target.current.run(Array(UnsafeBufferPointer(start: data, count: size)))
      return 0
    }
  })
