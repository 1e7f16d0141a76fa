import Store
import Web

/// What the page of custom fields shows.
struct CustomFieldList: Codable, Equatable, Sendable {
  let fields: [CustomField]
  /// The name of a new one as it was typed.
  let typed: String?
  /// Whether the reader may rename and delete them.
  let canChange: Bool
}

struct CustomFieldForm: Codable, Equatable, Sendable, Tagged {
  let id: CustomField.ID
  let input: CustomFieldRoutes.Input

  var tag: String? { input.version?.description }
}

/// What would go with a field.
struct CustomFieldDeletion: Codable, Equatable, Sendable {
  let id: CustomField.ID
  let name: String
  /// Customers with a value in it.
  let customers: Int
}

enum CustomFieldPages {
  private typealias Words = CustomFieldWords

  static func index(_ list: CustomFieldList, _ problems: Problems) -> Page {
    SettingsFrame.page(
      .fields,
      SettingsFrame.panel(
        Words.fields,
        """
        <div class='body stack'><p class='hint'>\(Words.hint)</p>
          \(list.fields.isEmpty ? "<p class='muted'>\(Words.none)</p>" : rows(list))
          <form class='form' method='post' action='/settings/fields'>\(HTML.formToken)
            \(Field.summary(problems, labels: ["name": Words.name]))
            \(nameInput(list.typed, problems))
            <div class='form-actions'><button class='button primary'>\(Words.add)</button></div></form></div>
        """))
  }

  private static func rows(_ list: CustomFieldList) -> HTML {
    "<ul class='short-list'>\(list.fields.html { row($0, canChange: list.canChange) })</ul>"
  }

  private static func row(_ field: CustomField, canChange: Bool) -> HTML {
    guard canChange else { return "<li>\(field.name)</li>" }
    return """
      <li>\(field.name)<span class='end'>
        <a class='button small quiet' href='/settings/fields/\(field.id)/edit'>\(Words.rename)\
      <span class='aside'> \(field.name)</span></a>
        <a class='button small danger' href='/settings/fields/\(field.id)/delete'>\(Words.delete)\
      <span class='aside'> \(field.name)</span></a></span></li>
      """
  }

  private static func nameInput(_ name: String?, _ problems: Problems) -> HTML {
    Field.input(
      "name", Words.name, name, problems, required: true, attributes: " maxlength='\(CustomField.nameLimit)'")
  }

  static func form(_ form: CustomFieldForm, _ problems: Problems) -> Page {
    SettingsFrame.page(
      .fields,
      SettingsFrame.panel(
        Words.rename,
        """
        <form class='body form' method='post' action='/settings/fields/\(form.id)?_method=put'>\(HTML.formToken)
          \(Field.summary(problems, labels: ["name": Words.name]))\(hiddenVersion(form.input.version))
          \(nameInput(form.input.name, problems))
          <div class='form-actions'><button class='button primary'>\(Words.save)</button>
            <a class='button quiet' href='/settings/fields'>\(Words.cancel)</a></div>
        </form>
        """))
  }

  static func confirm(_ deletion: CustomFieldDeletion, _: Problems) -> Page {
    SettingsFrame.page(
      .fields,
      SettingsFrame.panel(
        Words.deleteNamed(deletion.name),
        """
        <div class='body'><p>\(Words.deleteWhat(deletion.customers))</p><div class='form-actions'>
          <form method='post' action='/settings/fields/\(deletion.id)?_method=delete'>\(HTML.formToken)\
        <button class='button danger primary'>\(Words.delete)</button></form>
          <a class='button quiet' href='/settings/fields'>\(Words.cancel)</a></div></div>
        """))
  }
}
