import Testing

@testable import App

@Suite struct ColumnGuessTests {
  private func names<Field: ImportField>(
    _ header: String, rows: [String] = [], as field: Field.Type
  ) -> [Field: String] {
    let headers = header.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let records = rows.enumerated().map { index, row in
      CSVRecord(
        line: index + 2, fields: row.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
    }
    return ColumnGuess<Field>(headers: headers, rows: records).choices.mapValues { headers[$0.column] }
  }

  @Test(arguments: [
    ("金额（元）", "金额"), ("  E-mail Address ", "emailaddress"), ("order_id", "orderid"),
    ("Company / Account", "companyaccount"),
    ("【金额】", "金额"), ("客户ＩＤ", "客户id"), ("((", ""), ("", ""),
  ]) func keys(header: String, key: String) {
    #expect(HeaderKey.of(header) == key)
  }

  @Test func chineseCustomers() {
    let found = names(
      "客户编号,公司名称,联系人,职务,手机号码,座机,邮箱,微信号,所在地区,详细地址,行业,客户来源,负责人,标签,备注,创建时间,客户类型",
      as: CustomerField.self)
    #expect(
      found == [
        .id: "客户编号", .name: "公司名称", .contactName: "联系人", .contactRole: "职务", .phone: "手机号码", .otherPhone: "座机",
        .email: "邮箱",
        .wechat: "微信号",
        .region: "所在地区", .address: "详细地址", .industry: "行业", .source: "客户来源", .owner: "负责人", .tags: "标签",
        .remark: "备注",
        .createdOn: "创建时间", .kind: "客户类型",
      ])
  }

  @Test func traditionalHeaders() {
    let found = names("客戶編號,客戶名稱,聯絡人,職稱,手機,電話,電郵,地址,備註,業務員,建立日期", as: CustomerField.self)
    #expect(
      found == [
        .id: "客戶編號", .name: "客戶名稱", .contactName: "聯絡人", .contactRole: "職稱", .phone: "手機", .otherPhone: "電話",
        .email: "電郵", .address: "地址", .remark: "備註", .owner: "業務員", .createdOn: "建立日期",
      ])
    #expect(names("統一編號,公司名稱,電話", as: CustomerField.self) == [.id: "統一編號", .name: "公司名稱", .phone: "電話"])
    let orders = names("訂單編號,客戶名稱,訂單日期,品名,數量,單價,金額,幣別,備註", as: OrderField.self)
    #expect(
      orders == [
        .orderID: "訂單編號", .customerName: "客戶名稱", .date: "訂單日期", .productName: "品名", .quantity: "數量",
        .unitPrice: "單價", .amount: "金額", .currency: "幣別", .note: "備註",
      ])
    #expect(names("日期,金額,客戶", as: OrderField.self) == [.date: "日期", .amount: "金額", .customerName: "客戶"])
  }

  @Test func japaneseHeaders() {
    let found = names("顧客番号,会社名,担当者,役職,電話番号,メールアドレス,都道府県,住所,業種,備考", as: CustomerField.self)
    #expect(
      found == [
        .id: "顧客番号", .name: "会社名", .contactName: "担当者", .contactRole: "役職", .phone: "電話番号",
        .email: "メールアドレス", .region: "都道府県", .address: "住所", .industry: "業種", .remark: "備考",
      ])
    #expect(names("氏名,携帯,メール", as: CustomerField.self) == [.name: "氏名", .phone: "携帯", .email: "メール"])
    #expect(names("顧客名,電話番号", as: CustomerField.self) == [.name: "顧客名", .phone: "電話番号"])
    let orders = names("注文番号,注文日,顧客名,商品名,数量,単価,金額,備考", as: OrderField.self)
    #expect(
      orders == [
        .orderID: "注文番号", .date: "注文日", .customerName: "顧客名", .productName: "商品名", .quantity: "数量",
        .unitPrice: "単価", .amount: "金額", .note: "備考",
      ])
  }

  @Test func personBesideCompanyIsTheContact() {
    #expect(names("姓名,电话", as: CustomerField.self) == [.name: "姓名", .phone: "电话"])
    #expect(names("姓名,公司,电话", as: CustomerField.self) == [.name: "公司", .contactName: "姓名", .phone: "电话"])
  }

  @Test func shopOrders() {
    let found = names(
      "订单编号,总金额,买家实际支付金额,收货地址 ,订单创建时间,订单付款时间 ,退款金额",
      rows: [
        "1,178.8,0.0,上海,2020-02-21 00:00:00,,0.0",
        "2,21.0,21.0,安徽省,2020-02-20 23:59:54,2020-02-21 00:00:02,0.0",
      ],
      as: OrderField.self)
    #expect(
      found == [
        .orderID: "订单编号", .amount: "买家实际支付金额", .region: "收货地址 ", .date: "订单创建时间", .refundAmount: "退款金额",
      ])
  }

  @Test func orderLines() {
    let found = names(
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country", as: OrderField.self
    )
    #expect(
      found == [
        .orderID: "InvoiceNo", .productID: "StockCode", .productName: "Description", .quantity: "Quantity",
        .date: "InvoiceDate", .unitPrice: "UnitPrice", .customerID: "CustomerID", .region: "Country",
      ])
    let chinese = names("单据编号,单据日期,客户名称,商品编码,商品名称,数量,单价,金额(元),成本金额,业务员", as: OrderField.self)
    #expect(
      chinese == [
        .orderID: "单据编号", .date: "单据日期", .customerName: "客户名称", .productID: "商品编码", .productName: "商品名称",
        .quantity: "数量",
        .unitPrice: "单价", .amount: "金额(元)", .cost: "成本金额",
      ])
  }

  @Test func contentOverrulesAName() {
    let found = names("日期,下单时间", rows: ["甲,2020-01-01", "乙,2020-01-02"], as: OrderField.self)
    #expect(found[.date] == "下单时间")
  }

  @Test func contentAloneIsALastResort() {
    let rows = ["13812345678,a@b.cn,x", "13912345678,c@d.cn,y"]
    let guess = ColumnGuess<CustomerField>(
      headers: ["p", "q", "r"],
      rows: rows.map { CSVRecord(line: 1, fields: $0.split(separator: ",").map(String.init)) })
    #expect(guess[.phone] == 0)
    #expect(guess[.email] == 1)
    #expect(guess[.name] == nil)
    #expect((guess.choices[.phone]?.confidence ?? 1) < 0.6)
  }

  @Test func alternativesAreOffered() {
    let guess = ColumnGuess<OrderField>(headers: ["总金额", "实付金额", "客户"], rows: [])
    #expect(guess.choices[.amount]?.column == 1)
    #expect(guess.choices[.amount]?.alternatives == [0])
  }

  @Test func columnsByNameOrNumber() {
    let headers = ["订单编号", "收货地址 ", "Amount (USD)"]
    #expect(ColumnName.find("收货地址", in: headers) == 1)
    #expect(ColumnName.find("amount", in: headers) == 2)
    #expect(ColumnName.find("3", in: headers) == 2)
    #expect(ColumnName.find("4", in: headers) == nil)
    #expect(ColumnName.find("", in: headers) == nil)
  }

  @Test func fieldNamesAreThoseOfTheCommandLine() {
    let customer = CustomerField.allCases.map(\.rawValue)
    let order = OrderField.allCases.map(\.rawValue)
    #expect(
      customer.prefix(8) == [
        "id", "name", "kind", "direction", "contact_name", "contact_role", "given_name", "family_name",
      ])
    #expect(customer.last == "created_on")
    #expect(order.prefix(4) == ["order_id", "customer_id", "customer_name", "date"])
    #expect(order.last == "refund_amount")
    for name in customer + order { #expect(name.allSatisfy { $0.isLowercase || $0 == "_" }) }
    for field in CustomerField.allCases { #expect(!field.words.names.isEmpty) }
    for field in OrderField.allCases { #expect(!field.words.names.isEmpty) }
  }
}
