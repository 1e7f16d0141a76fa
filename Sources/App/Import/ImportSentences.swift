import Store
import Web

/// What a terminal says of imports.
enum ImportSentences {
  static func of(_ outcome: Importer.Outcome, _ language: Language) -> [String] {
    var lines = [
      outcome.isDryRun ? ImportWords.dryRunOf(outcome.file) : ImportWords.importOf(outcome.file, outcome.id ?? "")
    ]
    lines.append(outcome.understood.sentence)
    lines.append(columns(outcome))
    lines += counts(outcome.report)
    if outcome.report.counts.rows == 0, outcome.report.skipped > 0 {
      lines.append(Word("没有一行符合 --where；请核对写法与大小写", "No row fits --where; look at its spelling and case"))
    }
    lines += outcome.report.remarks
    lines += [outcome.report.statusSentence].compactMap(\.self) + outcome.report.moneySentences
    if let count = outcome.report.counts.byNameAlone { lines.append(ImportWords.byNameAlone(count)) }
    lines += outcome.report.implausible ?? []
    if let questions = outcome.report.questions, !questions.isEmpty { lines.append(ImportWords.asked(questions)) }
    lines += outcome.problems.prefix(10).map(\.sentence)
    let more = outcome.report.counts.problems - min(10, outcome.problems.count)
    if more > 0 { lines.append(Word("……还有 \(more) 处问题", "… and \(Word.counted(more, "more problem"))")) }
    if let file = outcome.errors {
      lines.append(Word("不能导入的行已写入 \(file)", "The rejected rows were written to \(file)"))
    }
    return lines.map { $0[language] }
  }

  private static func columns(_ outcome: Importer.Outcome) -> Word {
    let used = outcome.columns.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
    let unused = outcome.unusedColumns.joined(separator: ", ")
    return Word(
      "列：\(used)\(unused.isEmpty ? "" : "；未导入：\(unused)")",
      "Columns: \(used)\(unused.isEmpty ? "" : "; not imported: \(unused)")")
  }

  static func of(_ entry: Importer.Entry, _ language: Language) -> String {
    [
      entry.id, ImportWords.state(entry.state)[language], ImportWords.kind(entry.kind)[language],
      "\(entry.at.description.prefix(16).replacing("T", with: " "))", Figures.grouped(Int64(entry.counts.rows)),
      entry.file,
    ].joined(separator: "  ")
  }

  static func of(_ reverted: Importer.Reverted, _ language: Language) -> [String] {
    let undone = Word("已撤回 \(reverted.undone) 处改动。", "\(Word.counted(reverted.undone, "change")) taken back.")
    let kept = reverted.kept.map { kept in
      let (kind, reason) = (ImportWords.kind(kept.kind), ImportWords.reason(kept.reason))
      return Word(
        "保留 \(kind.zh)“\(kept.name)”：\(reason.zh)", "Kept \(kind.en.lowercased()) “\(kept.name)”: \(reason.en)")
    }
    return ([undone] + kept).map { $0[language] }
  }

  private static func counts(_ report: ImportReport) -> [Word] {
    let counts = report.counts
    let kinds: [(Word, ImportCounts.Outcomes)] = [
      (ImportWords.customers, counts.customers), (ImportWords.contacts, counts.contacts),
      (ImportWords.orders, counts.orders), (ImportWords.returns, counts.returns),
      (ImportWords.products, counts.products),
    ]
    var lines = [
      Word(
        "\(counts.rows) 行，\(counts.rejected) 行不能导入，\(report.skipped) 行被筛掉",
        "\(Word.counted(counts.rows, "row")), \(counts.rejected) rejected, \(report.skipped) filtered out")
    ]
    lines += kinds.filter { $0.1.all > 0 }.map { name, outcome in
      Word(
        "\(name.zh)：新增 \(outcome.new)，更新 \(outcome.updated)，不变 \(outcome.unchanged)",
        "\(name.en): \(outcome.new) new, \(outcome.updated) updated, \(outcome.unchanged) unchanged")
    }
    guard let first = counts.firstOn, let last = counts.lastOn else { return lines }
    let amount = Money(counts.amount, report.currency).decimal
    lines.append(
      Word(
        "合计 \(amount) \(report.currency)，\(first) 至 \(last)", "\(amount) \(report.currency) in all, \(first) to \(last)"
      ))
    return lines
  }
}

extension Importer.Understood {
  fileprivate var sentence: Word {
    let layout = sheet.map { Word("工作表 \($0)", "sheet \($0)") } ?? text
    let header = header == 0 ? Word("没有表头", "no header") : Word("表头在第 \(header) 行", "header on line \(header)")
    let parts = [layout, header, ImportWords.dayOrder(dates), ImportWords.mark(decimals)]
    return Word(
      "读法：\(parts.map(\.zh).joined(separator: "，"))", "Read as: \(parts.map(\.en).joined(separator: ", "))")
  }

  private var text: Word {
    let separator = ImportWords.delimiter(separator)
    guard isEncodingSure else {
      let doubt = ImportWords.encodingDoubt(encoding)
      return Word("\(doubt.zh)，\(separator.zh)", "\(doubt.en), \(separator.en)")
    }
    return Word("\(encoding.name)，\(separator.zh)", "\(encoding.name), \(separator.en)")
  }
}
