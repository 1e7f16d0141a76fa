import Store

/// Finds the products that lines of orders speak of: by code, else by name.
struct ProductFinder {
  private var codes: [String: Product.ID] = [:]
  private var names: [String: [(id: Product.ID, hasCode: Bool)]] = [:]

  init(_ lines: some Sequence<FiledOrder.Line>, _ context: ImportContext, in tx: Transaction) throws {
    var wanted: Set<String> = []
    var called: Set<String> = []
    for line in lines where line.namesProduct {
      if !line.productNumber.isEmpty { wanted.insert(line.productNumber) }
      if !line.productName.isEmpty { called.formUnion(Pinyin.sortKeys(line.productName)) }
    }
    guard !wanted.isEmpty || !called.isEmpty else { return }
    let (numbers, keys) = (Array(wanted), Array(called))
    try tx.each(
      "SELECT id, outside_id FROM product WHERE outside_source = \(context.source) AND outside_id IN \(in: numbers)"
    ) { codes[try $0[1]] = try $0[0] }
    try tx.each(
      """
      SELECT id, name, CASE WHEN outside_id IS NULL THEN 0 ELSE 1 END FROM product
      WHERE sort_name IN \(in: keys) ORDER BY id
      """
    ) { names[try $0[1], default: []].append((try $0[0], try $0[2])) }
  }

  /// The product of a line, made when there is none; nil when the line names none.
  func product(
    of line: FiledOrder.Line, _ context: ImportContext, _ memory: inout ImportMemory, _ plan: inout ImportPlan
  ) -> Product.ID? {
    guard line.namesProduct else { return nil }
    if let id = known(line, memory) { return id }
    var product = Product(
      id: context.ids.next(), name: line.productName.isEmpty ? line.productNumber : line.productName,
      currency: context.currency, at: context.stamp, by: context.user)
    product.outsideSource = context.source
    product.outsideId = line.productNumber.isEmpty ? nil : line.productNumber
    (product.category, product.brand) = (line.productCategory, line.productBrand)
    if let code = product.outsideId { memory.productCodes[code] = product.id }
    if product.outsideId == nil || memory.productNames[product.name] == nil {
      memory.productNames[product.name] = product.id
    }
    plan.products.append(product)
    plan.counts.products.new += 1
    return product.id
  }

  /// A code goes before a name; a name alone is enough for a product whose code nobody knows.
  private func known(_ line: FiledOrder.Line, _ memory: ImportMemory) -> Product.ID? {
    let candidates = names[line.productName] ?? []
    if line.productNumber.isEmpty { return candidates.first?.id ?? memory.productNames[line.productName] }
    if let id = codes[line.productNumber] ?? memory.productCodes[line.productNumber] { return id }
    return candidates.first { !$0.hasCode }?.id
  }
}
