/// What a column can hold, on both engines.
public enum Value: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])
}

/// A type that can be bound into an ``SQL`` literal and read back from a column.
public protocol Bindable: Sendable {
  /// The column value that stands for this one.
  var value: Value { get }
  /// Reads a column value; nil when it is of another kind.
  init?(value: Value)
}

/// Whole numbers that fit 64 bits with a sign.
extension Bindable where Self: FixedWidthInteger {
  public var value: Value { .integer(Int64(clamping: self)) }
  public init?(value: Value) {
    guard case .integer(let number) = value else { return nil }
    self.init(exactly: number)
  }
}

extension Int: Bindable {}
extension Int8: Bindable {}
extension Int16: Bindable {}
extension Int32: Bindable {}
extension Int64: Bindable {}
extension UInt8: Bindable {}
extension UInt16: Bindable {}
extension UInt32: Bindable {}

/// Stored as 0 or 1, which both engines compare alike.
extension Bool: Bindable {
  public var value: Value { .integer(self ? 1 : 0) }
  public init?(value: Value) {
    guard case .integer(let number) = value else { return nil }
    self = number != 0
  }
}

extension Double: Bindable {
  public var value: Value { .real(self) }
  public init?(value: Value) {
    switch value {
    case .real(let number): self = number
    case .integer(let number): self = Double(number)
    default: return nil
    }
  }
}

extension Float: Bindable {
  public var value: Value { .real(Double(self)) }
  public init?(value: Value) { self.init(Double(value: value) ?? .nan); if isNaN { return nil } }
}

extension String: Bindable {
  public var value: Value { .text(self) }
  public init?(value: Value) {
    guard case .text(let text) = value else { return nil }
    self = text
  }
}

extension [UInt8]: Bindable {
  public var value: Value { .blob(self) }
  public init?(value: Value) {
    guard case .blob(let bytes) = value else { return nil }
    self = bytes
  }
}

/// An enumeration of names is stored as its name.
extension RawRepresentable where Self: Bindable, RawValue == String {
  public var value: Value { .text(rawValue) }
  public init?(value: Value) {
    guard case .text(let text) = value else { return nil }
    self.init(rawValue: text)
  }
}
