/// What is done along with the writes of somebody, each time in the transaction of the write.
public struct WriteHook: Sendable {
  let begin: @Sendable (Transaction) throws -> Void
  let end: @Sendable (Transaction, any Sendable) throws -> Void

  /// - Parameters:
  ///   - begin: before anything is written.
  ///   - end: with what the body results in, which can still be refused.
  public init(
    begin: @escaping @Sendable (Transaction) throws -> Void,
    end: @escaping @Sendable (Transaction, any Sendable) throws -> Void
  ) {
    self.begin = begin
    self.end = end
  }

  func around<Result: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Result
  ) -> @Sendable (Transaction) throws -> Result {
    { tx in
      try begin(tx)
      let result = try body(tx)
      try end(tx, result)
      return result
    }
  }
}
