import CPostgres

/// A statement that the server has prepared.
final class PostgresPrepared {
  let name: String
  /// Known after the first answer.
  var columns: Columns?

  init(name: String) { self.name = name }
}

/// What a statement that was asked ahead of its turn was answered.
struct PostgresForeseen {
  let statement: Statement
  let prepared: PostgresPrepared
  let result: OpaquePointer?
}

extension PostgresConnection {
  /// Sends several statements in one go (libpq's pipeline mode) and keeps their answers for ``open(_:)``.
  func foresee(_ statements: [Statement]) throws {
    forget()
    var refusal: StoreError?
    do {
      try pipeline(statements, &refusal)
    } catch {
      isLost = true
      throw error
    }
    if let refusal {
      forget()
      throw refusal
    }
  }

  private func pipeline(_ statements: [Statement], _ refusal: inout StoreError?) throws {
    let text = statements.first?.text ?? ""
    guard PQenterPipelineMode(handle) == 1 else { throw failure(nil, text) }
    // libpq would go on to give the next answer row by row, as it gave the last one; an empty pipeline ends that.
    let wasByRow = isByRow
    if wasByRow { PQpipelineSync(handle) }
    let begins = beginning
    if let begins, PQsendQueryParams(handle, begins, 0, nil, nil, nil, nil, 0) != 1 { throw failure(nil, begins) }
    var asked: [(statement: Statement, prepared: PostgresPrepared, isNew: Bool)] = []
    for statement in statements {
      let parameters = PostgresParameters(statement.values)
      let (prepared, isNew) = try sendPrepare(statement.text, parameters)
      try send(prepared, parameters, statement.text)
      asked.append((statement, prepared, isNew))
    }
    guard PQpipelineSync(handle) == 1 else { throw failure(nil, text) }
    if wasByRow { PQclear(try nextResult(text)) }
    if let begins {
      PQclear(try answer(begins, &refusal))
      if refusal == nil { beginning = nil }
    }
    for (statement, prepared, isNew) in asked {
      if isNew {
        let made = try answer(statement.text, &refusal)
        if PQresultStatus(made) != PGRES_COMMAND_OK { unprepare(prepared) }
        PQclear(made)
      }
      foreseen.append(
        PostgresForeseen(statement: statement, prepared: prepared, result: try answer(statement.text, &refusal)))
    }
    while let end = try nextResult(text) { PQclear(end) }
    guard PQexitPipelineMode(handle) == 1 else { throw failure(nil, text) }
  }

  /// The whole answer to one of the things that were sent.
  private func answer(_ text: String, _ refusal: inout StoreError?) throws -> OpaquePointer? {
    let result = try nextResult(text)
    while let more = try nextResult(text) { PQclear(more) }
    switch PQresultStatus(result) {
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK: break
    default: refusal = refusal ?? failure(result, text)
    }
    return result
  }

  /// Answers that nobody came for.
  func forget() {
    for answer in foreseen { PQclear(answer.result) }
    foreseen.removeAll()
  }
}
