/// Characters that stand in many names, addresses and headers, by which encodings that look alike are told apart.
enum EverydayCharacters {
  static func of(_ encoding: TextEncoding) -> Set<Unicode.Scalar> {
    switch encoding {
    case .gb18030: chinese
    case .big5: traditional
    case .shiftJIS: japanese
    case .eucKR: korean
    case .utf8, .utf16LE, .utf16BE, .windows1251, .windows1252: []
    }
  }

  private static let chinese = set(shared + simplifiedOnly + traditionalOnly + signs)
  private static let traditional = set(shared + traditionalOnly + signs)
  private static let japanese = set(japaneseKanji + "ー々・「」、。（）　：株式会社")
    .union((0x3041...0x30FA).compactMap { Unicode.Scalar(UInt32($0)) })
  private static let korean = set(koreanSyllables + signs)

  private static func set(_ text: String) -> Set<Unicode.Scalar> { Set(text.unicodeScalars) }

  private static let signs = "，。、（）：；－０１２３４５６７８９"

  /// Of both ways of writing Chinese.
  private static let shared = """
    王李周吴徐孙朱胡郭何高林梁宋唐董曹程沈田石白金江史方任姚夏丘崔熊孟秦白毛康向古雷湯雷安史易常武文尹
    公司有限客名姓地址日期金手机箱市省路街道村小大中山上海北京天津河南四川湖西安徽江福州成都深杭武寧
    一二三四五六七八九十百千年月日元件人力工商行科技信息品牌茶食品酒店家居建材服美容教育物流新世光明生
    安平和永利正立本真志国文俊杰敏静丽娟秀英芳玉春梅兰红雪建平伟强磊洋勇艳涛超霞鹏飞宇浩然子怡欣思佳雨晨
    太亞自主分公室院校部所代理事付款未已完成退消取定交付支票合同型性別男女住所在城市西北東南中心花園大樓層座棟
    信用等普通重要一般老新居民生活批發零售外出口入
    """
  private static let simplifiedOnly = """
    张刘陈杨赵黄吴马罗郑谢韩冯于萧邓许傅吕苏卢蒋贾丁魏薛叶阎余潘杜戴钟汪范陆邹龙万段钱汤贺赖龚庞樊
    户称电话邮联系备注订单编号数量单价总额币种负责业务员标签类产来源时间创区县镇号广东陕贵苏浙庆连兴长
    伟强丽娟红军华东国庆建飞鹏龙凤鸣乐实业贸易发展设备机械网络软件传媒汽车医药电子纺织钢铁环经营销团队
    """
  private static let traditionalOnly = """
    張劉陳楊趙黃吳馬羅鄭謝韓馮蕭鄧許傅呂蘇盧蔣賈魏葉閻潘戴鍾範陸鄒龍萬錢湯賀賴龔龐
    戶稱電話郵聯繫絡備註訂單編號數量單價總額幣種負責業務員標籤類產來源時間創區縣鎮號廣東陝貴蘇慶連興長
    偉強麗娟紅軍華國慶建飛鵬鳳鳴樂實業貿易發展設備機械網路軟體傳媒汽車醫藥電子紡織鋼鐵環經營銷團隊
    臺灣台北高雄新竹桃園香港九龍淑芬美惠雅婷怡君志明俊傑家豪宗翰承恩冠宇佩珊股份統一編號
    """

  private static let japaneseKanji = """
    佐藤鈴木高橋田中伊渡辺山本村小林加吉井松上野口阿部森池石川前岡長谷後近坂遠青斉清和原三浦内島西宮崎竹福太
    郎子美一二三次男夫雄恵智裕健隆正明和幸直康浩洋陽真由紀彦彩香奈千葉愛優翔大輔子東京都大阪府北海道県市区町丁目
    番地号名氏電話携帯注文日金額数量単価商品備考顧客住所会社株式有限店部課長年月
    """

  private static let koreanSyllables = """
    김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채원천방공현함변염여추도
    영수철호준민지은혜미경희숙순자정현진우석태동상재성훈기용남인선연아주하윤서예원빈
    주식회사유한서울부산대구인천광주대전울산경기강원충북전남경상제도시군구동로길번호
    고객명이름전화번호주소메일주문일자금액수량단가상품비고연락처담당거래가다는을의에
    """
}
