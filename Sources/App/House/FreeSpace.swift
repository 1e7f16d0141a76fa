import Foundation

/// What is free on the disk of a file or folder.
enum FreeSpace {
  /// Nil where it cannot be told. Of what is not there yet, the nearest folder above it counts.
  static func bytes(at path: String) -> Int64? {
    var place = URL(fileURLWithPath: path)
    while !FileManager.default.fileExists(atPath: place.path), place.path != "/" { place.deleteLastPathComponent() }
    let values = try? FileManager.default.attributesOfFileSystem(forPath: place.path)
    return (values?[.systemFreeSize] as? NSNumber)?.int64Value
  }
}
