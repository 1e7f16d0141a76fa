/// A drawing from the sprite; decoration only, so the words beside it must say everything.
public func icon(_ name: StaticString) -> HTML { Icon.use("icon", "\(name)") }

enum Icon {
  private static let sprite = Assets.shared.path("icons.svg")

  static func use(_ style: StaticString, _ name: String) -> HTML {
    "<svg class='\(style)' aria-hidden='true'><use href='\(sprite + "#" + name)'/></svg>"
  }

  static let seal = use("seal", "seal")
}
