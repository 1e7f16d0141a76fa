import Store
import Web

/// Where files are brought in, and those that were.
enum ImportListPages {
  static func index(_ list: Slice<ImportSummary>, _: Problems) -> Page {
    Page(
      ImportWords.title,
      """
      <header class='page-head'><div><h1>\(ImportWords.title)</h1></div>
        <div class='actions'><a class='button primary' href='/imports/new' data-key='n'>\(icon("upload"))\(ImportWords.newFile)</a></div>
      </header>
      \(list.items.isEmpty ? empty : table(list.items))
      \(Pager.steps(list, fields: Fields(), path: "/imports"))
      """)
  }

  private static let empty: HTML = """
    <div class='empty'>\(icon("import"))<h2>\(ImportWords.nothingYet)</h2><p>\(ImportWords.whatBelongs)</p>
      <div class='actions'><a class='button' href='/imports/new'>\(ImportWords.newFile)</a>
      <a class='button quiet' href='/imports/example.csv'>\(icon("download"))\(ImportWords.exampleFile)</a></div></div>
    """

  private static func table(_ imports: [ImportSummary]) -> HTML {
    """
    <div class='table-wrap'><table class='table cards' data-rows>
      <caption class='aside'>\(ImportWords.earlier)</caption>
      <thead><tr><th scope='col'>\(ImportWords.file)</th><th scope='col'>\(ImportWords.holds)</th>
        <th scope='col' class='num'>\(ImportWords.rows)</th><th scope='col'>\(ImportWords.outcome)</th>
        <th scope='col'>\(ImportWords.whoWhen)</th></tr></thead>
      <tbody>\(imports.html(row))</tbody>
    </table></div>
    """
  }

  private static func row(_ record: ImportSummary) -> HTML {
    let place = record.state == .uploaded ? "/imports/\(record.id)/columns" : "/imports/\(record.id)"
    let by = record.uploadedBy.isEmpty ? ImportWords.commandLine : Word(same: record.uploadedBy)
    return """
      <tr data-row tabindex='-1'><th scope='row' class='lead'><a href='\(place)'>\(record.fileName)</a></th>
        <td class='soft off'>\(ImportWords.kind(record.kind))</td>
        <td class='num' data-label='\(ImportWords.rows)'>\(Count(record.counts.rows))</td>
        <td>\(ImportPieces.badge(record.state, rejected: record.counts.rejected))</td>
        <td class='soft'>\(by) · \(record.uploadedAt)</td></tr>
      """
  }

  static func new(_ upload: ImportUpload, _ problems: Problems) -> Page {
    Page(
      ImportWords.newFile,
      """
      <header class='page-head'><div><nav class='crumbs' aria-label='\(ImportWords.place)'>\
      <a href='/imports'>\(ImportWords.title)</a>\(icon("chevron-right"))<span>\(ImportWords.newFile)</span></nav>
        <h1>\(ImportWords.newFile)</h1></div></header>
      \(ImportPieces.steps(0))
      \(Field.summary(problems, labels: ["file": ImportWords.file]))
      <form class='form' method='post' action='/imports' enctype='multipart/form-data'>\(HTML.formToken)
        \(kinds(upload.kind))
        <label class='drop' data-drop>\(icon("upload"))<strong data-name>\(ImportWords.drop)</strong>
          <span>\(ImportWords.recognised)</span>
          <input type='file' name='file' id='file' accept='.xlsx,.xlsm,.csv,.tsv,.txt,text/csv,text/plain' required></label>
        \(problems["file"].map { "<p class='error'>\(icon("warning"))\($0)</p>" })
        <div class='form-actions'><button class='button primary'>\(ImportWords.uploadAndGoOn)</button>
          <a class='button quiet' href='/imports/example.csv?kind=orders'>\(icon("download"))\(ImportWords.exampleFile)</a></div>
      </form>
      """)
  }

  private static func kinds(_ chosen: Import.Kind) -> HTML {
    """
    <div class='field'><span class='label' id='what'>\(ImportWords.whatIsIn)</span>
      <div class='switch' role='radiogroup' aria-labelledby='what'>
        <label><input type='radio' name='kind' value='orders'\(" checked", if: chosen == .orders)>\
    \(icon("orders"))\(ImportWords.orders)</label>
        <label><input type='radio' name='kind' value='customers'\(" checked", if: chosen == .customers)>\
    \(icon("customers"))\(ImportWords.customers)</label>
      </div></div>
    """
  }
}
