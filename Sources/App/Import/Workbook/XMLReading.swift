import CExpat
import Glibc

/// What is done with the elements of a part of a workbook as they come by. Names come without their prefix.
protocol XMLListener: AnyObject {
  func began(_ name: XMLName, _ attributes: XMLAttributes)
  func ended(_ name: XMLName)
  func text(_ bytes: UnsafeBufferPointer<UInt8>)
  /// Whether nothing further is wanted.
  var isDone: Bool { get }
}

/// The name of an element, valid only while it comes by.
struct XMLName {
  private let start: UnsafePointer<CChar>

  init(_ name: UnsafePointer<CChar>) {
    start = strrchr(name, CInt(UInt8(ascii: ":"))).map { UnsafePointer($0 + 1) } ?? name
  }

  static func == (name: XMLName, text: StaticString) -> Bool {
    strcmp(name.start, UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
  }
}

/// The attributes of an element, valid only while it comes by.
struct XMLAttributes {
  fileprivate let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  /// The value of the attribute of this name, whatever its prefix.
  func bytes(_ name: StaticString) -> UnsafePointer<CChar>? {
    var index = 0
    while let key = pairs?[index] {
      if XMLName(key) == name { return pairs?[index + 1] }
      index += 2
    }
    return nil
  }

  subscript(_ name: StaticString) -> String? { bytes(name).map { String(cString: $0) } }
}

extension Archive {
  /// Reads a part as XML. Documents that declare a type of their own are refused, and entities with them.
  func parse(_ name: String, _ listener: some XMLListener) throws(ReadingProblem) {
    guard let parser = XML_ParserCreate(nil) else { throw .cannotRead(reason: "no memory") }
    defer { XML_ParserFree(parser) }
    let reader = XMLReader(listener, parser)
    XML_SetUserData(parser, Unmanaged.passUnretained(reader).toOpaque())
    XMLReader.connect(parser)
    try withExtendedLifetime(reader) { () throws(ReadingProblem) in
      try read(name) { bytes throws(ReadingProblem) in
        let isFine = bytes.withMemoryRebound(to: CChar.self) {
          XML_Parse(parser, $0.baseAddress, CInt($0.count), 0) == XML_STATUS_OK
        }
        if listener.isDone { return false }
        guard isFine else { throw .workbookDamaged(part: name) }
        return true
      }
    }
    guard listener.isDone || XML_Parse(parser, nil, 0, 1) == XML_STATUS_OK else { throw .workbookDamaged(part: name) }
  }
}

/// Stands between expat's functions and a listener.
private final class XMLReader {
  private let listener: any XMLListener
  private let parser: XML_Parser

  init(_ listener: any XMLListener, _ parser: XML_Parser) {
    self.listener = listener
    self.parser = parser
  }

  static func connect(_ parser: XML_Parser) {
    XML_SetElementHandler(
      parser,
      { reader, name, attributes in
        guard let name, let reader = XMLReader.of(reader) else { return }
        reader.listener.began(XMLName(name), XMLAttributes(pairs: attributes))
        reader.stopIfDone()
      },
      { reader, name in
        guard let name, let reader = XMLReader.of(reader) else { return }
        reader.listener.ended(XMLName(name))
        reader.stopIfDone()
      })
    XML_SetCharacterDataHandler(parser) { reader, start, count in
      guard let start, let reader = XMLReader.of(reader) else { return }
      start.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
        reader.listener.text(UnsafeBufferPointer(start: $0, count: Int(count)))
      }
    }
    XML_SetStartDoctypeDeclHandler(parser) { reader, _, _, _, _ in
      guard let reader = XMLReader.of(reader) else { return }
      XML_StopParser(reader.parser, 0)
    }
  }

  private func stopIfDone() { if listener.isDone { XML_StopParser(parser, 0) } }

  private static func of(_ pointer: UnsafeMutableRawPointer?) -> XMLReader? {
    pointer.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
  }
}
