/// A drawing from the sprite; decoration only, so the words beside it must say everything.
public func icon(_ name: StaticString) -> HTML { drawing("\(name)") }

/// The same for a name that is only known when the page is made.
public func drawing(_ name: String, style: StaticString = "icon") -> HTML {
  "<svg class='\(style)' aria-hidden='true'><use href='\(sprite + name)'/></svg>"
}

private let sprite = Assets.shared.path("icons.svg") + "#"
