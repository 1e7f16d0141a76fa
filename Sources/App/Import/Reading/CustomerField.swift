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
      """, parts: "客户编 会员编"),
    .name: HeaderWords(
      """
      客户名称 客户全称 客户姓名 客户名 公司名称 企业名称 单位名称 供应商名称 客户 公司全称 公司 企业 单位 会员姓名 会员名 customername accountname
      companyname company companyaccount clientname organizationname organisationname organization
      organisation vendorname suppliername customer client account vendor supplier 姓名 名称 名字 fullname
      name displayname fileas membername
      """, parts: "客户名 公司名 企业名", never: "phonetic yomi main"),
    .kind: HeaderWords("客户类型 客户性质 类型 性质 customertype accounttype kind type 个人企业", parts: "客户类型"),
    .direction: HeaderWords("上下游 往来方向 往来类型 方向 客户角色 往来性质 direction partnertype"),
    .contactName: HeaderWords(
      """
      联系人 联系人姓名 主要联系人 首要联系人 联系人名称 contactname contactperson primarycontact maincontact contact 经办人 对接人
      法人
      """, weak: "姓名 fullname name", parts: "联系人", never: "电话 手机 邮箱 职 微信 地址 phone email"),
    .contactRole: HeaderWords(
      """
      职务 职位 联系人职务 联系人职位 岗位 职称 角色 contactrole jobtitle organizationtitle organization1title contacttitle
      position title role occupation 职业
      """),
    .givenName: HeaderWords("firstname givenname forename 名"),
    .familyName: HeaderWords("lastname familyname surname 姓 姓氏"),
    .phone: HeaderWords(
      """
      手机号码 手机号 手机 联系手机 联系人手机 移动电话 联系电话 联系人电话 电话号码 电话 联系方式 座机 固定电话 固话 mobilephone mobilephonenumber
      mobile mobilenumber cellphone cell phonenumber phone phoneno phone1value primaryphone
      businessphone telephone tel contactphone companymainphone homephone
      """, parts: "手机 电话 phone mobile", never: "phonetic fax 传真 assistant label type 备用 other car radio tty",
      content: .phone),
    .otherPhone: HeaderWords(
      "其他电话 备用电话 电话2 手机2 phone2 phone2value",
      weak: """
        手机号码 手机号 手机 联系手机 联系人手机 移动电话 联系电话 联系人电话 电话号码 电话 座机 固定电话 固话 mobilephone mobilephonenumber
        mobile mobilenumber cellphone cell phonenumber phone phoneno businessphone primaryphone telephone tel contactphone
        companymainphone homephone otherphone
        """, never: "phonetic fax 传真 assistant label type car radio tty"),
    .email: HeaderWords(
      """
      邮箱 电子邮箱 电子邮件 邮箱地址 邮件地址 邮件 联系人邮箱 email emailaddress email1value email1address mail contactemail
      """, parts: "邮箱 邮件 email", never: "type label display", content: .email),
    .wechat: HeaderWords(
      "微信号 微信 微信id 微信账号 联系人微信 wechat wechatid weixin wxid", parts: "微信 wechat", never: "昵称"),
    .region: HeaderWords(
      """
      所在地区 地区 区域 省市区 省市 所在省份 省份 所在城市 所属区域 所在地 客户地区 城市 省 市 region stateprovince mailingstateprovince
      province state businessstate address1region officelocation location city mailingcity businesscity
      address1city district area territory country mailingcountry
      """, parts: "地区 区域 省份 region province", never: "sales manager code 编码 代码"),
    .address: HeaderWords(
      """
      详细地址 通讯地址 公司地址 办公地址 联系地址 收货地址 客户地址 地址 住址 address fulladdress address1formatted streetaddress
      street mailingstreet businessstreet address1street mailingaddress billingaddress billingstreet
      homestreet
      """, parts: "地址 street", never: "email 邮 label type pobox postal city state ip extended"),
    .industry: HeaderWords("所属行业 行业 客户行业 行业类别 industry sector vertical", parts: "行业"),
    .source: HeaderWords(
      "客户来源 来源 获客渠道 来源渠道 渠道 leadsource source customersource channel origin acquisitionchannel",
      parts: "来源"),
    .owner: HeaderWords(
      """
      负责人 客户负责人 业务员 销售员 销售人员 销售代表 客户经理 跟进人 归属人 所有人 所属人 销售 owner contactowner accountowner leadowner
      customerowner recordowner salesrep salesagent salesperson accountmanager assignedto
      """, parts: "负责人 业务员 owner"),
    .author: HeaderWords("创建人 录入人 建档人 登记人 添加人 createdby author enteredby creator", parts: "创建人 录入人"),
    .tags: HeaderWords(
      "标签 客户标签 分组 客户分组 tags tag labels categories category groupmembership segment groups keywords",
      parts: "标签"),
    .birthday: HeaderWords("生日 出生日期 出生年月 客户生日 birthday birthdate dateofbirth dob", content: .date),
    .remark: HeaderWords(
      "备注 客户备注 备注信息 说明 描述 remark remarks notes note comments comment description memo", parts: "备注"),
    .createdOn: HeaderWords(
      """
      创建时间 创建日期 建档日期 建档时间 录入时间 录入日期 登记日期 注册时间 注册日期 入会日期 加入日期 添加时间 createdate createddate createdat
      createdon createdtime datecreated created registrationdate signupdate joindate joinedon
      """, parts: "创建 建档", content: .date),
  ]
}
