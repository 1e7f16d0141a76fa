import Foundation
import Store

@testable import App

/// Files of text, read as orders and as customers, as they are understood and as somebody might say they are.
struct CSVTarget: FuzzTarget {
  static let longest = 4_096

  let seeds: [[UInt8]]
  let words = [
    "\"", "\"\"", ",", ";", "\t", "|", "\r\n", "\n", "\r", "sep=;", "sep=,", "\u{FEFF}", "订单号", "客户名称", "下单时间",
    "金额", "数量", "单价", "手机", "电话", "退款金额", "省份", "order_id", "date", "amount", "name", "phone", "email", "tags",
    "2024-02-29", "29/02/2024", "二〇二四年二月三十日", "2024/2/30 24:00:60", "45000.5", "99999999999999999999",
    "-9223372036854775808", "¥1,234.50", "1.234,50 €", "1万2千", "（1,000.00）", "+86 138-0013-8000", "转8001", "浙江省杭州市",
  ]

  init(_ folder: URL) {
    let own = [
      "订单号,客户名称,下单时间,金额,数量,单价,退款金额,手机\nA-1,张三,2024-02-29 10:30,1234.50,2,617.25,0,13800138000\n",
      "order_id;customer;date;amount\r\n1;\"a;\"\"b\"\"\r\nc\";29/02/2024;1.234,50\r\n1;;01.03.2024;-3,00\r\n",
      "客户编号\t客户名称\t电话\t邮箱\t标签\t省份\n1\t山岚茶业\t0571-88888888转801\ta@b.cn\tVIP、老客户\t浙江省杭州市\n",
      "\u{FEFF}sep=|\nname|birthday|created\nWei|二〇〇〇年一月一日|45000\n",
    ]
    seeds =
      own.map { Array($0.utf8) }
      + [own[0].utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }]
      + Corpus.files(in: Corpus.examples, endingIn: [".csv", ".tsv", ".psv", ".ssv"], longest: Self.longest)
  }

  func run(_ bytes: [UInt8]) {
    Reading.all(of: ByteSource(bytes), number: bytes.reduce(bytes.count) { $0 &* 31 &+ Int($1) } & 0xFFFF)
  }
}

/// Everything that is done with a file before anything of it is written.
enum Reading {
  /// - Parameter number: chooses what somebody says of the file.
  static func all(of source: ByteSource, number: Int) {
    for kind in [Import.Kind.orders, .customers] {
      read(source, kind, ImportOptions())
      read(source, kind, options(kind, number))
    }
    _ = try? OrderFile.facts(source, ImportOptions(), Settings())
  }

  private static func options(_ kind: Import.Kind, _ number: Int) -> ImportOptions {
    var options = ImportOptions()
    options.encoding = number & 8 == 0 ? nil : TextEncoding.allCases[number % TextEncoding.allCases.count]
    options.delimiter = number & 16 == 0 ? nil : Delimiter.allCases[number % Delimiter.allCases.count]
    options.header = number % 5
    let fields =
      kind == .orders ? OrderField.allCases.map(\.rawValue) : CustomerField.allCases.map(\.rawValue)
    options.columns = Dictionary(
      uniqueKeysWithValues: fields.enumerated().map { ($1, ($0 + number) % (fields.count / 2)) })
    options.tagColumns = [number % 3]
    options.remarkColumns = [number % 4, 100]
    options.filters = number & 32 == 0 ? [] : [RowFilter(column: "1", value: "", isNot: true)]
    options.match = ImportOptions.Match.allCases[number % 4]
    options.refunds = number & 64 == 0 ? nil : .deducted
    options.amounts = number & 128 == 0 ? nil : .order
    options.withoutCustomer = ImportOptions.WithoutCustomer.allCases[number % 3]
    options.currency = number & 256 == 0 ? nil : "JPY"
    return options
  }

  private static func read(_ source: ByteSource, _ kind: Import.Kind, _ options: ImportOptions) {
    let record = Import(
      id: Import.ID(raw: 1), kind: kind, fileName: "made", byteCount: Int64(source.count), options: options,
      at: Instant(milliseconds: 0), by: nil)
    do {
      let firm = ImportFirm(Settings(), isNew: true, today: Day(number: 20_000))
      _ = try ImportColumns(record, source, firm, [])
      let file = try ImportFile(source, kind: kind, options: options, firm: firm)
      _ = (file.remarks, file.questions, file.statuses)
      var portions = try ImportPortions(file)
      while let portion = try portions.next(100) {
        for problem in portion.problems { _ = (problem.sentence.zh, problem.sentence.en) }
      }
    } catch {
      _ = Terminal.sentence(for: error)
    }
  }
}
