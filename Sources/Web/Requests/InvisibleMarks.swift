extension Unicode.Scalar {
  /// Marks that nobody sees, which programs put around what is copied from them: directions of writing, places where a
  /// word may break or must not, the mark of an encoding. A number or an address is the same with them and without.
  public var isInvisibleMark: Bool {
    switch value {
    case 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF: true
    default: false
    }
  }
}
