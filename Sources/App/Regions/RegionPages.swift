import Web

enum RegionPages {
  private typealias Words = RegionWords

  static func index(_ tree: RegionTree, _: Problems) -> Page {
    guard tree.provinces.count == 1, let province = tree.provinces.first else { return country(tree) }
    return Page(
      Word(same: province.name),
      """
      <header class='page-head'><div>
        <nav class='crumbs' aria-label='\(Words.place)'><a href='/regions'>\(Words.title)</a>\(icon("chevron-right"))\
      <span>\(province.shortName)</span></nav>
        <h1>\(province.name)</h1><p class='sub'>\(Words.hint)</p></div>
        <div class='actions'><a class='button' href='/customers?region=\(province.code)'>\(icon("customers"))\
      \(Words.customers)</a></div></header>
      <div class='stack'>\(province.cities.html(city))</div>
      """)
  }

  private static func country(_ tree: RegionTree) -> Page {
    Page(
      Words.title,
      """
      <header class='page-head'><div><h1>\(Words.title)</h1></div></header>
      <ul class='more-list'>\(tree.provinces.html { province in
        """
        <li><a href='/regions?within=\(province.code)'>\(icon("pin"))\(province.name) \
        <span class='muted'>\(Words.parts(province.cities.count))</span></a></li>
        """
      })</ul>
      """)
  }

  private static func city(_ city: RegionTree.City) -> HTML {
    let districts = city.districts.html {
      "<a class='chip' href='/customers?region=\($0.code)'>\($0.name)</a> "
    }
    return """
      <section class='panel'><header><h2><a href='/customers?region=\(city.code)'>\(city.name)</a></h2></header>
        \(city.districts.isEmpty ? .empty : "<div class='body'><div class='chips'>\(districts)</div></div>")</section>
      """
  }
}
