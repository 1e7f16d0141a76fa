/// What a file of customers can tell about each. A file of people gives given and family name apart; beside a
/// `name` they are the contact, alone they are the customer.
enum CustomerField: String, ImportField {
  case id, name, kind, direction
  case contactName = "contact_name"
  case contactRole = "contact_role"
  case givenName = "given_name"
  case familyName = "family_name"
  case phone
  /// Files of people have several columns of phones.
  case otherPhone = "other_phone"
  case email, wechat, region, address, industry, source, owner, author, tags, birthday, remark
  case createdOn = "created_on"

  var words: HeaderWords { Self.table[self] ?? HeaderWords("") }
  var isCode: Bool { self == .id || self == .wechat }

  private static let table: [CustomerField: HeaderWords] = [
    .id: HeaderWords(
      """
      客户编号 客户编码 客户代码 客户id 客户号 会员编号 会员号 会员id 会员卡号 供应商编号 供应商编码 外部编号 customerid customerno customernumber
      customercode clientid clientno accountid accountno accountnumber recordid contactid leadid
      memberid vendorid supplierid custid externalid outsideid id 编号 编码 代码 code no
      客戶編號 客戶代碼 客戶代號 會員編號 會員卡號 統一編號 統編 供應商編號 編號 代碼 顧客番号 顧客コード 顧客id 得意先コード 会員番号 取引先コード コード
      """, parts: "客户编 会员编"),
    .name: HeaderWords(
      """
      客户名称 客户全称 客户姓名 客户名 公司名称 企业名称 单位名称 供应商名称 客户 公司全称 公司 企业 单位 会员姓名 会员名 customername accountname
      companyname company companyaccount clientname organizationname organisationname organization
      organisation vendorname suppliername customer client account vendor supplier 姓名 名称 名字 fullname
      name displayname fileas membername
      客戶名稱 客戶全稱 客戶姓名 客戶名 公司名稱 企業名稱 單位名稱 供應商名稱 客戶 公司行號 會員姓名 名稱 顧客名 得意先名 得意先 取引先名 取引先 会社名 法人名 企業名 顧客 お客様名 氏名 お名前
      """, parts: "客户名 公司名 企业名 客戶名 顧客名 会社名", never: "phonetic yomi main"),
    .kind: HeaderWords(
      "客户类型 客户性质 类型 性质 customertype accounttype kind type 个人企业 客戶類型 客戶性質 類型 性質 顧客区分 顧客種別", parts: "客户类型"),
    .direction: HeaderWords("上下游 往来方向 往来类型 方向 客户角色 往来性质 direction partnertype"),
    .contactName: HeaderWords(
      """
      联系人 联系人姓名 主要联系人 首要联系人 联系人名称 contactname contactperson primarycontact maincontact contact 经办人 对接人
      法人
      聯絡人 聯絡人姓名 主要聯絡人 連絡人 窗口 經辦人 担当者 担当者名 ご担当者 先方担当者
      """, weak: "姓名 fullname name", parts: "联系人", never: "电话 手机 邮箱 职 微信 地址 phone email"),
    .contactRole: HeaderWords(
      """
      职务 职位 联系人职务 联系人职位 岗位 职称 角色 contactrole jobtitle organizationtitle organization1title contacttitle
      position title role occupation 职业
      職務 職位 職稱 役職 肩書
      """),
    .givenName: HeaderWords("firstname givenname forename 名 名前"),
    .familyName: HeaderWords("lastname familyname surname 姓 姓氏 苗字"),
    .phone: HeaderWords(
      """
      手机号码 手机号 手机 联系手机 联系人手机 移动电话 联系电话 联系人电话 电话号码 电话 联系方式 座机 固定电话 固话 mobilephone mobilephonenumber
      mobile mobilenumber cellphone cell phonenumber phone phoneno phone1value primaryphone
      businessphone telephone tel contactphone companymainphone homephone
      手機號碼 手機號 手機 行動電話 聯絡電話 聯絡人電話 電話號碼 電話 公司電話 市話 電話番号 携帯電話 携帯番号 携帯 代表電話 tel番号
      """, parts: "手机 电话 手機 電話 携帯 phone mobile",
      never: "phonetic fax 传真 傳真 assistant label type 备用 other car radio tty",
      content: .phone),
    .otherPhone: HeaderWords(
      "其他电话 备用电话 电话2 手机2 phone2 phone2value 其他電話 備用電話 電話2 手機2 電話番号2",
      weak: """
        手机号码 手机号 手机 联系手机 联系人手机 移动电话 联系电话 联系人电话 电话号码 电话 座机 固定电话 固话 mobilephone mobilephonenumber
        mobile mobilenumber cellphone cell phonenumber phone phoneno businessphone primaryphone telephone tel contactphone
        companymainphone homephone otherphone 手機號碼 手機號 手機 行動電話 聯絡電話 聯絡人電話 電話號碼 電話
        公司電話 市話 電話番号 携帯電話 携帯番号 携帯 代表電話
        """, never: "phonetic fax 传真 assistant label type car radio tty"),
    .email: HeaderWords(
      """
      邮箱 电子邮箱 电子邮件 邮箱地址 邮件地址 邮件 联系人邮箱 email emailaddress email1value email1address mail contactemail
      電子郵箱 電子郵件 電子信箱 電郵 信箱 郵箱 電郵地址 メール メールアドレス 電子メール eメール
      """, parts: "邮箱 邮件 郵箱 郵件 信箱 メール email", never: "type label display", content: .email),
    .wechat: HeaderWords(
      "微信号 微信 微信id 微信账号 联系人微信 wechat wechatid weixin wxid 微信號 微信帳號", parts: "微信 wechat", never: "昵称"),
    .region: HeaderWords(
      """
      所在地区 地区 区域 省市区 省市 所在省份 省份 所在城市 所属区域 所在地 客户地区 城市 省 市 region stateprovince mailingstateprovince
      province state businessstate address1region officelocation location city mailingcity businesscity
      address1city district area territory country mailingcountry
      所在地區 地區 區域 縣市 所在縣市 省份 都道府県 地域 市区町村 エリア
      """, parts: "地区 区域 省份 region province", never: "sales manager code 编码 代码"),
    .address: HeaderWords(
      """
      详细地址 通讯地址 公司地址 办公地址 联系地址 收货地址 客户地址 地址 住址 address fulladdress address1formatted streetaddress
      street mailingstreet businessstreet address1street mailingaddress billingaddress billingstreet
      homestreet
      詳細地址 通訊地址 公司地址 聯絡地址 送貨地址 客戶地址 住所 所在地住所 ご住所 会社住所
      """, parts: "地址 住所 street", never: "email 邮 label type pobox postal city state ip extended"),
    .industry: HeaderWords("所属行业 行业 客户行业 行业类别 industry sector vertical 所屬行業 行業 產業 產業別 業種 業界", parts: "行业"),
    .source: HeaderWords(
      "客户来源 来源 获客渠道 来源渠道 渠道 leadsource source customersource channel origin acquisitionchannel 客戶來源 來源 來源管道 流入経路 獲得経路",
      parts: "来源"),
    .owner: HeaderWords(
      """
      负责人 客户负责人 业务员 销售员 销售人员 销售代表 客户经理 跟进人 归属人 所有人 所属人 销售 owner contactowner accountowner leadowner
      customerowner recordowner salesrep salesagent salesperson accountmanager assignedto
      負責人 客戶負責人 業務員 業務 業務人員 業務代表 營業擔當 営業担当 自社担当者 担当営業
      """, parts: "负责人 业务员 owner"),
    .author: HeaderWords("创建人 录入人 建档人 登记人 添加人 createdby author enteredby creator 建立人 建檔人 登録者 作成者", parts: "创建人 录入人"),
    .tags: HeaderWords(
      "标签 客户标签 分组 客户分组 tags tag labels categories category groupmembership segment groups keywords 標籤 客戶標籤 分組 タグ ラベル",
      parts: "标签"),
    .birthday: HeaderWords(
      "生日 出生日期 出生年月 客户生日 birthday birthdate dateofbirth dob 生日 出生日期 客戶生日 生年月日 誕生日", content: .date),
    .remark: HeaderWords(
      "备注 客户备注 备注信息 说明 描述 remark remarks notes note comments comment description memo 備註 備注 客戶備註 說明 備考 メモ 摘要",
      parts: "备注"),
    .createdOn: HeaderWords(
      """
      创建时间 创建日期 建档日期 建档时间 录入时间 录入日期 登记日期 注册时间 注册日期 入会日期 加入日期 添加时间 createdate createddate createdat
      createdon createdtime datecreated created registrationdate signupdate joindate joinedon
      建立時間 建立日期 創建日期 建檔日期 登錄日期 加入日期 登録日 登録日時 作成日 作成日時
      """, parts: "创建 建档", content: .date),
  ]
}
