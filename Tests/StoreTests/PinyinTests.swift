import TestKit
import Testing

@testable import Store

/// How names are read, where their characters alone would be read otherwise.
@Suite struct PinyinTests {
  private func read(_ name: String) -> String {
    let pieces = Folding.pieces(name)
    var words = Pinyin.words.readings(of: pieces)[...]
    return pieces.compactMap { piece in
      if case .han(let character) = piece {
        (words.popFirst() ?? nil) ?? Pinyin.readings(of: character).first
      } else {
        nil
      }
    }.joined(separator: " ")
  }

  @Test func syllables() {
    #expect(Pinyin.syllables("重庆 张伟 Ltd.") == ["chong", "qing", "zhang", "wei"])
    #expect(Pinyin.syllables("单雄信") == ["shan", "xiong", "xin"])
    #expect(Pinyin.syllables("Zhang 88").isEmpty)
  }

  @Test(arguments: [
    // Places
    ("重庆长安公司", "chong qing chang an gong si"), ("厦门港务公司", "xia men gang wu gong si"), ("厦门大厦", "xia men da sha"),
    ("长沙银行", "chang sha yin hang"), ("成都都市报", "cheng du du shi bao"), ("北京朝阳医院", "bei jing chao yang yi yuan"),
    ("六安瓜片", "lu an gua pian"), ("番禺区", "pan yu qu"), ("东莞", "dong guan"), ("亳州", "bo zhou"),
    ("铅山连四纸", "yan shan lian si zhi"), ("乐山大佛", "le shan da fo"), ("乐清电器", "yue qing dian qi"), ("乐亭", "lao ting"),
    ("什邡", "shi fang"), ("尉犁罗布麻", "yu li luo bu ma"), ("蚌埠", "beng bu"), ("会稽山", "kuai ji shan"), ("台州", "tai zhou"),
    ("丽水", "li shui"), ("重慶", "chong qing"), ("廈門", "xia men"),
    // Trades
    ("乐器行", "yue qi hang"), ("音乐厅", "yin yue ting"), ("王记商行", "wang ji shang hang"), ("自行车行", "zi xing che hang"),
    ("步行街", "bu xing jie"), ("三一重工", "san yi zhong gong"), ("参茸行", "shen rong hang"), ("会计师", "kuai ji shi"),
    ("市场调研", "shi chang diao yan"), ("空调", "kong tiao"), ("模具厂", "mu ju chang"), ("建行", "jian hang"),
    ("华为技术", "hua wei ji shu"), ("成长", "cheng zhang"), ("黑龙江", "hei long jiang"), ("黑马", "hei ma"), ("单县", "shan xian"),
    ("单位食堂", "dan wei shi tang"), ("区政府", "qu zheng fu"), ("区医院", "qu yi yuan"), ("查理王", "cha li wang"),
    ("解放军", "jie fang jun"), ("能源", "neng yuan"), ("种子站", "zhong zi zhan"),
    // Words that overlap
    ("如家酒店长江路店", "ru jia jiu dian chang jiang lu dian"), ("分公司长沙", "fen gong si chang sha"),
    ("广州市长隆集团", "guang zhou shi chang long ji tuan"), ("银行长沙分行", "yin hang chang sha fen hang"),
    // Persons
    ("单雄信", "shan xiong xin"), ("单 雄信", "shan xiong xin"), ("曾国藩", "zeng guo fan"), ("查良镛", "zha liang yong"),
    ("解晓东", "xie xiao dong"), ("仇英", "qiu ying"), ("区先生", "ou xian sheng"), ("任正非", "ren zheng fei"),
    ("盖叫天", "ge jiao tian"),
    ("朴智星", "piao zhi xing"), ("尉迟敬德", "yu chi jing de"), ("万俟卨", "mo qi xie"), ("乐毅", "yue yi"),
    ("缪荃孙", "miao quan sun"),
    ("翟志刚", "zhai zhi gang"), ("覃海洋", "qin hai yang"), ("种师道", "chong shi dao"), ("黑明", "he ming"),
    ("折可适", "she ke shi"),
    ("员半千", "yun ban qian"), ("祭遵", "zhai zun"), ("繁钦", "po qin"), ("句践", "gou jian"), ("能延寿", "nai yan shou"),
    ("秘宜", "bi yi"), ("贾平凹", "jia ping ao"), ("长孙无忌", "zhang sun wu ji"), ("单雄信先生", "shan xiong xin xian sheng"),
    ("查氏集团", "zha shi ji tuan"), ("曾记面馆", "zeng ji mian guan"), ("腾讯 查明", "teng xun zha ming"), ("A单英", "shan ying"),
    // Neither
    ("张单", "zhang dan"), ("李解", "li jie"), ("", ""), ("单", "dan"), ("ABC", ""),
  ]) func readsAsANativeDoes(_ name: String, _ said: String) {
    #expect(read(name) == said)
  }

  @Test func bringsNamesInTheOrderTheyAreSaid() {
    let sorted = [
      "北京公司", "长沙公司", "成都公司", "重庆公司", "崇明公司", "仇英", "番禺公司", "单雄信", "厦门公司", "解缙", "乐清公司", "曾国藩", "查良镛",
    ]
    let wanted = sorted.sorted { read($0) < read($1) }
    #expect(sorted.shuffled().sorted { Pinyin.sortKey($0) < Pinyin.sortKey($1) } == wanted)
    #expect(wanted.first == "北京公司" && wanted.last == "查良镛")
  }

  @Test func keysOfBothReadingsAreKnown() {
    #expect(Pinyin.sortKeys("张伟") == [Pinyin.sortKey("张伟")])
    #expect(Pinyin.sortKeys("重庆") == ["chong91cdqing5e86", "zhong91cdqing5e86"])
    #expect(Pinyin.sortKeys("ACME Ltd.") == ["acme ltd"])
    #expect(Pinyin.readsByWords("王 · 重庆") && !Pinyin.readsByWords("王伟"))
  }

  /// Every reading that the list of words gives is a syllable, and every word holds what it is said to.
  @Test func theListOfWordsIsInOrder() {
    let syllables = Set(
      PinyinTable.lines(of: "data/pinyin.txt").map { String(decoding: $0.prefix { $0 != 9 }, as: UTF8.self) })
    let lines = PinyinTable.lines(of: "data/pinyin-words.txt").map { String(decoding: $0, as: UTF8.self) }
    #expect(lines.count > 100 && syllables.count > 400)
    for line in lines where !line.hasPrefix("#") {
      let entries = line.split(separator: " ").map(String.init)
      if line.hasPrefix("^") {
        for entry in entries {
          #expect(entry.hasPrefix("^") && syllables.contains(String(entry.dropFirst(2))), "\(entry)")
        }
      } else if let head = entries.first, let character = head.first {
        #expect(syllables.contains(String(head.dropFirst())) && entries.count > 1, "\(line)")
        for word in entries.dropFirst() { #expect(word.contains(character), "\(head) \(word)") }
      }
    }
  }

  @Test(arguments: EngineKind.available) func bothReadingsFind(_ engine: EngineKind) async throws {
    let names = ["重庆长安公司", "单雄信", "厦门港务", "万俟卨", "六安瓜片", "张三"]
    let wanted: [(String, Int64)] = [
      ("chongqing", 0), ("zhongqing", 0), ("cq", 0), ("zq", 0), ("cqca", 0), ("chongqingchangan", 0),
      ("zhongqingchangan", 0),
      ("changan", 0), ("ca", 0), ("shanxiongxin", 1), ("danxiongxin", 1), ("sxx", 1), ("dxx", 1), ("xiamen", 2),
      ("shamen", 2),
      ("xmgw", 2), ("moqi", 3), ("wanqi", 3), ("mq", 3), ("luan", 4), ("liuan", 4), ("zs", 5),
    ]
    try await withDatabase(engine, migrations: SearchSchema.migrations) { db in
      try await db.write { tx in
        try tx.index(
          all: names.enumerated().map { number, name in
            var terms = SearchTerms()
            terms.name(name)
            return SearchDocument(id: Int64(number), kind: .customer, name: terms)
          })
      }
      for (text, id) in wanted {
        let query = try #require(SearchQuery(text))
        let found: [Int64] = try await db.read { tx in
          try tx.values("SELECT id FROM search_document WHERE id IN \(SQL.matching(query))")
        }
        #expect(found.contains(id), "\(text)")
      }
    }
  }

  /// However many characters have several readings.
  @Test func termsStayFew() {
    var (plain, read) = (SearchTerms(), SearchTerms())
    plain.name("单会行长乐重朝调弹藏校率传降模便称")
    read.name("银行重庆乐器朝阳空调弹簧藏族校准率先传记降服")
    #expect(plain.list.count < 400 && read.list.count < 600)
  }
}
