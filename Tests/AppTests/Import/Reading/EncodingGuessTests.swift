import Glibc
import Testing

@testable import App

/// Short files of customers in the encodings of several countries.
@Suite struct EncodingGuessTests {
  /// As another program writes it.
  static func bytes(_ text: String, _ name: String) throws -> [UInt8] {
    let converter = try #require(iconv_open(name, "UTF-8"))
    defer { iconv_close(converter) }
    var input = Array(text.utf8).map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: input.count * 4)
    var (left, room) = (input.count, output.count)
    input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        var (from, to) = (input.baseAddress, output.baseAddress)
        _ = iconv(converter, &from, &left, &to, &room)
      }
    }
    #expect(left == 0, "\(name) cannot write it all")
    return output.dropLast(room).map { UInt8(bitPattern: $0) }
  }

  private static let simplified = """
    客户名称,联系人,地址
    杭州山岚茶业有限公司,张伟,浙江省杭州市西湖区文三路12号
    上海明远贸易有限公司,李娜,上海市浦东新区世纪大道100号
    深圳市鑫达电子厂,王强,广东省深圳市宝安区
    """
  private static let traditional = """
    客戶名稱,聯絡人,地址
    山嵐茶業股份有限公司,張志明,台北市信義區忠孝東路五段
    高雄港都貿易行,陳淑芬,高雄市前鎮區中山二路
    香港金龍有限公司,黃家豪,九龍旺角彌敦道
    """
  private static let japanese = """
    会社名,氏名,住所
    株式会社山田製作所,山田太郎,東京都千代田区丸の内1丁目
    田中商事株式会社,田中花子,大阪府大阪市北区梅田
    鈴木電機,鈴木一郎,神奈川県横浜市港北区
    """
  private static let korean = """
    고객명,담당자,주소
    한국무역 주식회사,김철수,서울시 강남구 테헤란로
    부산식품,이영희,부산시 해운대구
    대한전자,박민준,경기도 수원시
    """
  private static let russian = """
    Клиент,Контакт,Адрес
    ООО Ромашка,Иванов Иван,"г. Москва, ул. Ленина, 5"
    ЗАО Вектор,Петрова Анна,Санкт-Петербург
    ИП Сидоров,Сидоров Пётр,Казань
    """
  private static let german =
    "Kunde,Ort\nMüller GmbH,Köln\nBäckerei Groß,Nürnberg\nCafé Zürich,Genève\nJosé Muñoz,A Coruña\n"

  private static let files: [(text: String, name: String, encoding: TextEncoding)] = [
    (simplified, "GB18030", .gb18030), (simplified, "UTF-8", .utf8), (traditional, "CP950", .big5),
    (japanese, "CP932", .shiftJIS), (korean, "CP949", .eucKR), (russian, "CP1251", .windows1251),
    (german, "CP1252", .windows1252), (traditional, "GB18030", .gb18030),
  ]

  @Test(arguments: files) func recognised(text: String, name: String, encoding: TextEncoding) throws {
    let guess = TextEncoding.detect(try Self.bytes(text, name), isWhole: true)
    #expect(guess == TextEncoding.Guess(encoding: encoding, isSure: true))
  }

  /// One bad byte at any line's end leaves the encoding what it is.
  @Test(arguments: files) func recognisedInSpiteOfABadByte(text: String, name: String, encoding: TextEncoding) throws {
    for bad in [[0xE8, 0xA1], [0xFF], [0x81], [0xD5]] as [[UInt8]] {
      for line in 1..<3 {
        var bytes = try Self.bytes(text, name)
        let ends = bytes.indices.filter { bytes[$0] == 0x0A }
        bytes.insert(contentsOf: bad, at: ends[line])
        #expect(TextEncoding.detect(bytes, isWhole: true).encoding == encoding, "\(bad)")
        var stream = try TextStream(ByteSource(bytes), encoding: encoding)
        var read: [UInt8] = []
        while let piece = try stream.next() { read += piece }
        let lines = String(decoding: read, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == text.split(separator: "\n").count)
      }
    }
  }

  @Test(arguments: [
    ("name,tel\n张伟,1\n", "GB18030", TextEncoding.gb18030), ("name,tel\n張偉,1\n", "CP950", .big5),
    ("name,tel\n田中,1\n", "CP932", .shiftJIS), ("name,tel\n김철수,1\n", "CP949", .eucKR),
    ("name,tel\nИванов,1\n", "CP1251", .windows1251), ("name,tel\nJosé,1\n", "CP1252", .windows1252),
    ("name,tel\n李娜,1\n", "GB18030", .gb18030),
  ]) func twoCharactersAreEnough(text: String, name: String, encoding: TextEncoding) throws {
    #expect(TextEncoding.detect(try Self.bytes(text, name), isWhole: true).encoding == encoding)
  }

  /// Characters that are rare in every one of them.
  @Test func doubtIsSaid() throws {
    #expect(!TextEncoding.detect([0x61, 0x0A, 0xB5, 0xB5, 0x0A], isWhole: true).isSure)
    let shape = try FileShape.detect(in: ByteSource([0x61, 0x2C, 0x62, 0x0A, 0xB5, 0xB5, 0x2C, 0x31, 0x0A])).shape
    #expect(!shape.isEncodingSure)
    let chosen = try FileShape.detect(
      in: ByteSource([0x61, 0x2C, 0x62, 0x0A, 0xB5, 0xB5, 0x2C, 0x31, 0x0A]), choices: .init(encoding: .gb18030))
    #expect(chosen.shape.isEncodingSure)
  }

  @Test func manyBadBytesAreReadInTime() throws {
    let bytes = [UInt8](repeating: 0xFF, count: 1 << 18)
    for encoding in TextEncoding.allCases {
      var decoder = TextDecoder(encoding: encoding)
      #expect(try decoder.decode(bytes, isLast: true).count >= bytes.count / 2)
    }
  }
}
