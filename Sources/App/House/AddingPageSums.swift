import Foundation
import Store
import Web

extension House {
  /// Gives a database from before there were checksums of pages theirs, where there is room for it. The product is served
  /// whether that can be done or not.
  static func addPageSums(to db: Database, _ say: @Sendable (String) -> Void) async {
    guard let file = db.file, !file.carriesSums else { return }
    let size = Checkup.size(of: file.path)
    let (needed, free) = (2 * size + (64 << 20), FreeSpace.bytes(at: file.path) ?? .max)
    guard free >= needed else {
      let (needed, free) = (Checkup.megabytes(needed).en, Checkup.megabytes(free).en)
      return say(
        Word(
          "数据库各页还没有校验值：写入需要 \(needed) 空间，只剩 \(free)；腾出空间后重新启动即可",
          "the pages of the database carry no checksums yet: that takes \(needed), and \(free) are free; make room and start again"
        )[Terminal.language])
    }
    let shown = Checkup.megabytes(size).en
    say(
      Word(
        "正在为数据库（\(shown)）的每一页写入校验值，只需这一次……",
        "Writing a checksum into every page of the database (\(shown)), this once…")[Terminal.language])
    do { try await file.addSums() } catch {
      let why = Terminal.sentence(for: error)
      say(Word("没有写成，照常启动：\(why)", "That could not be done; starting without: \(why)")[Terminal.language])
    }
  }
}
