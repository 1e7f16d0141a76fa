import Foundation
import HTTPTypes

extension Call {
  /// An input with what the body names put into it: what is null there is left out (RFC 7396).
  /// - Throws: ``AppError`` for a body that is no JSON object, ``Problems`` for what does not fit.
  public func merged<Input: Codable>(into input: Input) throws -> Input {
    guard isJSONBody || body.isEmpty else { throw AppError.unknownType }
    let present = try JSONSerialization.jsonObject(with: Data(try Wire.encode(input))) as? [String: Any] ?? [:]
    let sent = body.isEmpty ? [:] : try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
    guard let sent else { throw AppError.notAnObject }
    let merged = present.merging(sent) { $1 }.filter { !($0.value is NSNull) }
    return try decoded(Input.self, from: Array(try JSONSerialization.data(withJSONObject: merged)))
  }

  /// The versions that a change is meant for: those in the header `If-Match`; nil where it is not sent.
  public var ifMatch: [String]? {
    condition.map { text in
      text.split(separator: ",").map { tag in
        let tag = tag.trimmingCharacters(in: .whitespaces)
        return (tag.hasPrefix("W/") ? String(tag.dropFirst(2)) : tag).trimmingCharacters(in: ["\""])
      }
    }
  }
}

/// A model of something that has versions.
public protocol Tagged {
  /// Stands for this version in `ETag` and `If-Match`; nil where there is none yet.
  var tag: String? { get }
}
