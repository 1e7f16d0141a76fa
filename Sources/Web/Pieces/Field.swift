/// The fields of forms: label above, message below, what was typed kept.
public enum Field {
  /// One line of text, a date, an e-mail address…
  public static func input(
    _ name: String, _ label: Word, _ value: String?, _ problems: Problems = .none, type: StaticString = "text",
    hint: Word? = nil, required: Bool = false, attributes: HTML = .empty
  ) -> HTML {
    frame(
      name, label, problems, hint, required: required,
      """
      <input id='\(name)' name='\(name)' type='\(type)' value='\(value)'\(links(name, problems, hint))\
      \(" required", if: required)\(attributes)>
      """)
  }

  /// Several lines of text.
  public static func area(
    _ name: String, _ label: Word, _ value: String?, _ problems: Problems = .none, rows: Int = 4, hint: Word? = nil
  ) -> HTML {
    frame(
      name, label, problems, hint, required: false,
      "<textarea id='\(name)' name='\(name)' rows='\(rows)'\(links(name, problems, hint))>\n\(value)</textarea>")
  }

  /// One of several; the empty choice comes first where there is one.
  public static func select(
    _ name: String, _ label: Word, _ chosen: String?, _ choices: [(value: String, name: Word)], empty: Word? = nil,
    _ problems: Problems = .none, hint: Word? = nil
  ) -> HTML {
    frame(
      name, label, problems, hint, required: false,
      """
      <select id='\(name)' name='\(name)'\(links(name, problems, hint))>
        \(empty.map { "<option value=''>\($0)</option>" })
        \(choices.html { "<option value='\($0.value)'\(" selected", if: $0.value == chosen)>\($0.name)</option>" })
      </select>
      """)
  }

  /// One of a few, all in sight.
  public static func radios(
    _ name: String, _ label: Word, _ chosen: String?, _ choices: [(value: String, name: Word)]
  ) -> HTML {
    """
    <fieldset class='field'><legend>\(label)</legend><div class='switch' role='radiogroup' aria-label='\(label)'>
      \(choices.html { choice in
        """
        <label><input type='radio' name='\(name)' value='\(choice.value)'\(" checked", if: choice.value == chosen)>\
        \(choice.name)</label>
        """
      })
    </div></fieldset>
    """
  }

  /// Any of several.
  public static func checks(
    _ name: String, _ label: Word, _ chosen: [String], _ choices: [(value: String, name: Word)]
  ) -> HTML {
    """
    <fieldset class='field'><legend>\(label)</legend><div class='checks'>
      \(choices.html { choice in
        """
        <label class='check'><input type='checkbox' name='\(name)' value='\(choice.value)'\
        \(" checked", if: chosen.contains(choice.value))><span>\(choice.name)</span></label>
        """
      })
    </div></fieldset>
    """
  }

  /// What is wrong, on top of the form, each with a way to its field.
  public static func summary(_ problems: Problems, labels: [String: Word] = [:]) -> HTML? {
    guard !problems.isEmpty else { return nil }
    let fields = problems.fields.keys.sorted()
    let title = Word("有 \(fields.count) 处需要修改：", "\(Word.counted(fields.count, "thing")) to correct: ")
    return """
      <div class='notice bad' role='alert' tabindex='-1' data-focus>\(icon("warning"))<div>\(title)
        \(fields.html { "<a href='#\($0)'>\(labels[$0] ?? problems[$0])</a> " })</div></div>
      """
  }

  private static func frame(
    _ name: String, _ label: Word, _ problems: Problems, _ hint: Word?, required: Bool, _ control: HTML
  ) -> HTML {
    """
    <div class='field'><label for='\(name)'>\(label)</label>\(control)
      \(problems[name].map { "<p class='error' id='\(name)-error'>\(icon("warning"))\($0)</p>" })
      \(hint.map { "<p class='hint' id='\(name)-hint'>\($0)</p>" })</div>
    """
  }

  private static func links(_ name: String, _ problems: Problems, _ hint: Word?) -> HTML {
    let ids = [problems[name].map { _ in "\(name)-error" }, hint.map { _ in "\(name)-hint" }].compactMap(\.self)
    let description: HTML = ids.isEmpty ? "" : " aria-describedby='\(ids.joined(separator: " "))'"
    return problems[name] == nil ? description : description + " aria-invalid='true'"
  }
}
