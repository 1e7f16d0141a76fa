import Testing

@testable import App

/// What is understood of files as they really come. Rows leave out header, titles and empty lines.
@Suite(.enabled(if: SharedData.isHere)) struct RealFileTests {
  struct Expected: Sendable {
    var path: String
    var encoding = TextEncoding.utf8
    var delimiter = Delimiter.comma
    var header: Int? = 1
    var columns: Int
    var rows: Int
  }

  static let files: [Expected] = [
    Expected(
      path: "contacts-import/csv-torture/begrotingsanalyse-2011.csv", header: 5, columns: 14, rows: 38),
    Expected(path: "contacts-import/csv-torture/characters.csv", encoding: .big5, columns: 18, rows: 382),
    Expected(path: "contacts-import/csv-torture/complex.csv", columns: 4, rows: 3),
    Expected(
      path: "contacts-import/csv-torture/cr-only-line-ends_Marketing-Customer-Value.csv.gz", columns: 24,
      rows: 9134),
    Expected(path: "contacts-import/csv-torture/example.tsv", delimiter: .tab, columns: 17, rows: 140),
    Expected(path: "contacts-import/csv-torture/excel_pasting.csv", header: 4, columns: 9, rows: 17),
    Expected(path: "contacts-import/csv-torture/long.csv", header: nil, columns: 1, rows: 4000),
    Expected(path: "contacts-import/csv-torture/mixedGLB.csv", header: 4, columns: 19, rows: 133),
    Expected(path: "contacts-import/csv-torture/null.csv", header: nil, columns: 4, rows: 10),
    Expected(path: "contacts-import/csv-torture/simple.csv", columns: 3, rows: 6),
    Expected(path: "contacts-import/csv-torture/simple.psv", delimiter: .bar, columns: 6, rows: 28),
    Expected(path: "contacts-import/csv-torture/simple.ssv", delimiter: .semicolon, columns: 3, rows: 6),
    Expected(path: "contacts-import/csv-torture/skip_initials.csv", columns: 2, rows: 2),
    Expected(path: "contacts-import/csv-torture/small.csv", header: nil, columns: 1, rows: 1),
    Expected(
      path: "contacts-import/csv-torture/spanish_chars.csv", encoding: .windows1252, columns: 8, rows: 116),
    Expected(
      path: "contacts-import/csv-torture/sparse_with_column_errors.csv", encoding: .windows1252, columns: 3,
      rows: 2237),
    Expected(
      path: "contacts-import/csv-torture/utf-16le_encoded.csv", encoding: .utf16LE, columns: 19, rows: 327),
    Expected(path: "contacts-import/csv-torture/utf8bom.csv", header: nil, columns: 2, rows: 1),
    Expected(
      path: "contacts-import/csv-torture/weird_head_padding.csv", delimiter: .semicolon, header: 12,
      columns: 10, rows: 76),
    Expected(path: "chinese/encodings/areas.gb18030.csv", encoding: .gb18030, columns: 4, rows: 2978),
    Expected(path: "chinese/encodings/areas.utf16le-bom.csv", encoding: .utf16LE, columns: 4, rows: 2978),
    Expected(path: "chinese/encodings/areas.utf16be-bom.csv", encoding: .utf16BE, columns: 4, rows: 2978),
    Expected(path: "chinese/encodings/areas.utf8-bom.csv", columns: 4, rows: 2978),
    Expected(
      path: "chinese/encodings/historical_names_head5000.big5.csv", encoding: .big5, columns: 1, rows: 5000),
    Expected(
      path: "chinese/encodings/streets_outside_gbk.gb18030.csv", encoding: .gb18030, columns: 5, rows: 8),
    Expected(
      path: "chinese/encodings/tmall_orders_head2000.gbk.csv", encoding: .gb18030, columns: 7, rows: 2000),
    Expected(
      path: "chinese/place_words_THUOCL_cr_only.txt", delimiter: .tab, header: nil, columns: 2, rows: 44_804),
    Expected(path: "cdnow/CDNOW_master.txt.gz", delimiter: .blanks, columns: 4, rows: 69_659),
    Expected(path: "cdnow/CDNOW_sample.txt", delimiter: .blanks, header: nil, columns: 5, rows: 6919),
    Expected(path: "crm-sales-opportunities/accounts.csv", columns: 7, rows: 85),
    Expected(path: "crm-sales-opportunities/sales_pipeline.csv", columns: 8, rows: 8800),
  ]

  @Test(arguments: files) func shape(expected: Expected) throws {
    let source = try SharedData.source(expected.path)
    let shape = try FileShape.detect(in: source).shape
    #expect(shape.encoding == expected.encoding)
    #expect(shape.delimiter == expected.delimiter)
    #expect(shape.headerLine == expected.header)
    #expect(shape.columns.count == expected.columns)
    var reader = try CSVReader(source, shape: shape)
    #expect(try reader.all().count == expected.rows)
  }

  @Test(arguments: [
    ("simple.xlsx", "simple.csv", 1, ["date", "temperature", "place"], 6, ["2011-01-01", "1", "Galway"]),
    (
      "large.xlsx", "data", 3, ["RptDate", "Series", "RecordType", "Total Pieces"], 8_544,
      ["2013-06-30", "A", "PiecesIssued", "1026746"]
    ),
    (
      "sw_gen.xlsx", "tweets", 1, ["id_str", "tweet_url", "created_at"], 15,
      ["474939423470395392", "https://twitter.com/frabcus/status/474939423470395392", "2014-06-06 15:42:37+00:00"]
    ),
  ])
  func workbooks(name: String, sheet: String, header: Int, columns: [String], rows: Int, first: [String]) throws {
    let source = try SharedData.source("contacts-import/spreadsheets/" + name)
    var choices = FileShape.Choices()
    choices.sheet = sheet
    let shape = try FileShape.detect(in: source, choices: choices).shape
    #expect(shape.headerLine == header)
    #expect(shape.columns.prefix(columns.count) == columns[...])
    let workbook = try Workbook(source)
    var reader = try CSVReader(workbook.table(of: workbook.sheet(sheet)), shape: shape)
    let found = try reader.all()
    #expect(found.count == rows)
    #expect(found.first?.fields.prefix(first.count) == first[...])
  }

  @Test(arguments: [
    "simple.xls", "excel_properties.xls", "encrypted_no_password.xls", "span_rich.xls", "unicode_sheet_name.xls",
    "simple.ods", "blank_line.ods", "ods_formats.ods", "multilineods.ods", "loffice-4.4.1.2.ods",
  ])
  func otherSpreadsheetsAreNamed(name: String) throws {
    let source = try SharedData.source("contacts-import/spreadsheets/" + name)
    #expect(throws: ReadingProblem.notWorkbook) { try FileShape.detect(in: source) }
  }

  /// The same table in four encodings is one table.
  @Test func encodingsAgree() throws {
    func rows(_ name: String) throws -> [[String]] {
      let source = try SharedData.source("chinese/encodings/" + name)
      var reader = try CSVReader(source, shape: FileShape.detect(in: source).shape)
      return try reader.all().map(\.fields)
    }
    let areas = try rows("areas.utf8-bom.csv")
    #expect(areas.first == ["110101", "东城区", "1101", "11"])
    for name in ["areas.gb18030.csv", "areas.utf16le-bom.csv", "areas.utf16be-bom.csv"] {
      #expect(try rows(name) == areas)
    }
    #expect(try rows("tmall_orders_head2000.gbk.csv") == rows("tmall_orders_head2000.utf8-bom.csv"))
    #expect(try rows("streets_outside_gbk.gb18030.csv").map { $0[1] }.prefix(2) == ["湖㳇镇", "流波䃥镇"])
  }

  private func guess<Field: ImportField>(_ path: String, _ field: Field.Type) throws -> [Field: String] {
    let (shape, rows) = try FileShape.detect(in: SharedData.source(path))
    return ColumnGuess<Field>(headers: shape.columns, rows: rows).choices.mapValues {
      shape.columns[$0.column]
    }
  }

  @Test func ordersAreUnderstood() throws {
    #expect(
      try guess("cdnow/CDNOW_master.txt.gz", OrderField.self) == [
        .customerID: "customer_id", .date: "date", .quantity: "number_of_cds", .amount: "dollar_value",
      ])
    #expect(
      try guess("crm-sales-opportunities/sales_pipeline.csv", OrderField.self) == [
        .orderID: "opportunity_id", .productName: "product", .customerName: "account", .status: "deal_stage",
        .date: "close_date", .amount: "close_value",
      ])
    #expect(
      try guess("chinese/tmall_order_report.csv.gz", OrderField.self) == [
        .orderID: "订单编号", .amount: "买家实际支付金额", .region: "收货地址", .date: "订单创建时间", .refundAmount: "退款金额",
      ])
    #expect(
      try guess("receivables/WA_Fn-UseC_-Accounts-Receivable.csv", OrderField.self) == [
        .orderID: "invoiceNumber", .customerID: "customerID", .date: "InvoiceDate", .amount: "InvoiceAmount",
        .region: "countryCode",
      ])
  }

  @Test func addressBooksAreUnderstood() throws {
    let folder = "contacts-import/export-headers/"
    #expect(
      try guess("crm-sales-opportunities/accounts.csv", CustomerField.self) == [
        .name: "account", .industry: "sector", .region: "office_location",
      ])
    #expect(
      try guess(folder + "hubspot-contacts.csv", CustomerField.self) == [
        .id: "Record ID", .name: "Company Name", .givenName: "First Name", .familyName: "Last Name",
        .contactRole: "Job Title", .phone: "Mobile Phone Number", .otherPhone: "Phone Number", .email: "Email",
        .owner: "Contact owner",
        .createdOn: "Create Date",
      ])
    #expect(
      try guess(folder + "salesforce-contact-report.csv", CustomerField.self) == [
        .name: "Account Name", .givenName: "First Name", .familyName: "Last Name", .contactRole: "Title",
        .phone: "Mobile", .otherPhone: "Phone", .email: "Email", .region: "Mailing State/Province",
        .address: "Mailing Street",
        .owner: "Account Owner",
      ])
    #expect(
      try guess(folder + "salesforce-lead-report.csv", CustomerField.self) == [
        .name: "Company / Account", .givenName: "First Name", .familyName: "Last Name", .contactRole: "Title",
        .email: "Email", .source: "Lead Source", .address: "Street", .owner: "Lead Owner",
      ])
    #expect(
      try guess(folder + "outlook-classic.csv", CustomerField.self) == [
        .name: "Company", .givenName: "First Name", .familyName: "Last Name", .contactRole: "Job Title",
        .phone: "Mobile Phone", .otherPhone: "Business Phone", .email: "E-mail Address", .region: "Business State",
        .address: "Business Street",
        .tags: "Categories", .birthday: "Birthday", .remark: "Notes",
      ])
    #expect(
      try guess(folder + "google-contacts-current.csv", CustomerField.self) == [
        .name: "Organization Name", .givenName: "First Name", .familyName: "Last Name",
        .contactRole: "Organization Title", .phone: "Phone 1 - Value", .otherPhone: "Phone 2 - Value",
        .email: "E-mail 1 - Value",
        .region: "Address 1 - Region", .address: "Address 1 - Formatted", .tags: "Labels",
        .birthday: "Birthday",
        .remark: "Notes",
      ])
    #expect(
      try guess(folder + "google-contacts-legacy.csv", CustomerField.self) == [
        .name: "Name", .givenName: "Given Name", .familyName: "Family Name", .contactRole: "Occupation",
        .phone: "Phone 1 - Value", .otherPhone: "Phone 2 - Value", .email: "E-mail 1 - Value",
        .region: "Address 1 - Region",
        .address: "Address 1 - Formatted", .tags: "Group Membership", .birthday: "Birthday", .remark: "Notes",
      ])
  }

  @Test func sumsAreExact() throws {
    func sum(_ path: String, _ field: OrderField) throws -> Int64 {
      let source = try SharedData.source(path)
      let (shape, rows) = try FileShape.detect(in: source)
      let column = try #require(ColumnGuess<OrderField>(headers: shape.columns, rows: rows)[field])
      var reader = try CSVReader(source, shape: shape)
      var total: Int64 = 0
      while let text = try reader.next()?.text(in: column) {
        total += try field == .quantity ? Amount.thousandths(text) : Amount.minorUnits(text)
      }
      return total
    }
    #expect(try sum("cdnow/CDNOW_master.txt.gz", .amount) == 250_031_563)
    #expect(try sum("cdnow/CDNOW_master.txt.gz", .quantity) == 167_881_000)
    #expect(try sum("receivables/WA_Fn-UseC_-Accounts-Receivable.csv", .amount) == 14_770_318)
  }

  @Test func wonDealsAddUp() throws {
    let source = try SharedData.source("crm-sales-opportunities/sales_pipeline.csv")
    var reader = try CSVReader(source, shape: FileShape.detect(in: source).shape)
    let won = try reader.all().filter { $0.text(in: 4) == "Won" }
    #expect(won.count == 4238)
    #expect(try won.reduce(0) { try $0 + Amount.minorUnits($1.text(in: 7)) } == 1_000_553_400)
  }

  @Test func everyDateOfTheReceivablesIsReadMonthFirst() throws {
    let source = try SharedData.source("receivables/WA_Fn-UseC_-Accounts-Receivable.csv")
    let (shape, _) = try FileShape.detect(in: source)
    var reader = try CSVReader(source, shape: shape)
    let dates = try reader.all().map { $0.text(in: 4) }
    #expect(
      DayOrder.decide(dates, preferring: .dayFirst) == DayOrder.Decision(order: .monthFirst, isCertain: true))
    let days = try dates.map { try ParsedDay.parse($0, order: .monthFirst).iso }
    #expect(days.min() == "2012-01-03")
    #expect(days.max() == "2013-12-02")
  }
}
