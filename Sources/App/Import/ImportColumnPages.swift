import Store
import Web

/// The columns of a file and what they are taken for.
enum ImportColumnPages {
  static func show(_ file: ImportColumns, _ problems: Problems) -> Page {
    Page(
      ImportWords.matchColumns,
      """
      <header class='page-head'><div><nav class='crumbs' aria-label='\(ImportWords.place)'>\
      <a href='/imports'>\(ImportWords.title)</a>\(icon("chevron-right"))<span>\(file.fileName)</span></nav>
        <h1>\(ImportWords.matchColumns)</h1><p class='sub'>\(file.fileName) · \(ImportWords.kind(file.kind))</p></div></header>
      \(ImportPieces.steps(1))
      \(file.isRemembered ? "<div class='notice'>\(icon("info"))<div>\(ImportWords.remembered)</div></div>" : nil)
      \(file.isEncodingSure ? nil : "<div class='notice warn'>\(icon("warning"))<div>\(ImportWords.encodingDoubted(file.encoding))</div></div>")
      \(Field.summary(problems, labels: ["columns": ImportWords.columnsWrong, "file": ImportWords.file]))
      \(problems.fields.sorted { $0.key < $1.key }.html { "<p class='error'>\(icon("warning"))\($0.value)</p>" })
      <form class='form' method='post' action='/imports/\(file.id)/columns?_method=put'>\(HTML.formToken)
        \(understood(file))
        \(table(file))
        \(more(file))
        \(previewPanel(file))
        <div class='form-actions'>
          <button class='button primary' name='next' value='check'>\(ImportWords.dryRun)</button>
          <button class='button' name='next' value='look'>\(ImportWords.lookAgain)</button>
          <a class='button quiet' href='/imports/new'>\(ImportWords.another)</a>
          <span class='muted'>\(ImportWords.dryRunWritesNothing)</span></div>
      </form>
      """)
  }

  /// The first rows as they would be read, for htmx to put in place while columns are chosen.
  static func preview(_ file: ImportColumns, _: Problems) -> Page { Page(ImportWords.matchColumns, previewPanel(file)) }

  // MARK: The file

  private static func understood(_ file: ImportColumns) -> HTML {
    """
    <section class='panel'><div class='body'><dl class='understood'>
      \(file.sheet.map { sheet(file, $0) } ?? text(file))
      \(choice("header", ImportWords.header, file.options.header.map { "\($0)" }, ImportWords.headers,
        found: file.header == 0 ? ImportWords.noHeader : ImportWords.headerLine(file.header), isReread: true))
      \(choice("day_order", ImportWords.dates, file.options.dayOrder?.rawValue, DayOrder.allCases.map { ($0.rawValue, ImportWords.dayOrder($0)) },
        found: ImportWords.dayOrder(file.dayOrder), isReread: false))
      \(file.kind == .orders
        ? choice("mark", ImportWords.decimals, file.options.mark?.rawValue, DecimalMark.allCases.map { ($0.rawValue, ImportWords.mark($0)) },
          found: ImportWords.mark(file.mark), isReread: false) : nil)
    </dl></div></section>
    """
  }

  private static func sheet(_ file: ImportColumns, _ sheet: String) -> HTML {
    choice(
      "sheet", ImportWords.sheet, file.options.sheet, file.sheets.map { ($0, Word(same: $0)) },
      found: Word(same: sheet),
      isReread: true)
  }

  private static func text(_ file: ImportColumns) -> HTML {
    """
      \(choice("encoding", ImportWords.encoding, file.options.encoding?.rawValue, TextEncoding.allCases.map { ($0.rawValue, Word(same: $0.name)) },
        found: Word(same: file.encoding.name), isReread: true))
      \(choice("delimiter", ImportWords.separator, file.options.delimiter?.rawValue, Delimiter.allCases.map { ($0.rawValue, ImportWords.delimiter($0)) },
        found: ImportWords.delimiter(file.delimiter), isReread: true))
    """
  }

  private static func choice(
    _ name: String, _ label: Word, _ chosen: String?, _ choices: [(String, Word)], found: Word, isReread: Bool
  ) -> HTML {
    """
    <div><dt><label for='\(name)'>\(label)</label></dt><dd>
      <select class='input small' id='\(name)' name='\(name)'\(isReread ? " data-submit-now" : "")>
        <option value=''>\(ImportWords.found(found))</option>
        \(choices.html { "<option value='\($0.0)'\(" selected", if: $0.0 == chosen)>\($0.1)</option>" })
      </select></dd></div>
    """
  }

  private static func table(_ file: ImportColumns) -> HTML {
    let fields = ImportWords.fields(file.kind, file.fields)
    return """
      <div class='table-wrap'><table class='table cards'><caption class='aside'>\(ImportWords.columnsOfFile)</caption>
        <thead><tr><th scope='col'>\(ImportWords.columnInFile)</th><th scope='col'>\(ImportWords.firstValues)</th>
          <th scope='col'>\(ImportWords.importAs)</th><th scope='col'>\(ImportWords.existing)</th>
          <th scope='col'>\(ImportWords.stateOfColumn)</th></tr></thead>
        <tbody>\(file.columns.enumerated().html { row($0, $1, fields) })</tbody></table></div>
      """
  }

  private static func row(_ index: Int, _ column: ImportColumns.Column, _ fields: [(String, Word)]) -> HTML {
    """
    <tr><th scope='row' class='lead' id='column-\(index)'>\(column.name)</th>
      <td class='samples row'>\(column.samples.html { "<span>\($0)</span> " })</td>
      <td class='row'><select class='input' name='columns' aria-labelledby='column-\(index)'>
        <option value='-'>\(ImportWords.leaveOut)</option>
        \(fields.html { "<option value='\($0.0)'\(" selected", if: $0.0 == column.field)>\($0.1)</option>" })
      </select></td>
      <td class='row'><select class='input small' name='rules' aria-label='\(ImportWords.existing)' aria-describedby='column-\(index)'>
        \(ImportOptions.Rule.allCases.html { "<option value='\($0.rawValue)'\(" selected", if: $0 == column.rule)>\(ImportWords.rule($0))</option>" })
      </select></td>
      <td>\(state(column))</td></tr>
    """
  }

  private static func state(_ column: ImportColumns.Column) -> HTML {
    if column.field.isEmpty { return "<span class='muted'>\(ImportWords.leftOut)</span>" }
    guard let confidence = column.confidence else {
      return "<span class='badge'>\(icon("check"))\(ImportWords.chosen)</span>"
    }
    return confidence < 0.6
      ? "<span class='badge warn'>\(icon("warning"))\(ImportWords.checkThis)</span>"
      : "<span class='badge good'>\(icon("check"))\(ImportWords.recognisedColumn)</span>"
  }

  // MARK: What becomes of the rows

  private static func more(_ file: ImportColumns) -> HTML {
    """
    <details class='panel'\(" open", if: !file.options.filters.isEmpty || !file.options.source.isEmpty)><summary>\(ImportWords.moreChoices)</summary>
      <div class='body'>
      \(filter(file))
      <div class='form-row'>
        \(Field.select("match", ImportWords.match, (file.options.match ?? .number).rawValue,
          ImportOptions.Match.allCases.filter { file.kind == .customers || $0 != .email }.map { ($0.rawValue, ImportWords.match($0)) }, hint: ImportWords.matchHint))
        \(Field.input("source", ImportWords.source, file.options.source, hint: ImportWords.sourceHint))
        \(Field.select("matches_names", ImportWords.matchesNames, "\(file.options.matchesNames ?? true)",
          [("true", ImportWords.yesNames), ("false", ImportWords.noNames)]))
        \(file.kind == .orders ? Field.select("currency", ImportWords.currency, file.options.currency, file.currencies.map { ($0, Word(same: $0)) }, empty: ImportWords.firmCurrency) : nil)
      </div>
      \(file.kind == .orders ? orders(file) : nil)
      </div></details>
    """
  }

  private static func filter(_ file: ImportColumns) -> HTML {
    let filter = file.options.filters.first
    let chosen = filter.flatMap { ColumnName.find($0.column, in: file.columns.map(\.name)) }
    return """
      <div class='form-row'>
        \(Field.select("filters[0][column]", ImportWords.onlyRows, chosen.map { "\($0 + 1)" },
          file.columns.enumerated().map { ("\($0 + 1)", Word(same: $1.name)) }, empty: ImportWords.allRows))
        \(Field.select("filters[0][is_not]", ImportWords.isOrIsNot, filter?.isNot == true ? "true" : "false",
          [("false", ImportWords.isValue), ("true", ImportWords.isNotValue)]))
        \(Field.input("filters[0][value]", ImportWords.value, filter?.value))
      </div>
      """
  }

  private static func orders(_ file: ImportColumns) -> HTML {
    """
    <div class='form-row'>
      \(Field.select("without_customer", ImportWords.withoutCustomer, file.options.withoutCustomer?.rawValue,
        ImportOptions.WithoutCustomer.allCases.map { ($0.rawValue, ImportWords.withoutCustomer($0)) }, empty: ImportWords.askedLater))
      \(Field.select("refunds", ImportWords.refunds, file.options.refunds?.rawValue,
        ImportOptions.Refunds.allCases.map { ($0.rawValue, ImportWords.refunds($0)) },
        empty: ImportWords.found(ImportWords.refunds(file.found.refunds ?? .separate))))
      \(Field.select("amounts", ImportWords.amounts, file.options.amounts?.rawValue,
        ImportOptions.Amounts.allCases.map { ($0.rawValue, ImportWords.amounts($0)) },
        empty: ImportWords.found(ImportWords.amounts(file.found.amounts ?? .line))))
      \(Field.select("refund_amounts", ImportWords.refundAmounts, file.options.refundAmounts?.rawValue,
        ImportOptions.Amounts.allCases.map { ($0.rawValue, ImportWords.amounts($0)) },
        empty: ImportWords.found(ImportWords.amounts(file.found.refundAmounts ?? .line))))
    </div>
    \(file.statuses.isEmpty ? nil : ImportQuestionPages.states(file.statuses))
    """
  }

  // MARK: Preview

  private static func previewPanel(_ file: ImportColumns) -> HTML {
    """
    <section class='panel' id='preview' hx-post='/imports/\(file.id)/preview' hx-trigger='change from:closest form'
      hx-include='closest form' hx-target='this' hx-swap='outerHTML'>
      <header><h2>\(ImportWords.preview)</h2></header>
      \(file.missing.isEmpty ? nil : "<div class='body'><div class='notice warn'>\(icon("warning"))<div>\(ImportWords.missing(file.missing))</div></div></div>")
      <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(ImportWords.preview)</caption>
        <thead><tr><th scope='col' class='num fit'>\(ImportWords.line)</th><th scope='col'>\(ImportWords.customer)</th>
          <th scope='col'>\(ImportWords.number)</th><th scope='col'>\(ImportWords.day)</th>
          <th scope='col' class='num'>\(ImportWords.amount)</th><th scope='col'>\(ImportWords.otherValues)</th></tr></thead>
        <tbody>\(file.preview.html(previewRow))</tbody></table></div>
    </section>
    """
  }

  private static func previewRow(_ row: ImportColumns.PreviewRow) -> HTML {
    let reasons = row.problems.html {
      "<span class='badge warn'>\(icon("warning"))\($0.columnName) \($0.reason)</span> "
    }
    let use: HTML? = row.use.flatMap { $0 == .counts ? nil : "<span class='badge'>\(ImportWords.use($0))</span> " }
    return """
      <tr><td class='num off'>\(Count(row.line))</td><th scope='row' class='lead'>\(row.customer.isEmpty ? "—" : row.customer)</th>
        <td class='soft'>\(row.number)</td><td data-label='\(ImportWords.day)'>\(row.day)</td>
        <td class='num strong'>\(row.amount)</td><td class='row soft'>\(use)\(reasons)\(row.more)</td></tr>
      """
  }
}
