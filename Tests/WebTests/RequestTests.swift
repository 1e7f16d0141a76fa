import Foundation
import Testing

@testable import Web

@Suite struct RequestTests {
  struct Line: Codable, Equatable {
    let product: String
    let amount: Int?
  }

  struct Input: Codable, Equatable {
    var name: String
    var tags: [String]?
    var lines: [Line]?
    var isOpen: Bool?
    var dueOn: String?
  }

  @Test func formsNestRepeatAndLeaveOut() throws {
    let fields = Fields(
      encoded: "name=%E5%BC%A0+%E4%BC%9F&tags=a&tags=b&lines[1][product]=y&lines[0][product]=x&lines[0][amount]=3"
        + "&is_open=on&due_on=")
    let input = try FieldsDecoder.decode(Input.self, from: fields)
    #expect(
      input
        == Input(
          name: "张 伟", tags: ["a", "b"], lines: [Line(product: "x", amount: 3), Line(product: "y", amount: nil)],
          isOpen: true, dueOn: nil))
  }

  @Test func whatDoesNotFitNamesItsField() {
    #expect(throws: Problems(["lines.0.amount": Problems.unreadable])) {
      try FieldsDecoder.decode(Input.self, from: Fields(encoded: "name=x&lines[0][product]=y&lines[0][amount]=z"))
    }
  }

  @Test(arguments: [
    "%", "%zz", "a=%00b", "=&==&", String(repeating: "[", count: 5000) + "=1", "a[b[c]]]=1", "%ff%fe=1",
  ])
  func hostileFieldsAreOnlyText(_ text: String) {
    _ = try? FieldsDecoder.decode(Input.self, from: Fields(encoded: text))
    #expect(!Fields(encoded: text).pairs.contains { $0.value.contains("\0") })
  }

  @Test func fieldsSurviveTheirAddress() {
    let fields = Fields([("q", "a&b=c +%张伟"), ("sort", "名")])
    #expect(Fields(encoded: fields.encoded) == fields)
  }

  @Test func multipartGivesFieldsAndFiles() throws {
    let body = """
      --X\r\nContent-Disposition: form-data; name="kind"\r\n\r\norders\r\n--X\r\n\
      Content-Disposition: form-data; name="file"; filename="订单.csv"\r\nContent-Type: text/csv\r\n\r\na,b\r\n--Y\r\n\r\n--X--\r\n
      """
    let parts = try Multipart(Array(body.utf8), type: "multipart/form-data; boundary=X")
    #expect(parts.fields["kind"] == "orders")
    #expect(parts.files["file"]?.name == "订单.csv")
    #expect(parts.files["file"].map { String(decoding: $0.bytes, as: UTF8.self) } == "a,b\r\n--Y\r\n")
  }

  @Test(arguments: ["", "--X", "--X\r\n", "--X\r\n\r\n", "--X\r\nname\r\n--X--", "--X--"])
  func brokenMultipartIsRefusedOrEmpty(_ body: String) {
    let parts = try? Multipart(Array(body.utf8), type: "multipart/form-data; boundary=X")
    #expect(parts == nil || parts?.fields.pairs.isEmpty == true)
  }

  @Test func schemasComeFromTheTypes() {
    #expect(
      Schema(of: Input.self)
        == .object([
          .init(name: "name", schema: .text(), isRequired: true),
          .init(name: "tags", schema: .list(.text()), isRequired: false),
          .init(
            name: "lines",
            schema: .list(
              .object([
                .init(name: "product", schema: .text(), isRequired: true),
                .init(name: "amount", schema: .integer, isRequired: false),
              ])), isRequired: false),
          .init(name: "is_open", schema: .boolean, isRequired: false),
          .init(name: "due_on", schema: .text(), isRequired: false),
        ]))
    #expect(Schema(of: Language.self) == .text(of: ["zh", "en"]))
    #expect(Schema(of: [String: Int].self) == .map(.integer))
  }
}
