/// Why no model could be fitted.
public enum FitError: Error, Hashable, Codable, CustomStringConvertible {
  case noCustomers
  case tooFewCustomers(Int)
  case noRepeatPurchases
  case noSpend
  case noChurn
  /// A baseline, which is counted.
  case nothingToFit
  case notConverged(iterations: Int)

  /// Whether there is too little to learn from, which is no fault.
  public var isOfTooFew: Bool {
    switch self {
    case .noCustomers, .tooFewCustomers, .noRepeatPurchases: true
    default: false
    }
  }

  public var description: String {
    switch self {
    case .noCustomers: "There are no customers to learn from."
    case .tooFewCustomers(let count): "There are only \(count) customers; 30 are needed to learn from."
    case .noRepeatPurchases: "No customer has bought a second time, so purchase rates cannot be estimated."
    case .noSpend: "No customer has a positive spend to learn from."
    case .noChurn: "No contract was ended or none renewed, so retention cannot be estimated."
    case .nothingToFit: "This forecast is counted, not fitted."
    case .notConverged(let iterations): "No maximum of the likelihood was found in \(iterations) steps."
    }
  }
}

/// What to know before trusting a fit.
public enum FitWarning: Codable, Hashable, Sendable, CustomStringConvertible {
  /// The likelihood hardly changes along a ridge: the parameter is known only within a factor of e² or worse.
  case flatRidge(parameter: String)
  /// The likelihood rises towards the end of the parameter's range: customers are more alike than the model has them.
  case boundary(parameter: String)
  /// Fewer than 100 customers have bought again.
  case tooFewRepeaters(Int)
  /// The mean spend of a random customer does not exist (q ≤ 1).
  case noMeanSpend
  /// Everybody is taken to be active, since the data are too few to say who has left.
  case assumesNobodyLeaves
  /// Spend per purchase could not be fitted: each customer's mean is drawn towards that of all.
  case shrunkenSpend
  /// Customers left out, as their spend is zero or negative or not a number.
  case leftOut(customers: Int)

  public var description: String {
    switch self {
    case .flatRidge(let parameter): "The data say little about \(parameter); forecasts may still be good."
    case .boundary(let parameter): "\(parameter) ran to the end of its range; a simpler model would do."
    case .tooFewRepeaters(let count): "Only \(count) customers have bought again; 100 are needed for a sound fit."
    case .noMeanSpend: "Spend varies so much that its mean over customers does not exist."
    case .assumesNobodyLeaves: "Too few data to tell who has left: everybody counts as active."
    case .shrunkenSpend: "Each customer's spend per purchase is drawn towards the mean of all."
    case .leftOut(let customers): "\(customers) customers were left out, as their spend is not positive."
    }
  }
}
