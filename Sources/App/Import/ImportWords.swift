import Web

enum ImportWords {
  static let title = Word("导入", "Import")
}
