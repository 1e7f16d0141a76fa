import Foundation
import Testing

@testable import App

@Suite struct PhoneTests {
  @Test(
    arguments: [
      ("13812345678", "+8613812345678", nil), ("+86 138-1234-5678", "+8613812345678", nil),
      ("0086 13812345678", "+8613812345678", nil), ("86-138 1234 5678", "+8613812345678", nil),
      ("（010）8888 7777转123", "+861088887777", "123"), ("010-88887777-123", "+861088887777", "123"),
      ("0755-2600-1234", "+8675526001234", nil), ("+86 (0)21 5555 6666", "+862155556666", nil),
      ("+86 010 88887777", "+861088887777", nil), ("１３８１２３４５６７８", "+8613812345678", nil),
      ("400-820-8820", "+864008208820", nil), ("88887777", "88887777", nil),
      ("88887777-12", "88887777", "12"),
      ("95588", "95588", nil), ("+1 (415) 555-2671 ext. 9", "+14155552671", "9"),
      ("+44 (0)20 7946 0958", "+442079460958", nil),
      ("手机：13812345678", "+8613812345678", nil), ("13812345678.0", "+8613812345678", nil),
      ("021 5555 6666 #8", "+862155556666", "8"), ("0571-88886666(转801)", "+8657188886666", "801"),
      ("0571-88886666（801）", "+8657188886666", "801"), ("(0571) 8888-6666-801", "+8657188886666", "801"),
      ("0571-88886666 x801", "+8657188886666", "801"), ("86-0571-88886666", "+8657188886666", nil),
      ("+49 30 123456", "+4930123456", nil), ("0049 (0)30 123456", "+4930123456", nil),
      ("+44 020 7946 0958", "+442079460958", nil), ("+1-415-555-2671 x22", "+14155552671", "22"),
      ("1-415-555-2671", "+14155552671", nil), ("1 (415) 555-2671", "+14155552671", nil),
      ("+39 06 698 12345", "+390669812345", nil), ("+886 (0)2 2345 6789", "+886223456789", nil),
      ("415-555-2671", "4155552671", nil), ("030 123456", "030123456", nil),
    ] as [(String, String, String?)]) func normal(typed: String, normal: String, inner: String?) throws
  {
    let phone = try PhoneNumber.parse(typed)
    #expect(phone.normal == normal)
    #expect(phone.extension == inner)
    #expect(phone.typed == typed)
  }

  @Test(arguments: [
    "abc", "12", "138123456789", "1381234567", "+", "+86", "1.38E+10", "++8613812345678", "138 1234 5678 九",
    "转12", "13812345678转",
    "+0 13812345678", "-", "+12345678901234567", "010-88887777转123456789",
  ]) func notPhones(text: String) {
    #expect(throws: ValueProblem(.notAPhone(text))) { try PhoneNumber.parse(text) }
  }

  @Test(arguments: [
    ("13812345678/010-88887777", ["+8613812345678", "+861088887777"]),
    (
      "13812345678、13912345678，13712345678;021-55556666",
      ["+8613812345678", "+8613912345678", "+8613712345678", "+862155556666"]
    ),
    ("13812345678\n", ["+8613812345678"]),
  ]) func several(text: String, normal: [String]) throws {
    #expect(try PhoneNumber.parseAll(text).map(\.normal) == normal)
  }

  @Test func blankAndBad() {
    #expect(throws: ValueProblem(.blank)) { try PhoneNumber.parseAll(" ") }
    for nothing in ["/;", "无", "-", "N/A", "没有", "none", "/ 无"] {
      #expect(throws: ValueProblem(.blank)) { try PhoneNumber.parseAll(nothing) }
    }
    #expect(throws: ValueProblem(.notAPhone("打不通"))) { try PhoneNumber.parseAll("打不通") }
    #expect(throws: ValueProblem(.notAPhone("1.38E+10"))) { try PhoneNumber.parseAll("1.38E+10") }
  }

  @Test(arguments: [
    ("(415) 555-2671", "1", "+14155552671"), ("1-415-555-2671", "1", "+14155552671"),
    ("020 7946 0958", "44", "+442079460958"),
    ("+86 13812345678", "44", "+8613812345678"), ("911", "1", "911"),
  ]) func otherCountries(typed: String, country: String, normal: String) throws {
    #expect(try PhoneNumber.parse(typed, country: country).normal == normal)
  }

  @Test func tellsOfNoCountryWhereItCannot() throws {
    for (typed, lacks) in [
      ("415-555-2671", true), ("030 123456", true), ("88886666", false), ("95588", false), ("0571-88886666", false),
      ("+49 30 123456", false),
    ] {
      #expect(try PhoneNumber.parse(typed).lacksCountry == lacks, "\(typed)")
    }
  }

  @Test func extensionsOfOneSwitchboardAreApart() throws {
    let keys = try ["0571-88886666转801", "057188886666-802", "0571 8888 6666", "(0571)88886666 ext. 801"].map {
      try PhoneNumber.parse($0).key
    }
    #expect(keys == ["+8657188886666x801", "+8657188886666x802", "+8657188886666", "+8657188886666x801"])
  }

  /// As databases have them that know no notes.
  @Test func readsWhatWasKeptWithoutNotes() throws {
    let json =
      #"[{"typed":"手机：13812345678","normal":"+8613812345678","extension":null},{"typed":"95588","normal":"95588"}]"#
    let phones = try JSONDecoder().decode([PhoneNumber].self, from: Data(json.utf8))
    #expect(phones.map(\.note) == [nil, nil] && phones.map(\.normal) == ["+8613812345678", "95588"])
    #expect(PhoneCell(phones[0].written).phones.map(\.shown) == ["13812345678 · 手机"])
  }

  @Test func keptWholeInTheDatabase() throws {
    let phones = try PhoneNumber.parseAll("（010）8888 7777转123、13812345678（张总）")
    let json = try JSONEncoder().encode(phones)
    #expect(try JSONDecoder().decode([PhoneNumber].self, from: json) == phones)
  }
}
