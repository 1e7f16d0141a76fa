import Web

/// Words of the history of an account.
enum HistoryWords {
  static let history = Word("账户记录", "Account history")
  static let what = Word("变动", "Change")
  static let when = Word("时间", "Time")
  static let none = Word("还没有变动。", "Nothing has changed yet.")
  static let who = Word("操作人", "By")
  static let command = Word("命令行", "command line")

  static func name(_ kind: AccountEvent.Kind) -> Word {
    switch kind {
    case .email: Word("修改了邮箱", "E-mail changed")
    case .password: Word("修改了密码", "Password changed")
    case .passwordByLink: Word("用链接重设了密码", "New password set by a link")
    case .link: Word("生成了重设密码的链接", "Link for a new password made")
    case .linkTakenBack: Word("撤回了重设密码的链接", "Link for a new password taken back")
    case .disabled: Word("停用", "Disabled")
    case .enabled: Word("重新启用", "Enabled")
    case .administrator: Word("设为管理员", "Made administrator")
    case .member: Word("取消管理员", "No longer administrator")
    case .token: Word("新建了接口令牌", "API token made")
    case .tokenRevoked: Word("撤销了接口令牌", "API token revoked")
    case .signedOut: Word("退出了其他所有设备", "Signed out everywhere else")
    }
  }
}
