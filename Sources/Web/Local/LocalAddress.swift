import Foundation

/// Where a socket of this machine is: a file. Its path may be of any length, though sockets take only some hundred bytes.
public struct LocalAddress: Sendable {
  /// Of the file.
  public let path: String

  /// - Parameter file: what it stands beside; a long name is shortened to its digest, the same for everybody.
  public init(beside file: String) {
    let url = URL(fileURLWithPath: file)
    let name = url.lastPathComponent + ".socket"
    let short = Digest.sha256(Array(name.utf8)).prefix(12).map { String($0, radix: 16) }.joined() + ".socket"
    path = url.deletingLastPathComponent().appendingPathComponent(name.utf8.count <= 80 ? name : short).path
  }

  /// A new socket, bound or connected to the file.
  /// - Parameter join: `bind` or `connect`.
  func socket(
    _ join: (CInt, UnsafePointer<sockaddr>, socklen_t) -> CInt
  ) throws -> CInt {
    #if canImport(Glibc)
    let (stream, closing) = (CInt(SOCK_STREAM.rawValue), CInt(SOCK_CLOEXEC.rawValue))
    #else
    let (stream, closing) = (SOCK_STREAM, CInt(0))
    #endif
    let descriptor = Foundation.socket(AF_UNIX, stream | closing, 0)
    guard descriptor >= 0 else { throw Self.error }
    do {
      // Nobody else may even knock.
      guard fchmod(descriptor, 0o600) == 0, try within({ try Self.join($0, descriptor, join) }) == 0 else {
        throw Self.error
      }
      return descriptor
    } catch {
      close(descriptor)
      throw error
    }
  }

  private static func join(
    _ path: String, _ descriptor: CInt, _ join: (CInt, UnsafePointer<sockaddr>, socklen_t) -> CInt
  ) throws -> CInt {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { throw POSIXError(.ENAMETOOLONG) }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        join(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  /// Gives the body a path that is short enough.
  private func within<Result>(_ body: (String) throws -> Result) throws -> Result {
    if path.utf8.count <= 100 { return try body(path) }
    let url = URL(fileURLWithPath: path)
    let folder = open(url.deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw Self.error }
    defer { close(folder) }
    return try body("/proc/self/fd/\(folder)/\(url.lastPathComponent)")
  }

  private static var error: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }

  /// Removes what a server left there; nothing that is no socket.
  func clear() {
    var found = stat()
    guard lstat(path, &found) == 0, found.st_mode & S_IFMT == S_IFSOCK else { return }
    unlink(path)
  }
}

/// Who is at the other end of a socket of this machine.
struct LocalPeer {
  // As Linux lays it out.
  let process: Int32
  let user: UInt32
  let group: UInt32

  /// Whether they may have from each other what they ask for: the same person, or the one who may have everything.
  var isTrusted: Bool { user == geteuid() || user == 0 }
}
