import Foundation
import Store

@testable import App

/// The orders of CDNOW's customers of early 1997, as Bruce Hardie published them.
enum CDNOW {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../../shared/data/cdnow").standardized
  private static let master = folder.appending(path: "CDNOW_master.txt.gz").path

  static var isThere: Bool { FileManager.default.fileExists(atPath: master) }

  /// All 23,570 customers.
  static func orders() throws -> [OrderFact] {
    let unzip = Process()
    let output = Pipe()
    unzip.executableURL = URL(filePath: "/bin/gzip")
    unzip.arguments = ["-dc", master]
    unzip.standardOutput = output
    try unzip.run()
    return orders(in: String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self))
  }

  /// Every tenth of them, 2,357: those of the papers.
  static func sample() throws -> [OrderFact] {
    orders(in: try String(contentsOf: folder.appending(path: "CDNOW_sample.txt"), encoding: .utf8))
  }

  /// Space-aligned: customer, YYYYMMDD, discs, dollars; in the sample another number of the customer stands before.
  private static func orders(in text: String) -> [OrderFact] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let cells = line.split(separator: " ").suffix(4).map(String.init)
      guard cells.count == 4, let date = Int(cells[1]), let discs = Quantity(cells[2]),
        let day = Day(year: date / 10_000, month: date / 100 % 100, day: date % 100),
        let cents = try? Amount.minorUnits(cells[3])
      else { return nil }
      return OrderFact(customer: cells[0], day: day, amount: cents, quantity: discs)
    }
  }
}
