import Analytics
import Foundation

// Our part of what Benchmarks/bench/models.py compares; the peer's is in Benchmarks/bench/lifetimes_peer.py.
//
//     ModelBench bgnbd|paretonbd FILE         a fit to histories
//     ModelBench scores FILE                  P(alive) and expected purchases of everybody
//     ModelBench statistics FILE              histories from transactions
//
// Prints the CPU seconds of the work without reading the file, and figures to compare the results by.

let arguments = CommandLine.arguments
guard arguments.count == 3 else { exit(2) }
let file = try Data(contentsOf: URL(filePath: arguments[2]), options: .alwaysMapped)

/// Seconds of CPU for one run; short work is repeated.
func seconds(_ work: () throws -> Void) rethrows -> Double {
  var runs = 0
  let start = clock()
  repeat {
    try work()
    runs += 1
  } while clock() - start < CLOCKS_PER_SEC / 5
  return Double(clock() - start) / Double(CLOCKS_PER_SEC) / Double(runs)
}

func tell(_ figures: [String: Double]) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = .sortedKeys
  print(String(decoding: try encoder.encode(figures), as: UTF8.self))
}

/// Doubles: frequency, recency and age of each customer.
func histories() -> [PurchaseHistory] {
  let numbers = file.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
  return stride(from: 0, to: numbers.count - 2, by: 3).compactMap {
    PurchaseHistory(frequency: Int(numbers[$0]), recency: numbers[$0 + 1], age: numbers[$0 + 2])
  }
}

/// Customers as 32-bit numbers, then days, then amounts as 64-bit ones, of so many transactions.
func statistics() throws {
  let count = file.count / 16
  let (customers, days, amounts) = file.withUnsafeBytes { bytes in
    (
      Array(bytes[0..<4 * count].bindMemory(to: Int32.self)),
      Array(bytes[4 * count..<8 * count].bindMemory(to: Int32.self)),
      Array(bytes[8 * count..<16 * count].bindMemory(to: Int64.self))
    )
  }
  var found: PurchaseStatistics?
  let start = clock()
  found = try PurchaseStatistics(
    customerCount: Int(customers.max() ?? -1) + 1, customers: customers, days: days, amounts: amounts,
    calibrationEnd: Int(days.max() ?? 0))
  let spent = Double(clock() - start) / Double(CLOCKS_PER_SEC)
  let all = found?.histories.map(\.history) ?? []
  try tell([
    "seconds": spent, "customers": Double(all.count), "frequency": Double(all.reduce(0) { $0 + $1.frequency }),
    "age": all.reduce(0) { $0 + $1.age },
  ])
}

func fit(_ kind: PurchaseModelKind) throws {
  let histories = histories()
  var fit: PurchaseFit?
  let spent = try seconds { fit = try PurchaseFit(kind, to: histories) }
  try tell(["seconds": spent, "log_likelihood": fit?.estimate.logLikelihood ?? .nan])
}

func scores() throws {
  let histories = histories()
  let model = try PurchaseFit(.bgNBD, to: Array(histories.prefix(2_000))).model
  var sum = (alive: 0.0, purchases: 0.0)
  let spent = seconds {
    let scores = model.scores(histories, weeks: 52)
    sum = scores.reduce((0, 0)) { ($0.0 + $1.pAlive, $0.1 + $1.expectedPurchases) }
  }
  try tell(["seconds": spent, "alive": sum.alive, "purchases": sum.purchases])
}

switch arguments[1] {
case "bgnbd": try fit(.bgNBD)
case "paretonbd": try fit(.paretoNBD)
case "scores": try scores()
case "statistics": try statistics()
default: exit(2)
}
