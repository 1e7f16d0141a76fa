import CPostgres

extension PostgresConnection {
  /// Adds rows by `COPY`, in pieces of 64 KiB.
  func append(table: String, columns: [String], rows: some Sequence<[Value]>) throws {
    let text = "COPY \(table) (\(columns.joined(separator: ", "))) FROM STDIN"
    forget()
    guard PQsendQuery(handle, text) == 1 else { throw failure(nil, text) }
    let started = try nextResult(text)
    defer { PQclear(started) }
    guard PQresultStatus(started) == PGRES_COPY_IN else {
      let refusal = failure(started, text)
      try finish(text)
      throw refusal
    }
    do {
      try send(rows, width: columns.count, text)
    } catch {
      PQputCopyEnd(handle, "stopped")
      _ = try? finish(text)
      throw error
    }
    guard PQputCopyEnd(handle, nil) == 1 else { throw failure(nil, text) }
    try finish(text)
  }

  /// By `COPY` to a table beside, and from there in one statement.
  func merge(table: String, columns: [String], rows: some Sequence<[Value]>, conflict: String) throws {
    let (beside, names) = ("merged_\(table)", columns.joined(separator: ", "))
    try command("CREATE TEMPORARY TABLE IF NOT EXISTS \(beside) (LIKE \(table) INCLUDING DEFAULTS); TRUNCATE \(beside)")
    try append(table: beside, columns: columns, rows: rows)
    try command("INSERT INTO \(table) (\(names)) SELECT \(names) FROM \(beside) \(conflict)")
  }

  private func send(_ rows: some Sequence<[Value]>, width: Int, _ text: String) throws {
    var buffer: [UInt8] = []
    buffer.reserveCapacity(70_000)
    for row in rows {
      try row.check(width: width, text)
      for (index, value) in row.enumerated() {
        if index > 0 { buffer.append(UInt8(ascii: "\t")) }
        buffer.append(copying: value)
      }
      buffer.append(UInt8(ascii: "\n"))
      if buffer.count > 65_536 { try flush(&buffer, text) }
    }
    try flush(&buffer, text)
  }

  private func flush(_ buffer: inout [UInt8], _ text: String) throws {
    guard !buffer.isEmpty else { return }
    let sent = buffer.withUnsafeBytes { bytes in
      PQputCopyData(handle, bytes.bindMemory(to: CChar.self).baseAddress, CInt(bytes.count))
    }
    guard sent == 1 else { throw failure(nil, text) }
    buffer.removeAll(keepingCapacity: true)
  }

  private func finish(_ text: String) throws {
    var error: StoreError?
    while let result = try nextResult(text) {
      if PQresultStatus(result) != PGRES_COMMAND_OK { error = error ?? failure(result, text) }
      PQclear(result)
    }
    if let error { throw error }
  }
}

extension [UInt8] {
  /// A value in the text form of `COPY`.
  fileprivate mutating func append(copying value: Value) {
    switch value {
    case .null: self += [UInt8(ascii: "\\"), UInt8(ascii: "N")]
    case .integer(let number): self += "\(number)".utf8
    case .real(let number): self += "\(number)".utf8
    case .text(let text):
      for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "\\"): self += "\\\\".utf8
        case UInt8(ascii: "\t"): self += "\\t".utf8
        case UInt8(ascii: "\n"): self += "\\n".utf8
        case UInt8(ascii: "\r"): self += "\\r".utf8
        default: append(byte)
        }
      }
    case .blob(let bytes):
      let digits = Array<UInt8>("0123456789abcdef".utf8)
      self += "\\\\x".utf8
      for byte in bytes {
        append(digits[Int(byte >> 4)])
        append(digits[Int(byte & 15)])
      }
    }
  }
}
