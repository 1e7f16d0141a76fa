import Foundation

extension PurchaseModel {
  /// How often the customer will buy in the `weeks` after the as-of date: nothing more where it has left, which is
  /// uncertain itself.
  public func futurePurchases(_ history: PurchaseHistory, weeks: Double) -> CountDistribution {
    futurePurchasesIfAlive(history, weeks: weeks).scaled(by: pAlive(history))
  }
}

extension CountDistribution {
  /// More than can happen to be counted one by one.
  private static let most = 20_000

  /// From a rate that is Gamma distributed, in the time until a customer leaves.
  /// - Parameters:
  ///   - counts: of one who stays.
  ///   - staying: of `survival`, how much is left when customers leave; given the number of purchases counted as one.
  init(_ counts: NegativeBinomial, _ staying: (_ most: Int, _ unit: Int) -> [Double]) {
    let unit = max(1, counts.most / Self.most)
    let shown = NegativeBinomial(shape: counts.shape, time: counts.time / Double(unit))
    var survival = staying(min(shown.most, 2 * Self.most), unit)
    while let last = survival.last, last < 1e-9 { survival.removeLast() }
    self.init(survival: survival, unit: unit)
  }
}

extension CountDistribution {
  init(_ counts: NegativeBinomial) {
    self.init(counts) { most, unit in
      NegativeBinomial(shape: counts.shape, time: counts.time / Double(unit)).survival(most)
    }
  }
}

extension NBD {
  func noPurchaseIfAlive(_ history: PurchaseHistory, weeks: Double) -> Double {
    exp(-(rateShape + Double(history.frequency)) * log1p(weeks.asHorizon / (rateScale + history.age)))
  }

  /// Negative binomial.
  func futurePurchasesIfAlive(_ history: PurchaseHistory, weeks: Double) -> CountDistribution {
    CountDistribution(
      NegativeBinomial(
        shape: rateShape + Double(history.frequency), time: weeks.asHorizon / (rateScale + history.age)))
  }
}

extension BetaGeometric {
  /// As of one who never leaves: whoever has not bought has had no occasion to.
  func noPurchaseIfAlive(_ history: PurchaseHistory, weeks: Double) -> Double {
    exp(-(rateShape + Double(history.frequency)) * log1p(weeks.asHorizon / (rateScale + history.age)))
  }

  /// The k-th purchase is made by who would make it and has stayed through the k − 1 before:
  /// `P(J ≥ k) · (b)_{k−1} / (a+b)_{k−1}`, with J negative binomial.
  func futurePurchasesIfAlive(_ history: PurchaseHistory, weeks: Double) -> CountDistribution {
    let counts = NegativeBinomial(
      shape: rateShape + Double(history.frequency), time: weeks.asHorizon / (rateScale + history.age))
    let b = dropoutB + Double(chances(history.frequency))
    return CountDistribution(counts) { most, unit in
      var survival = NegativeBinomial(shape: counts.shape, time: counts.time / Double(unit)).survival(most)
      var staying = 1.0
      for k in survival.indices {
        survival[k] *= staying
        let before = Double(k * unit)
        staying *= pow((b + before) / (dropoutA + b + before), Double(unit))
      }
      return survival
    }
  }
}

extension ParetoNBD {
  func noPurchaseIfAlive(_ history: PurchaseHistory, weeks: Double) -> Double {
    let (horizon, scale) = (weeks.asHorizon, dropoutScale + history.age)
    let (shape, pace) = (rateShape + Double(history.frequency), 1 / (rateScale + history.age))
    var none = exp(-shape * log1p(horizon * pace) - dropoutShape * log1p(horizon / scale))
    let growth = log1p(horizon / scale)
    let panels = 1 + Int(growth * max(dropoutShape, shape * min(scale * pace, 1)) / 8)
    GaussLegendre.forEachNode(from: 0, to: growth, panels: panels) { node, weight in
      none += weight * dropoutShape * exp(-dropoutShape * node - shape * log1p(expm1(node) * scale * pace))
    }
    return min(none, 1)
  }

  /// Negative binomial in the time until the customer leaves, which is Lomax distributed:
  /// `P(K ≥ k) = P(J_t ≥ k) (1 + t/β′)^{−s} + ∫₀ᵗ s/β′ (1 + u/β′)^{−s−1} P(J_u ≥ k) du` with `β′ = β + T`.
  ///
  /// By quadrature in `ln(β′ + u)`; the mean agrees with the closed form to 1e-6 of itself.
  func futurePurchasesIfAlive(_ history: PurchaseHistory, weeks: Double) -> CountDistribution {
    let (horizon, scale) = (weeks.asHorizon, dropoutScale + history.age)
    let (shape, pace) = (rateShape + Double(history.frequency), 1 / (rateScale + history.age))
    return CountDistribution(NegativeBinomial(shape: shape, time: horizon * pace)) { most, unit in
      let growth = log1p(horizon / scale)
      var survival = NegativeBinomial(shape: shape, time: horizon * pace / Double(unit)).survival(most)
      let staying = exp(-dropoutShape * growth)
      for k in survival.indices { survival[k] *= staying }
      let panels = 1 + Int(dropoutShape * growth / 8)
      GaussLegendre.forEachNode(from: 0, to: growth, panels: panels) { node, weight in
        let time = expm1(node) * scale
        let density = dropoutShape * exp(-dropoutShape * node)
        let there = NegativeBinomial(shape: shape, time: time * pace / Double(unit))
        for (k, value) in there.survival(min(there.most, most)).enumerated() { survival[k] += weight * density * value }
      }
      return survival
    }
  }
}
