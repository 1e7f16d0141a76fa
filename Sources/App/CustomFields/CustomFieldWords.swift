import Web

enum CustomFieldWords {
  static let fields = Word("自定义字段", "Custom fields")
  static let field = Word("自定义字段", "Custom field")
  static let name = Word("名称", "Name")
  static let hint = Word(
    "客户资料中公司自己的字段。导入客户时，文件中的列也可以成为新字段。",
    "The firm's own fields of customers. Columns of a file can become such fields too when customers are imported.")
  static let none = Word("还没有自定义字段", "No custom fields yet")
  static let add = Word("添加字段", "Add a field")
  static let rename = Word("改名", "Rename")
  static let delete = Word("删除", "Delete")
  static let cancel = Word("取消", "Cancel")
  static let save = Word("保存", "Save")
  static let actions = Word("操作", "Actions")
  static let place = Word("位置", "Place")
  static let saved = Word("已保存", "Saved")
  static let nameTaken = Word("已有这个名称的字段", "There is a field of this name")
  static let tooMany = Word(
    "最多 \(CustomField.most) 个自定义字段", "There can be \(CustomField.most) custom fields at most")
  static let unknown = Word("没有这个自定义字段", "There is no such custom field")

  static func added(_ name: String) -> Word { Word("已添加“\(name)”", "Added “\(name)”") }
  static func removed(_ name: String) -> Word { Word("已删除“\(name)”", "Removed “\(name)”") }
  static func deleteNamed(_ name: String) -> Word { Word("删除字段“\(name)”？", "Delete the field “\(name)”?") }
  static func deleteWhat(_ customers: Int) -> Word {
    guard customers > 0 else { return Word("没有客户填写过它。", "No customer has a value in it.") }
    let number = Figures.grouped(Int64(customers))
    return Word(
      "\(number) 位客户填写了它；这些值会一并删除，不能撤销。",
      "\(Word.counted(customers, "customer")) \(customers == 1 ? "has" : "have") a value in it. "
        + "Values are deleted too; this cannot be undone.")
  }
}
