import Foundation
import Store
import Web

extension Feature {
  static let notes = Feature(routes: { NoteRoutes(services: $0).all })
}

/// A note as somebody typed it.
struct NoteInput: Versioned, Equatable {
  var text: String?
  var kind: Note.Kind?
  var topic: Note.Topic?
  /// The day it happened; today when it is not said.
  var happenedOn: String?
  /// When the note was last changed as far as the writer knows.
  var version: Instant?

  /// When it happened, to the day for those that are past.
  fileprivate func moment(now: Instant, in zone: TimeZone, _ problems: inout Problems) -> Instant {
    let today = now.day(in: zone)
    guard let day = Typed.day(happenedOn, "happened_on", &problems), day != today else { return now }
    if day > today { problems["happened_on"] = NoteWords.notYet }
    return Instant(startOf: day, in: zone).adding(seconds: 12 * 3_600)
  }
}

/// What the form of a note shows.
struct NoteForm: Codable, Equatable, Sendable, Tagged {
  let id: Note.ID?
  let customerId: Customer.ID
  let input: NoteInput

  var tag: String? { input.version?.description }
}

struct NoteRoutes: Sendable {
  let services: Services

  var all: [Route] {
    [
      Route(
        .post, "/customers/{id}/notes", Word("记一笔", "Write a note"), success: 201, create, view: NotePages.form),
      Route(.get, "/notes/{id}/edit", Word("编辑记录的表单", "Form of a note"), edit, view: NotePages.form),
      Route(.put, "/notes/{id}", Word("修改记录", "Change a note"), update, view: NotePages.form),
      .patch(
        "/notes/{id}", Word("修改记录的几个字段", "Change some fields of a note"), of: present, update, view: NotePages.form),
      Route(.delete, "/notes/{id}", Word("删除记录", "Delete a note"), canBeUndone: true, destroy, view: NotePages.form),
      Route(.post, "/notes/{id}/pin", Word("置顶", "Pin a note"), pin, view: NotePages.form),
      Route(.delete, "/notes/{id}/pin", Word("取消置顶", "Unpin a note"), success: 204, unpin, view: NotePages.form),
    ]
  }

  @Sendable func create(_ input: NoteInput, _ call: Call) async throws -> Answer<NoteForm> {
    let access = try call.access
    let customer: Customer.ID = try call.parameter("id")
    let (now, id): (Instant, Note.ID) = (services.clock(), services.ids.next())
    return try await services.db.write { tx in
      guard try Customer.find(customer, access, in: tx) != nil else { throw AppError.notFound }
      var problems = Problems.none
      let text = Typed.text(input.text, "text", limit: 10_000, required: true, &problems)
      let happenedAt = input.moment(now: now, in: call.reader.timeZone, &problems)
      guard problems.isEmpty else { return .invalid(NoteForm(id: nil, customerId: customer, input: input), problems) }
      try tx.insert(
        Note(
          id: id, customerId: customer, kind: input.kind ?? .note, topic: input.topic ?? .none, text: text,
          happenedAt: happenedAt, createdAt: now, createdBy: access.user, updatedAt: now, updatedBy: access.user))
      var input = input
      input.version = now
      let form = NoteForm(id: id, customerId: customer, input: input)
      return .created(form, at: "/customers/\(customer)", saying: NoteWords.recorded)
    }
  }

  @Sendable func edit(_: Nothing, _ call: Call) async throws -> Answer<NoteForm> {
    .show(Self.form(try await found(call), call))
  }

  @Sendable private func present(_ call: Call) async throws -> NoteInput { Self.input(try await found(call), call) }

  private func found(_ call: Call) async throws -> Note {
    let access = try call.access
    let id: Note.ID = try call.parameter("id")
    return try await services.db.read { tx in try Note.found(id, access, in: tx) }
  }

  @Sendable func update(_ input: NoteInput, _ call: Call) async throws -> Answer<NoteForm> {
    let (access, now) = (try call.access, services.clock())
    let id: Note.ID = try call.parameter("id")
    return try await services.db.write { tx in
      try tx.hold(Note.self, id)
      var note = try Note.found(id, access, in: tx)
      var (input, stands, problems) = (input, Self.input(note, call), Problems.none)
      note.text = Typed.text(input.text, "text", limit: 10_000, required: true, &problems)
      note.kind = input.kind ?? note.kind
      note.topic = input.topic ?? note.topic
      let day = note.happenedAt.day(in: call.reader.timeZone).description
      if let typed = input.happenedOn, typed != day {
        note.happenedAt = input.moment(now: now, in: call.reader.timeZone, &problems)
      }
      try call.check(&input.version, is: note.updatedAt, by: note.updatedBy, &problems, in: tx) { [input] in
        differing(stands, from: input, NotePages.labels)
      }
      guard problems.isEmpty else {
        return .invalid(NoteForm(id: id, customerId: note.customerId, input: input), problems)
      }
      note.change(at: now, by: access.user)
      try tx.update(note)
      input.version = note.updatedAt
      let form = NoteForm(id: id, customerId: note.customerId, input: input)
      return .changed(form, at: "/customers/\(note.customerId)", saying: NoteWords.saved)
    }
  }

  @Sendable func destroy(_: Nothing, _ call: Call) async throws -> Answer<NoteForm> {
    let access = try call.access
    let id: Note.ID = try call.parameter("id")
    return try await services.db.write { [services] tx in
      let note = try Note.found(id, access, in: tx)
      let undo = try Deletion.keep(.note(note), services, by: access.user, in: tx)
      try tx.delete(Note.self, id)
      return .removed(at: "/customers/\(note.customerId)", saying: NoteWords.removed, undo: undo)
    }
  }

  @Sendable func pin(_: Nothing, _ call: Call) async throws -> Answer<NoteForm> {
    let note = try await setPin(services.clock(), call)
    return .changed(Self.form(note, call), at: "/customers/\(note.customerId)")
  }

  @Sendable func unpin(_: Nothing, _ call: Call) async throws -> Answer<NoteForm> {
    .removed(at: "/customers/\(try await setPin(nil, call).customerId)")
  }

  private func setPin(_ instant: Instant?, _ call: Call) async throws -> Note {
    let access = try call.access
    let id: Note.ID = try call.parameter("id")
    return try await services.db.write { tx in
      try tx.hold(Note.self, id)
      var note = try Note.found(id, access, in: tx)
      note.pinnedAt = instant
      try tx.update(note)
      return note
    }
  }

  private static func form(_ note: Note, _ call: Call) -> NoteForm {
    NoteForm(id: note.id, customerId: note.customerId, input: input(note, call))
  }

  private static func input(_ note: Note, _ call: Call) -> NoteInput {
    NoteInput(
      text: note.text, kind: note.kind, topic: note.topic,
      happenedOn: note.happenedAt.day(in: call.reader.timeZone).description, version: note.updatedAt)
  }
}

extension Note {
  /// - Throws: ``AppError/notFound`` when there is no such note, or none the caller may see.
  static func found(_ id: ID, _ access: Access, in tx: Transaction) throws -> Note {
    let note: Note? = try tx.first(
      """
      SELECT note.* FROM note JOIN customer ON customer.id = note.customer_id
      WHERE note.id = \(id) AND \(access.customers)
      """)
    guard let note else { throw AppError.notFound }
    return note
  }
}
