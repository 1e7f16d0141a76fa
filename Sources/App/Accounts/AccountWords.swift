import Web

/// Words of signing in, invitations and links.
enum AccountWords {
  static let signIn = Word("登录", "Sign in")
  static let email = Word("邮箱", "E-mail")
  static let password = Word("密码", "Password")
  static let name = Word("姓名", "Name")
  static let yourName = Word("你的姓名", "Your name")
  static let language = Word("语言", "Language")
  static let wrong = Word("邮箱或密码不对。", "E-mail or password is wrong.")
  static let forgot = Word("忘了密码？请管理员发一个新链接。", "Forgot it? Ask an administrator for a new link.")
  static let nobodyYet = Word(
    "还没有用户。请打开服务器启动时显示的链接，创建第一位管理员。",
    "There are no users yet. Open the link that the server printed when it started, to create the first administrator."
  )

  static let tooManyTitle = Word("尝试次数太多", "Too many tries")
  static func tooMany(minutes: Int) -> Word {
    Word("尝试次数太多，请过 \(minutes) 分钟再登录。", "Too many tries. Try again in \(Word.counted(minutes, "minute")).")
  }

  static let busyTitle = Word("登录的人太多", "Too many sign in at once")
  static let busy = Word("同时登录的人太多，请过几秒再试。", "Too many people sign in at this moment. Try again in a few seconds.")
  static func emailTooLong(_ most: Int) -> Word { Word("最多 \(most) 个字", "At most \(most) characters") }

  static func passwordTooShort(_ least: Int) -> Word {
    Word("至少 \(least) 个字符。", "At least \(least) characters.")
  }
  static let passwordTooLong = Word("密码太长。", "This is too long for a password.")
  static let passwordIsEmail = Word("密码不能与邮箱相同。", "The password must differ from the e-mail.")
  static let passwordHint = Word("一句容易记住的话最好。", "A sentence you can remember is best.")
  static func guessable(_ kind: GuessEstimate.Kind?) -> Word {
    switch kind {
    case .common, nil:
      Word("常见密码，容易被猜到。", "This is one of the passwords tried first.")
    case .own:
      Word("由姓名、邮箱或公司名称组成，容易被猜到。", "It is made of the name, the e-mail or the firm: these are tried first.")
    case .row:
      Word("连续的数字、字母或相邻的键，容易被猜到。", "Characters in a row, or keys side by side, are tried first.")
    case .repeated: Word("重复的字符，容易被猜到。", "Repeated characters are tried first.")
    case .date: Word("由日期组成，容易被猜到。", "Dates are tried first.")
    }
  }
  static let wrongPassword = Word("现在的密码不对。", "The present password is wrong.")

  static let firstTitle = Word("创建第一位管理员", "Create the first administrator")
  static let firstLead = Word(
    "这个链接只能用一次。之后由你邀请同事。", "This link works once. You will invite the others afterwards.")
  static let firm = Word("公司名称", "Name of the firm")
  static let createAndSignIn = Word("创建并登录", "Create and sign in")

  static let join = Word("加入", "Join")
  static let joinLead = Word("填写姓名并设一个密码，就可以开始了。", "Give your name and choose a password, and you can start.")
  static let newPassword = Word("设置新密码", "Choose a new password")
  static let newPasswordLead = Word("其他设备上的登录会同时结束。", "You will be signed out on your other devices.")
  static let linkExpiredTitle = Word("链接已失效", "This link no longer works")
  static let linkExpired = Word(
    "它已被使用、撤回或过期。请管理员再发一个。", "It was used, taken back or is too old. Ask an administrator for a new one.")

  static let emailTaken = Word("已有用户使用这个邮箱。", "A user has this e-mail already.")
  static let emailInvited = Word(
    "已用这个邮箱邀请了别人，对方还没有加入。", "Somebody was invited by this address and has not joined yet.")
  static func isUser(_ name: String) -> Word {
    Word(
      "这是 \(name) 的邮箱，已是用户。忘了密码时，请在列表中为其生成“重设密码的链接”。",
      "\(name) is a user with this address. To renew a forgotten password, choose “Link for a new password” in the list."
    )
  }
  static let noSuchUserTitle = Word("没有这个用户", "There is no such user")
  static func noSuchUser(_ email: String) -> Word {
    Word("没有邮箱为 \(email) 的用户。", "Nobody has the e-mail address \(email).")
  }
  static let lastAdministrator = Word(
    "这是最后一位管理员。请先指定另一位。", "This is the last administrator. Make somebody else one first.")
  static let isDisabled = Word("这个用户已停用，请先启用。", "This user is disabled. Enable them first.")
}
