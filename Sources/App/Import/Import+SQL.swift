import Store
import Web

extension Import {
  /// Bytes in one piece of the file.
  static let pieceSize = 256 * 1024

  static func find(_ id: ID, in tx: Transaction) throws -> Import? {
    try tx.first("SELECT * FROM import WHERE id = \(id)")
  }

  /// - Throws: ``AppError/notFound``, also for an import of somebody else's.
  static func found(_ id: ID, _ access: Access, in tx: Transaction) throws -> Import {
    let record: Import? = try tx.first("SELECT * FROM import WHERE id = \(id) AND \(access.imports)")
    guard let record else { throw AppError.notFound }
    return record
  }

  /// The same, to be changed: nobody else writes it, or takes it back, until the transaction ends. A process that was killed
  /// may still be committing.
  /// - Throws: ``AppError/notFound``, also for an import of somebody else's.
  static func held(_ id: ID, _ access: Access, in tx: Transaction) throws -> Import {
    let record: Import? = try tx.first(
      "SELECT * FROM import WHERE id = \(id) AND \(access.imports)\(.locking("import"))")
    guard let record else { throw AppError.notFound }
    return record
  }

  /// The newest first.
  static func latest(
    at position: Position?, limit: Int, _ access: Access, in tx: Transaction
  ) throws -> Slice<Import> {
    try tx.slice(
      "SELECT * FROM import WHERE \(access.imports)",
      by: Store.Order(by: "import.uploaded_at", .integer, descending: true), at: position, limit: limit
    ) { ($0.uploadedAt.value, $0.id.raw) }
  }

  /// A time at which no other import was started: what an import has written is known by it.
  static func startingTime(_ now: Instant, in tx: Transaction) throws -> Instant {
    var time = now
    while try tx.exists("SELECT 1 FROM import WHERE started_at = \(time)") {
      time = Instant(milliseconds: time.milliseconds + 1)
    }
    return time
  }

  // MARK: The file

  static func add(_ bytes: some Collection<UInt8>, at position: Int, of id: ID, in tx: Transaction) throws {
    try tx.append(
      to: "import_chunk", columns: ["import_id", "position", "bytes"],
      rows: [[id.value, .integer(Int64(position)), .blob(Array(bytes))]])
  }

  static func piece(_ position: Int, of id: ID, in tx: Transaction) throws -> [UInt8]? {
    try tx.value("SELECT bytes FROM import_chunk WHERE import_id = \(id) AND position = \(position)")
  }

  static func hasFile(_ id: ID, in tx: Transaction) throws -> Bool {
    try tx.exists("SELECT 1 FROM import_chunk WHERE import_id = \(id)")
  }

  /// The file is not kept longer than it is of use.
  static func dropFile(_ id: ID, in tx: Transaction) throws {
    try tx.run("DELETE FROM import_chunk WHERE import_id = \(id)")
  }

  // MARK: Problems

  static func clearProblems(_ id: ID, in tx: Transaction) throws {
    try tx.run("DELETE FROM import_problem WHERE import_id = \(id)")
  }

  static func add(_ problems: [ImportProblem], from position: Int, of id: ID, in tx: Transaction) throws {
    let rows: [[Value]] = try problems.enumerated().map { offset, problem in
      [
        id.value, .integer(Int64(position + offset)), .integer(Int64(problem.line)), problem.isWarning.value,
        .text(String(decoding: try Wire.encode(problem), as: UTF8.self)),
      ]
    }
    try tx.append(
      to: "import_problem", columns: ["import_id", "position", "line", "is_warning", "problem"], rows: rows)
  }

  struct ProblemRow: Codable, Sendable {
    let position: Int
    let problem: ImportProblem
  }

  /// Problems in the order of the file, those that keep a row out first.
  static func problems(of id: ID, after position: Int, limit: Int, in tx: Transaction) throws -> [ProblemRow] {
    try tx.map(
      """
      SELECT position, problem FROM import_problem WHERE import_id = \(id) AND position > \(position)
      ORDER BY position LIMIT \(limit)
      """
    ) { ProblemRow(position: try $0[0], problem: try Self.problem($0[1])) }
  }

  private static func problem(_ json: String) throws -> ImportProblem {
    try Wire.decode(ImportProblem.self, from: Array(json.utf8))
  }

  /// What keeps rows out, by the line the row starts on.
  static func rejections(of id: ID, in tx: Transaction) throws -> [Int: [ImportProblem]] {
    var byLine: [Int: [ImportProblem]] = [:]
    try tx.each(
      "SELECT line, problem FROM import_problem WHERE import_id = \(id) AND is_warning = 0 ORDER BY position"
    ) { byLine[try $0[0], default: []].append(try problem($0[1])) }
    return byLine
  }
}
