import Web

enum RegionWords {
  static let title = Word("行政区划", "Administrative divisions")
  static let customers = Word("客户", "Customers")
  static let all = Word("全国", "Whole country")
  static let place = Word("位置", "Place")
  static let hint = Word("点击任一地区查看其中的客户。", "Choose a division to see the customers in it.")
  static let none = Word("没有下一级", "No further parts")

  static func parts(_ count: Int) -> Word { Word("\(count) 个下级", Word.counted(count, "part")) }
}
