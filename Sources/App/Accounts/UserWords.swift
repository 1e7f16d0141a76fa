import Store
import Web

/// Words of the pages about people and of one's own account.
enum UserWords {
  static let people = Word("成员", "Members")
  static let lastSeen = Word("最近使用", "Last seen")
  static let state = Word("状态", "State")
  static let actions = Word("操作", "Actions")
  static let administrator = Word("管理员", "Administrator")
  static let member = Word("成员", "Member")
  static let disabled = Word("已停用", "Disabled")
  static let disable = Word("停用", "Disable")
  static let enable = Word("启用", "Enable")
  static let makeAdministrator = Word("设为管理员", "Make administrator")
  static let makeMember = Word("取消管理员", "No longer administrator")
  static let account = Word("账户与令牌", "Account and tokens")
  static let newLink = Word("重设密码的链接", "Link for a new password")
  static let newPassword = Word("重设密码", "New password")
  static func actionsFor(_ name: String) -> Word { Word("对 \(name) 的操作", "Actions for \(name)") }
  static func didDisable(_ name: String) -> Word {
    Word("已停用 \(name)，其登录已结束。", "\(name) is disabled and signed out.")
  }
  static func didEnable(_ name: String) -> Word { Word("\(name) 可以重新登录了。", "\(name) can sign in again.") }
  static let saved = Word("已保存。", "Saved.")

  static let invitations = Word("邀请", "Invitations")
  static let invite = Word("邀请", "Invite")
  static let inviteHint = Word(
    "会生成一个一次性链接，请你转交给对方。", "This makes a link that works once, for you to hand over.")
  static let invited = Word("邀请中", "Invited")
  static let until = Word("有效至", "Good until")
  static let takeBack = Word("撤回", "Take back")
  static let tookBack = Word("邀请已撤回。", "The invitation was taken back.")
  static let linkTitle = Word("一次性链接", "A link that works once")
  static func linkFor(_ email: String) -> Word {
    Word("请把它交给 \(email)。它只显示这一次。", "Hand it to \(email). It is shown this once.")
  }
  static let backToPeople = Word("回到成员", "Back to members")

  static let profile = Word("个人资料", "Profile")
  static let likeBrowser = Word("跟随浏览器", "Like the browser")
  static let save = Word("保存", "Save")
  static let change = Word("修改", "Change")
  static let changeEmail = Word("修改邮箱", "Change the e-mail")
  static let emailHint = Word("以后用它登录。", "You will sign in with it.")
  static let emailElsewhere = Word(
    "邮箱请用 PUT /settings/me/email 修改，并附上现在的密码。",
    "The e-mail is changed by PUT /settings/me/email, with the present password.")
  static let emailChanged = Word("邮箱已修改。", "The e-mail is changed.")
  static let changePassword = Word("修改密码", "Change the password")
  static let presentPassword = Word("现在的密码", "Present password")
  static let futurePassword = Word("新密码", "New password")
  static let passwordChanged = Word(
    "密码已修改，其他设备已退出登录。", "The password is changed; your other devices are signed out.")

  static let sessions = Word("登录记录", "Sessions")
  static let device = Word("设备", "Device")
  static let thisDevice = Word("这台设备", "this device")
  static let unknownDevice = Word("未知设备", "unknown device")
  static let signOut = Word("退出", "Sign out")
  static let signOutElsewhere = Word("退出其他所有设备", "Sign out everywhere else")
  static let signedOutElsewhere = Word("其他设备已退出登录。", "You are signed out everywhere else.")
  static let ended = Word("登录已结束。", "The session is ended.")

  static let created = Word("创建", "Created")
  static let backToMe = Word("回到我的账户", "Back to my account")
}
