import Foundation
import Store
import TestKit
import Testing

@testable import App

@Suite struct RegionTests {
  private let book = RegionBook.country

  @Test(arguments: [
    ("上海", "310000"), ("上海市", "310000"), ("内蒙古自治区", "150000"), ("内蒙古", "150000"), ("内蒙", "150000"),
    ("浙江 杭州", "330100"), ("浙江省杭州市西湖区", "330106"), ("浙江-杭州-西湖", "330106"), ("杭州西湖", "330106"),
    ("广东深圳", "440300"), ("上海市浦东新区", "310115"), ("浦东", "310115"), ("浙江，杭州，余杭", "330110"),
    ("中国浙江省宁波市鄞州区文三路1号", "330212"), ("北京市 北京市 朝阳区", "110105"), ("北京市市辖区朝阳区", "110105"),
    ("吉林", "220000"), ("吉林市", "220200"), ("吉林吉林市", "220200"), ("海南", "460000"), ("海南州", "632500"),
    ("河南", "410000"), ("恩施", "422800"), ("恩施州", "422800"), ("恩施土家族苗族自治州", "422800"), ("湖北仙桃", "429004"),
    ("神农架", "429021"), ("石河子", "659001"), ("广西", "450000"), ("香港", "810000"), ("澳门特别行政区", "820000"),
    ("西安", "610100"), ("大同", "140200"), ("忠县", "500233"), ("重庆忠县", "500233"),
    ("330106", "330106"), ("330106000000", "330106"), ("33", "330000"), ("3301", "330100"),
    // The street says no more than the city before it.
    ("杭州市西湖路", "330100"),
    // Several of this name in the province: the province is sure.
    ("河北桥西区", "130000"),
  ])
  func understands(_ typed: String, _ code: String) { #expect(book.resolve(typed)?.code == code) }

  @Test(arguments: [
    "", "  ", "西湖区", "鼓楼区", "朝阳", "朝阳区", "上海路", "Zhejiang", "a", "7", "99", "999999", "12345", "\0\0",
    String(repeating: "省", count: 100_000), String(repeating: "1", count: 100_000), "市辖区", "😀", "路上海",
  ])
  func staysSilent(_ typed: String) { #expect(book.resolve(typed) == nil) }

  @Test func namesThePath() throws {
    #expect(book.path("330106") == "浙江 杭州 西湖")
    #expect(book.path("110105") == "北京 朝阳")
    #expect(book.path("422800") == "湖北 恩施")
    #expect(book.path("500233") == "重庆 忠县")
    // What the list does not know shows what is around it.
    #expect(book.path("330199") == "浙江 杭州")
    #expect(book.path("990000") == nil)
  }

  @Test(arguments: [
    ("内蒙古自治区", "内蒙古"), ("新疆维吾尔自治区", "新疆"), ("广西壮族自治区", "广西"), ("香港特别行政区", "香港"),
    ("积石山保安族东乡族撒拉族自治县", "积石山"), ("东乡族自治县", "东乡"), ("鄂温克族自治旗", "鄂温克"), ("兴安盟", "兴安"),
    ("阿克苏地区", "阿克苏"), ("万柏林区", "万柏林"), ("神农架林区", "神农架"), ("清新区", "清新"), ("浦东新区", "浦东"), ("郊区", "郊区"),
    ("", ""),
  ])
  func shortens(_ name: String, _ short: String) { #expect(RegionName.short(name) == short) }

  @Test func carriesTheWholeCountry() {
    #expect(book.parts(of: "").count == 34)
    #expect(book.parts(of: "330000").count == 11)
    #expect(book.regions.allSatisfy { $0.parentCode.isEmpty == ($0.level == .province) })
    let tree = RegionTree(within: nil, in: book)
    #expect(tree?.provinces.count == 34)
    #expect(RegionTree(within: "330100", in: book)?.provinces.first?.cities.map(\.shortName) == ["杭州"])
    #expect(RegionTree(within: "nowhere", in: book) == nil)
  }

  @Test(.enabled(if: SharedData.isHere)) func understandsARealReport() throws {
    let source = try SharedData.source("chinese/tmall_order_report.csv.gz")
    var reader = try CSVReader(source, shape: FileShape.detect(in: source).shape)
    var places: [String: Int] = [:]
    for record in try reader.all().dropFirst() where record.fields.count > 3 {
      places[record.fields[3], default: 0] += 1
    }
    #expect(places.count == 31)
    #expect(places.keys.filter { book.resolve($0)?.level != .province } == [])
  }

  @Test func isQuick() {
    let typed = ["浙江省杭州市西湖区", "上海", "广东深圳", "内蒙古自治区"]
    let found = (0..<20_000).count { book.resolve(typed[$0 % 4]) != nil }
    #expect(found == 20_000)
  }

  @Test func refusesOtherFiles() {
    func line(_ csv: String) -> Int? {
      do {
        _ = try RegionList.read(csv)
        return nil
      } catch { return error.line }
    }
    #expect(line("") == 1)
    #expect(line("adcode,name\n") == 1)
    #expect(line("adcode,name\n330000,浙江省\nx,y") == 3)
    #expect(line("adcode,name\n330000") == 2)
    #expect(line("330000,\(String(repeating: "长", count: 51))") == 1)
    #expect(line("\u{FEFF}\"330000\",\"浙江省\"\r\n\r\n330106,西湖区,120.1,30.2") == nil)
  }
}
