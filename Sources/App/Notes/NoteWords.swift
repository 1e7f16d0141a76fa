import Web

enum NoteWords {
  static let note = Word("记录", "Note")
  static let edit = Word("编辑记录", "Edit note")
  static let text = Word("内容", "Text")
  static let kind = Word("方式", "Channel")
  static let topic = Word("这说明了", "What it tells")
  static let happenedOn = Word("日期（不填是今天）", "Day (today if left out)")
  static let notYet = Word("这一天还没到", "This day is still to come")
  static let pin = Word("置顶", "Pin")
  static let unpin = Word("取消置顶", "Unpin")
  static let recorded = Word("已记录", "Recorded")
  static let saved = Word("已保存", "Saved")
  static let removed = Word("已删除这条记录", "The note was deleted")

  static func kind(_ kind: Note.Kind) -> Word {
    switch kind {
    case .note: Word("备注", "Note")
    case .call: Word("电话", "Call")
    case .visit: Word("走访", "Visit")
    case .message: Word("微信", "Message")
    case .email: Word("邮件", "E-mail")
    }
  }

  static func icon(_ kind: Note.Kind) -> HTML {
    switch kind {
    case .note: Web.icon("note")
    case .call: Web.icon("phone")
    case .visit: Web.icon("pin")
    case .message: Web.icon("wechat")
    case .email: Web.icon("mail")
    }
  }

  static func topic(_ topic: Note.Topic) -> Word {
    switch topic {
    case .none: Word("一般记录", "Nothing special")
    case .preference: Word("爱好", "Preference")
    case .job: Word("职业", "Job")
    case .demand: Word("需求方向", "Demand")
    case .worry: Word("担心项目", "Worry")
    case .other: Word("其他", "Other")
    }
  }
}
