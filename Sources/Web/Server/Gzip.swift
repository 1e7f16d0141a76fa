import CZlib

/// Compression of what goes out, by zlib.
enum Gzip {
  /// Whether content of this type gets smaller.
  static func helps(_ type: String) -> Bool {
    ["text/", "application/json", "application/problem+json", "image/svg"].contains { type.hasPrefix($0) }
  }

  /// The bytes in gzip format; as they are when zlib refuses.
  static func compressed(_ bytes: [UInt8], level: CInt = 4) -> [UInt8] {
    var stream = z_stream()
    let isReady = deflateInit2_(
      &stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    guard isReady == Z_OK else { return bytes }
    defer { deflateEnd(&stream) }
    let limit = Int(deflateBound(&stream, UInt(bytes.count)))
    var source = bytes
    return source.withUnsafeMutableBufferPointer { source in
      [UInt8](unsafeUninitializedCapacity: limit) { target, count in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(limit)
        deflate(&stream, Z_FINISH)
        count = Int(stream.total_out)
      }
    }
  }
}
