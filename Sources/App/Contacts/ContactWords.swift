import Web

enum ContactWords {
  static let contact = Word("联系人", "Contact")
  static let new = Word("添加联系人", "Add a contact")
  static let edit = Word("编辑联系人", "Edit contact")
  static let name = Word("姓名", "Name")
  static let role = Word("角色", "Role")
  static let title = Word("职务", "Title")
  static let remark = Word("备注", "Remark")
  static let saved = Word("已保存联系人", "Contact saved")
  static let removed = Word("已删除联系人", "Contact deleted")

  static func role(_ role: Contact.Role) -> Word {
    switch role {
    case .decider: Word("决策者", "Decider")
    case .influencer: Word("影响者", "Influencer")
    case .user: Word("使用者", "User")
    case .gatekeeper: Word("把关者", "Gatekeeper")
    case .unknown: Word("", "")
    }
  }
}
