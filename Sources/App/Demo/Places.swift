/// Where the demo firm's customers are: mostly around Hangzhou, where it is at home.
struct Place: Sendable {
  let province: String
  let city: String
  /// Without 市, as firms carry it in their names.
  let short: String
  let dialling: String
  /// Administrative division codes (GB/T 2260) with their names.
  let districts: [(code: String, name: String)]

  private init(_ province: String, _ short: String, _ dialling: String, _ districts: [(Int, String)]) {
    self.province = province == short ? "" : province
    city = short + "市"
    self.short = short
    self.dialling = dialling
    self.districts = districts.map { (String($0.0), $0.1) }
  }

  static let all: [(Int, Place)] = east + elsewhere

  private static let east: [(Int, Place)] = [
    (
      26,
      Place(
        "浙江省", "杭州", "0571",
        [
          (330106, "西湖区"), (330102, "上城区"), (330105, "拱墅区"), (330108, "滨江区"), (330109, "萧山区"),
          (330110, "余杭区"),
        ])
    ),
    (11, Place("浙江省", "宁波", "0574", [(330203, "海曙区"), (330205, "江北区"), (330212, "鄞州区"), (330211, "镇海区")])),
    (6, Place("浙江省", "温州", "0577", [(330302, "鹿城区"), (330303, "龙湾区"), (330304, "瓯海区")])),
    (
      12,
      Place(
        "上海", "上海", "021",
        [
          (310101, "黄浦区"), (310104, "徐汇区"), (310106, "静安区"), (310115, "浦东新区"), (310112, "闵行区"),
          (310110, "杨浦区"),
        ])
    ),
    (8, Place("江苏省", "苏州", "0512", [(320508, "姑苏区"), (320506, "吴中区"), (320509, "吴江区"), (320583, "昆山市")])),
    (6, Place("江苏省", "南京", "025", [(320102, "玄武区"), (320104, "秦淮区"), (320106, "鼓楼区"), (320115, "江宁区")])),
    (3, Place("安徽省", "合肥", "0551", [(340103, "庐阳区"), (340104, "蜀山区"), (340111, "包河区")])),
    (3, Place("福建省", "福州", "0591", [(350102, "鼓楼区"), (350103, "台江区"), (350104, "仓山区")])),
    (3, Place("福建省", "厦门", "0592", [(350203, "思明区"), (350206, "湖里区"), (350211, "集美区")])),
    (2, Place("福建省", "泉州", "0595", [(350502, "鲤城区"), (350503, "丰泽区"), (350524, "安溪县")])),
  ]

  private static let elsewhere: [(Int, Place)] = [
    (
      6,
      Place(
        "北京", "北京", "010",
        [(110105, "朝阳区"), (110108, "海淀区"), (110101, "东城区"), (110102, "西城区"), (110106, "丰台区")])
    ),
    (4, Place("广东省", "广州", "020", [(440106, "天河区"), (440104, "越秀区"), (440103, "荔湾区"), (440113, "番禺区")])),
    (4, Place("广东省", "深圳", "0755", [(440304, "福田区"), (440305, "南山区"), (440303, "罗湖区"), (440306, "宝安区")])),
    (2, Place("四川省", "成都", "028", [(510104, "锦江区"), (510107, "武侯区"), (510105, "青羊区")])),
    (2, Place("湖北省", "武汉", "027", [(420106, "武昌区"), (420103, "江汉区"), (420111, "洪山区")])),
    (1, Place("湖南省", "长沙", "0731", [(430104, "岳麓区"), (430102, "芙蓉区"), (430103, "天心区")])),
    (1, Place("山东省", "济南", "0531", [(370102, "历下区"), (370103, "市中区")])),
    (2, Place("山东省", "青岛", "0532", [(370202, "市南区"), (370212, "崂山区"), (370203, "市北区")])),
    (1, Place("陕西省", "西安", "029", [(610113, "雁塔区"), (610103, "碑林区")])),
    (1, Place("重庆", "重庆", "023", [(500103, "渝中区"), (500105, "江北区"), (500112, "渝北区")])),
    (1, Place("天津", "天津", "022", [(120101, "和平区"), (120104, "南开区")])),
    (1, Place("河南省", "郑州", "0371", [(410105, "金水区"), (410102, "中原区")])),
  ]

  private static let roads = [
    "文三路", "解放路", "人民路", "中山路", "建国路", "和平路", "新华路", "学院路", "长江路", "滨江大道", "环城北路", "湖滨路", "朝阳路",
    "凤起路", "延安路", "青年路", "迎宾大道", "桂花街", "茶市街", "书院巷", "复兴路", "民生路", "科技园路", "创业路",
  ]

  func address(_ chance: inout Chance, isFirm: Bool) -> String {
    let road = "\(chance.pick(Self.roads))\(chance.number(1...688))号"
    if isFirm { return chance.happens(0.5) ? "\(road)\(chance.number(2...26))楼" : road }
    return
      "\(road)\(chance.number(1...18))幢\(chance.number(1...3))单元\(chance.number(1...24))0\(chance.number(1...4))室"
  }
}

/// Numbers of a valid shape in blocks so round that nobody is likely to answer.
enum DemoPhones {
  private static let mobile = [
    "130", "131", "135", "136", "137", "138", "139", "150", "152", "158", "159", "177", "180", "186", "188",
    "189",
  ]

  static func mobile(_ chance: inout Chance) -> String {
    "\(chance.pick(mobile))000\(digits(5, &chance))"
  }

  static func landline(_ dialling: String, _ chance: inout Chance) -> String {
    "\(dialling)-8000\(digits(4, &chance))"
  }

  private static func digits(_ count: Int, _ chance: inout Chance) -> String {
    (0..<count).map { _ in String(chance.below(10)) }.joined()
  }
}
