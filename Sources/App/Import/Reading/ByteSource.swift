import CZip
import Glibc

/// The raw bytes of a file or an upload, readable from any place and any number of times.
struct ByteSource: Sendable {
  private enum Place: Sendable {
    case memory([UInt8])
    case file(OpenFile)
  }

  private let place: Place

  init(_ bytes: [UInt8]) {
    place = .memory(bytes)
  }

  init(path: String) throws(ReadingProblem) {
    place = .file(try OpenFile(path: path))
  }

  /// Bytes in all, for progress; 0 when the system does not say.
  var count: Int {
    switch place {
    case .memory(let bytes): bytes.count
    case .file(let file): file.size
    }
  }

  /// Up to `count` bytes from `offset`; fewer only at the end.
  func read(at offset: Int, count: Int) throws(ReadingProblem) -> [UInt8] {
    switch place {
    case .memory(let bytes): Array(bytes.dropFirst(max(0, offset)).prefix(max(0, count)))
    case .file(let file): try file.read(at: offset, count: count)
    }
  }
}

extension ByteSource {
  /// The same bytes as libzip reads them; nil when they are no archive.
  func openArchive() -> OpaquePointer? {
    switch place {
    case .file(let file): return zip_fdopen(file.duplicate(), 0, nil)
    case .memory(let bytes):
      // libzip takes the copy over and frees it.
      guard let copy = malloc(max(1, bytes.count)) else { return nil }
      bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(start: copy, count: $0.count).copyMemory(from: $0) }
      guard let source = zip_source_buffer_create(copy, UInt64(bytes.count), 1, nil) else { return nil }
      guard let archive = zip_open_from_source(source, ZIP_RDONLY, nil) else {
        zip_source_free(source)
        return nil
      }
      return archive
    }
  }
}

/// A file held open for as long as somebody reads it. `pread` keeps no position, so copies never disturb each
/// other.
private final class OpenFile: Sendable {
  private let descriptor: Int32

  init(path: String) throws(ReadingProblem) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw .cannotOpen(path: path, reason: Self.reason(errno)) }
  }

  deinit {
    close(descriptor)
  }

  /// For a reader that closes what it was given.
  func duplicate() -> Int32 { fcntl(descriptor, F_DUPFD_CLOEXEC, 0) }

  var size: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  func read(at offset: Int, count: Int) throws(ReadingProblem) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, filled in
      while filled < buffer.count {
        let got = pread(
          descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled, off_t(offset + filled))
        if got > 0 {
          filled += got
        } else if got < 0 && errno == EINTR {
          continue
        } else {
          failure = got < 0 ? errno : 0
          break
        }
      }
    }
    if failure != 0 { throw .cannotRead(reason: Self.reason(failure)) }
    return bytes
  }

  private static func reason(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
