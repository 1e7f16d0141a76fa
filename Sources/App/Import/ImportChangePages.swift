import Store
import Web

/// What an import changes in records that are there already.
enum ImportChangePages {
  static func index(_ list: ImportChangeList, _: Problems) -> Page {
    Page(
      ImportWords.changedRecords,
      """
      <header class='page-head'><div><nav class='crumbs' aria-label='\(ImportWords.place)'>\
      <a href='/imports'>\(ImportWords.title)</a>\(icon("chevron-right"))\
      <a href='/imports/\(list.id)'>\(list.fileName)</a>\(icon("chevron-right"))<span>\(ImportWords.changedRecords)</span></nav>
        <h1>\(ImportWords.changedRecords)</h1></div></header>
      \(list.records.isEmpty ? "<div class='notice'>\(icon("info"))<div>\(ImportWords.nothingChanged)</div></div>" : nil)
      \(table(list.records, head: nil))
      \(list.next.map { "<div class='actions'><a class='button' href='/imports/\(list.id)/changes?from=\($0)'>\(ImportWords.moreChanges)</a></div>" })
      """)
  }

  static func table(_ records: [ChangedRecord], head: Word? = ImportWords.changedRecords) -> HTML? {
    guard !records.isEmpty else { return nil }
    return """
      <section class='panel'>\(head.map { "<header><h2>\($0)</h2></header>" })
        <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(ImportWords.changedRecords)</caption>
        <thead><tr><th scope='col'>\(ImportWords.record)</th><th scope='col'>\(ImportWords.field)</th>
          <th scope='col'>\(ImportWords.before)</th><th scope='col'>\(ImportWords.after)</th></tr></thead>
        <tbody>\(records.html { record in record.values.html { row(record, $0) } })</tbody></table></div>
      </section>
      """
  }

  private static func row(_ record: ChangedRecord, _ value: ChangedRecord.Value) -> HTML {
    """
    <tr><th scope='row' class='lead'><a href='\(record.place)'>\(record.name)</a> <span class='muted'>\(ImportWords.kind(record.kind))</span></th>
      <td data-label='\(ImportWords.field)'>\(value.field)</td>
      <td data-label='\(ImportWords.before)' class='soft'>\(shown(value.before))</td>
      <td data-label='\(ImportWords.after)'>\(shown(value.after))\
    \(record.isEditedSince ? " <span class='badge'>\(ImportWords.editedSince)</span>" : nil)</td></tr>
    """
  }

  private static func shown(_ text: Word) -> HTML { text.zh.isEmpty ? "—" : "\(text)" }
}
