import Testing

@testable import Analytics

struct ProbabilityBandTests {
  @Test func tenBands() {
    let probabilities = [0, 0.05, 0.1, 0.55, 0.95, 1]
    let bands = ProbabilityBand.ten(probabilities, happened: [false, true, false, true, true, true])
    #expect(bands.map(\.customers) == [2, 1, 0, 0, 0, 1, 0, 0, 0, 2])
    #expect(bands.map(\.happened) == [1, 0, 0, 0, 0, 1, 0, 0, 0, 2])
    #expect(bands[0].meanPredicted == 0.025 && bands[0].share == 0.5)
    #expect(bands[2].meanPredicted == nil && bands[2].share == nil && bands[2].holds)
    #expect(bands[9].lower == 0.9 && bands[9].upper == 1)
  }

  /// With z² = 6.634897: of none in ten at most z² / (10 + z²); of 30 in 100 the roots of
  /// `(p − 0.3)² = z² p (1 − p) / 100`, which add up to (60 + z²) / (100 + z²) and have the product 9 / (100 + z²).
  @Test func wilsonsInterval() {
    let none = band(happened: 0, of: 10, predicted: 0.1).interval
    expect([none.lowerBound, none.upperBound], near: [0, 0.398854], absolute: 1e-6)
    let some = band(happened: 30, of: 100, predicted: 0.3).interval
    expect([some.lowerBound + some.upperBound], near: [66.634897 / 106.634897], absolute: 1e-6)
    expect([some.lowerBound * some.upperBound], near: [9 / 106.634897], absolute: 1e-6)
  }

  @Test func holdsWhatIsWithin() {
    #expect(band(happened: 30, of: 100, predicted: 0.42).holds)
    #expect(!band(happened: 30, of: 100, predicted: 0.43).holds)
    #expect(!band(happened: 0, of: 10, predicted: 0.4).holds)
  }

  private func band(happened: Int, of customers: Int, predicted: Double) -> ProbabilityBand {
    ProbabilityBand(lower: 0, upper: 0.5, customers: customers, happened: happened, meanPredicted: predicted)
  }
}
