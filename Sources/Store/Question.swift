/// A statement, or several, and what is made of the rows, apart from when it is asked.
///
///     static func on(_ customer: Customer.ID) -> Question<[Tag]> { .all("SELECT … WHERE customer_id = \(customer)") }
///
///     let (customer, tags) = try tx.ask(Customer.valued(id), Tag.on(id))
///
/// PostgreSQL is asked all of them in one go and waited for once; the answers are kept until all are there, so this is
/// not for very many rows.
public struct Question<Answer> {
  let statements: [SQL]
  let answer: (Transaction) throws -> Answer

  private init(_ statements: [SQL], _ answer: @escaping (Transaction) throws -> Answer) {
    (self.statements, self.answer) = (statements, answer)
  }

  /// This and another as one.
  public func and<Other>(_ other: Question<Other>) -> Question<(Answer, Other)> {
    Question<(Answer, Other)>(statements + other.statements) { [answer] tx in (try answer(tx), try other.answer(tx)) }
  }

  /// What is made of the answer.
  public func then<Result>(_ make: @escaping (Answer) throws -> Result) -> Question<Result> {
    Question<Result>(statements) { [answer] tx in try make(try answer(tx)) }
  }

  /// All rows, each made into a value by `make`.
  public static func map<Element>(_ sql: SQL, _ make: @escaping (Row) throws -> Element) -> Self
  where Answer == [Element] {
    Self([sql]) { try $0.map(sql, make) }
  }

  /// All rows as records.
  public static func all<Element: Decodable>(_ sql: SQL) -> Self where Answer == [Element] {
    Self([sql]) { try $0.all(sql) }
  }

  /// The first row as a record, nil when there is none.
  public static func first<Wanted: Decodable>(_ sql: SQL) -> Self where Answer == Wanted? {
    Self([sql]) { try $0.first(sql) }
  }

  /// The first column of every row.
  public static func values<Wanted: Bindable>(_ sql: SQL) -> Self where Answer == [Wanted] {
    Self([sql]) { try $0.values(sql) }
  }

  /// The first column of the first row, nil when there is no row or it is null.
  public static func value<Wanted: Bindable>(_ sql: SQL) -> Self where Answer == Wanted? {
    Self([sql]) { try $0.value(sql) }
  }

  /// Whether there is such a row.
  public static func exists(_ sql: SQL) -> Self where Answer == Bool {
    let one: Question<Int?> = .value("SELECT 1 WHERE EXISTS (\(sql))")
    return one.then { $0 != nil }
  }
}

extension Transaction {
  public func ask<Answer>(_ question: Question<Answer>) throws -> Answer {
    if question.statements.count > 1 { try foresee(question.statements) }
    return try question.answer(self)
  }

  /// Several at once.
  public func ask<each Answer>(_ questions: repeat Question<each Answer>) throws -> (repeat each Answer) {
    var statements: [SQL] = []
    for question in repeat each questions { statements += question.statements }
    try foresee(statements)
    return (repeat try (each questions).answer(self))
  }
}
