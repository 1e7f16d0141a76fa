import Web

/// Words of tokens for programs.
enum TokenWords {
  static let tokens = Word("接口令牌", "API tokens")
  static let hint = Word("程序用令牌以你的身份访问 /api/v1。", "With a token, a program acts as you under /api/v1.")
  static let name = Word("令牌名称", "Name of the token")
  static let new = Word("新建令牌", "New token")
  static let once = Word("令牌只显示这一次，请现在复制。", "The token is shown this once. Copy it now.")
  static let revoke = Word("撤销", "Revoke")
  static let revoked = Word("令牌已撤销。", "The token is revoked.")

  static let scope = Word("权限", "Access")
  static func scope(_ scope: TokenScope) -> Word {
    switch scope {
    case .read: Word("只读", "read only")
    case .write: Word("读取和修改", "read and change")
    }
  }

  static let lastUsed = Word("最近使用", "Last used")
  static let unused = Word("尚未使用", "not used yet")
  static let ends = Word("到期", "Ends")
  static let never = Word("不过期", "no end")
  static func lifetime(days: Int) -> Word {
    switch days {
    case 0: never
    case 365: Word("一年后", "after a year")
    default: Word("\(days) 天后", "after \(Word.counted(days, "day"))")
    }
  }
  static func daysOutOfRange(_ most: Int) -> Word {
    Word("1 至 \(most) 天；0 为不过期。", "1 to \(most) days; 0 for no end.")
  }
  static func tooMany(_ most: Int) -> Word {
    Word("最多 \(most) 个令牌，请先撤销不用的。", "There are \(most) tokens already. Revoke those that are not needed.")
  }

  static func revokeAlso(_ count: Int) -> Word {
    Word("同时撤销 \(count) 个接口令牌", "Also revoke \(Word.counted(count, "API token"))")
  }
  static let revokeHint = Word("使用它们的程序会停止工作。", "Programs that use them will stop working.")
}
