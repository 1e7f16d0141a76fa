import Analytics
import Testing

struct ContractTests {
  /// Fader & Hardie 2007, table 1 and section 4: years 0 to 7 of a thousand customers each.
  @Test func publishedFits() throws {
    let highEnd = try #require(ContractHistory.cohort(survivors: [1000, 869, 743, 653, 593, 551, 517, 491]))
    let regular = try #require(ContractHistory.cohort(survivors: [1000, 631, 468, 382, 326, 289, 262, 241]))
    let fits = try [ContractFit(to: highEnd), ContractFit(to: regular)]
    expect(fits[0].estimate.values, near: [0.668, 3.806], absolute: 0.0005)
    expect(fits[1].estimate.values, near: [0.704, 1.182], absolute: 0.0005)
    // Projected five years on, within two percentage points of what happened.
    #expect(abs(fits[0].survival(after: 12) - 0.394) < 0.02)
    #expect(abs(fits[1].survival(after: 12) - 0.173) < 0.02)
  }

  @Test func survivalIsTheProductOfRetentions() throws {
    let cohort = try #require(ContractHistory.cohort(survivors: [50, 30, 25, 22]))
    let fit = try ContractFit(to: cohort)
    let retentions = (0..<6).map { fit.retention(after: $0) }
    let product = retentions.reduce(1) { $0 * $1.value }
    expect([fit.survival(after: 6)], near: [product], relative: 1e-12)
    #expect(zip(retentions, retentions.dropFirst()).allSatisfy { $0.value < $1.value })
    #expect(retentions.allSatisfy { 0 < $0.lower && $0.lower < $0.value && $0.value < $0.upper && $0.upper < 1 })
    let renewals = try #require(fit.discountedRenewals(after: 2, periods: 3, discountRate: 0))
    let expected = (3...5).reduce(0) { $0 + fit.survival(after: $1) / fit.survival(after: 2) }
    expect([renewals], near: [expected], relative: 1e-12)
  }

  @Test func nothingToLearnFrom() throws {
    #expect(throws: FitError.noCustomers) { try ContractFit(to: []) }
    let running = try #require(ContractHistory.cohort(survivors: [10, 10, 10]))
    #expect(throws: FitError.noChurn) { try ContractFit(to: running) }
    let gone = try #require(ContractHistory.cohort(survivors: [10, 0]))
    #expect(throws: FitError.noChurn) { try ContractFit(to: gone) }
    #expect(ContractHistory.cohort(survivors: [10, 11]) == nil)
    #expect(ContractHistory(renewalsDue: 0, hasEnded: true) == nil)
  }
}
