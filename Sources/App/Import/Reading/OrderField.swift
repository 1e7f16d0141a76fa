/// What a file of orders can tell about each order or order line.
enum OrderField: String, ImportField {
  case orderID = "order_id"
  case customerID = "customer_id"
  case customerName = "customer_name"
  case date, amount, cost, currency, quantity
  case unitPrice = "unit_price"
  case productID = "product_id"
  case productName = "product_name"
  case productCategory = "product_category"
  case productBrand = "product_brand"
  case status, type, region, phone, note
  case refundAmount = "refund_amount"

  var words: HeaderWords { Self.table[self] ?? HeaderWords("") }
  var isCode: Bool {
    switch self {
    case .orderID, .customerID, .productID: true
    default: false
    }
  }

  private static let table: [OrderField: HeaderWords] = [
    .orderID: HeaderWords(
      """
      订单编号 订单号 订单id 订单号码 主订单编号 子订单编号 销售单号 单据编号 单据号 单号 合同编号 交易号 流水号 发票号 发票号码 orderid orderno ordernumber
      order salesorder invoiceno invoicenumber invoiceid invoice opportunityid dealid transactionid
      transactionno receiptno billno id 编号
      訂單編號 訂單號 訂單號碼 銷售單號 單據編號 單號 合約編號 發票號碼 交易編號 注文番号 注文id 受注番号 伝票番号 オーダー番号 編號
      """, parts: "订单编号 订单号 单据编号", never: "客户 商品 产品"),
    .customerID: HeaderWords(
      """
      客户编号 客户编码 客户代码 客户id 客户号 会员编号 会员号 会员id 会员卡号 用户id 用户编号 买家id customerid customerno customernumber
      customercode clientid clientno accountid userid memberid custid buyerid custno customeruniqueid
      客戶編號 客戶代碼 客戶代號 會員編號 統一編號 統編 買家id 顧客番号 顧客コード 顧客id 得意先コード 会員番号 取引先コード
      """, parts: "客户编 会员编"),
    .customerName: HeaderWords(
      """
      客户名称 客户姓名 客户名 客户全称 客户 买家会员名 买家名称 买家昵称 买家姓名 买家 会员名 会员姓名 购货单位 购买方 收货人姓名 收货人 公司名称 公司 单位名称
      customername customer clientname client accountname account buyername buyer companyname company
      membername member 姓名 fullname name
      客戶名稱 客戶姓名 客戶名 客戶全稱 客戶 買家名稱 買家姓名 買家 會員姓名 收貨人 收件人 公司名稱 公司行號 顧客名 得意先名 得意先 取引先名 取引先 会社名 顧客 お客様名 氏名 注文者 注文者名 購入者
      """, parts: "客户名 买家名", never: "业务 销售"),
    .date: HeaderWords(
      """
      下单时间 下单日期 订单创建时间 订单日期 订单时间 成交时间 成交日期 销售日期 交易日期 交易时间 购买日期 购买时间 单据日期 业务日期 开单日期 签单日期 订单付款时间 付款时间 付款日期
      支付时间 创建时间 创建日期 日期 时间 orderdate ordertime ordercreated orderedat orderedon orderpurchasetimestamp
      purchasedate transactiondate saledate salesdate invoicedate closedate date datetime timestamp
      createdat createddate createdate created time
      下單時間 下單日期 訂單日期 訂單時間 成交日期 銷售日期 交易日期 購買日期 單據日期 開單日期 付款日期 建立日期 日期 時間 注文日 注文日時 受注日 売上日 購入日 購入日時 伝票日付 取引日 日付
      """, parts: "下单 日期 时间 下單 時間 日付 date", never: "update 更新 due 到期 发货 ship delivery 生日 birth 确认收货 end",
      content: .date),
    .amount: HeaderWords(
      """
      买家实际支付金额 实付金额 实际支付金额 实付款 实收金额 实收款 成交金额 付款金额 支付金额 订单实付金额 订单金额 订单总金额 订单总额 销售金额 销售额 总金额 合计金额 金额合计
      价税合计 总额 总价 交易金额 合同金额 金额 合计 orderamount ordertotal ordervalue totalamount amountpaid paidamount
      netamount grandtotal invoiceamount closevalue dollarvalue salesamount saleamount amount total
      totalprice revenue sales paymentvalue value turnover
      實付金額 實收金額 成交金額 付款金額 訂單金額 訂單總金額 訂單總額 銷售金額 銷售額 總金額 合計金額 總額 總價 交易金額 合約金額 金額 合計 注文金額 売上金額 売上 請求金額 支払金額 税込金額 合計額
      """, parts: "金额 总额 金額 總額 amount total value revenue",
      never:
        "退 refund 优惠 折扣 discount 成本 cost 税额 tax 运费 freight shipping 补偿 lifetime number count 数量 mail",
      content: .number),
    .cost: HeaderWords(
      "成本 成本金额 总成本 成本额 成本价 订单成本 cost totalcost costamount cogs costofgoods 成本價 總成本 原価 仕入金額", parts: "成本 cost",
      never: "shipping customer", content: .number),
    .currency: HeaderWords("币种 货币 币别 货币类型 交易币种 currency currencycode ccy 幣別 幣種 貨幣 通貨"),
    .quantity: HeaderWords(
      """
      数量 购买数量 销售数量 订购数量 商品数量 宝贝总数量 产品数量 件数 总件数 quantity qty units orderquantity itemquantity unitssold
      itemcount numberofitems pieces pcs
      數量 購買數量 銷售數量 訂購數量 件數 数量 個数 注文数 販売数
      """, parts: "数量 件数 數量 quantity qty numberof", never: "种类", content: .number),
    .unitPrice: HeaderWords(
      "单价 销售单价 商品单价 商品价格 成交单价 价格 售价 unitprice price itemprice salesprice sellingprice rate 單價 銷售單價 商品單價 價格 售價 単価 販売単価 価格",
      parts: "单价 unitprice", never: "total", content: .number),
    .productID: HeaderWords(
      """
      商品编号 商品编码 产品编号 产品编码 产品代码 货号 商品id 产品id 物料编码 物料编号 存货编码 规格编码 sku skuid skucode productid productno
      productcode itemid itemno itemcode stockcode
      商品編號 商品代碼 產品編號 產品代碼 貨號 料號 品號 商品番号 商品コード 品番 商品id
      """, parts: "商品编 产品编 物料编"),
    .productName: HeaderWords(
      """
      商品名称 产品名称 商品标题 宝贝标题 宝贝名称 品名 物料名称 存货名称 商品名 产品名 商品 产品 货品名称 productname product itemname item
      producttitle goods description
      商品名稱 產品名稱 品名 商品標題 產品 貨品名稱 商品名 製品名 品目 アイテム名
      """, parts: "商品名 产品名"),
    .productCategory: HeaderWords(
      """
      商品类别 商品分类 商品类目 产品类别 产品分类 产品类目 类目 品类 物料类别 存货分类 类别 分类 productcategory productgroup productline
      producttype itemcategory itemgroup category
      商品類別 商品分類 產品類別 產品分類 類別 分類 商品カテゴリ カテゴリ カテゴリー
      """),
    .productBrand: HeaderWords("品牌 商品品牌 产品品牌 品牌名称 brand brandname productbrand itembrand 商品品牌 ブランド ブランド名"),
    .status: HeaderWords(
      "订单状态 交易状态 单据状态 付款状态 状态 orderstatus status dealstage stage state_of_order invoicestatus 訂單狀態 交易狀態 付款狀態 狀態 注文状況 ステータス 状態 注文ステータス",
      parts: "状态 status"),
    .type: HeaderWords(
      """
      订单类型 单据类型 业务类型 交易类型 销售类型 出入库类型 类型 单据性质 订单性质 ordertype transactiontype documenttype doctype
      invoicetype saletype salestype type transaction kind
      """, parts: "订单类型 单据类型 业务类型 交易类型"),
    .region: HeaderWords(
      """
      收货地址 地区 区域 省份 收货省份 收货地区 客户地区 所在地区 省市 省 城市 收货城市 销售区域 region province state shippingstate shipstate
      shippingprovince customerstate city shippingcity country countrycode territory location
      收貨地址 地區 區域 縣市 省份 收貨地區 都道府県 お届け先 地域 配送先
      """, parts: "地区 省份 区域 region province"),
    .phone: HeaderWords(
      """
      手机号码 手机号 手机 联系手机 收货人手机 联系电话 收货人电话 电话 联系方式 phone mobile phonenumber mobilephone tel telephone
      buyerphone
      手機號碼 手機 行動電話 聯絡電話 收貨人電話 收件人電話 電話 電話番号 携帯電話 携帯
      """,
      parts: "手机 电话 手機 電話 携帯 phone mobile", never: "phonetic fax 传真 傳真 type label", content: .phone),
    .note: HeaderWords(
      "备注 订单备注 买家留言 卖家备注 客户备注 说明 摘要 note notes ordernote remark remarks comment comments memo 備註 備注 訂單備註 買家留言 賣家備註 說明 備考 メモ",
      parts: "备注 留言 note"),
    .refundAmount: HeaderWords(
      "退款金额 退货金额 退款额 退款 已退款金额 退货退款金额 refundamount refund refunded refundedamount amountrefunded returnamount 退款金額 退貨金額 退款額 返金額 返金 返品金額",
      parts: "退款金额 退货金额 refund", never: "状态 status 时间 date 原因 reason", content: .number),
  ]
}
