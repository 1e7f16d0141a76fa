import Testing

func expect(
  _ values: [Double], near expected: [Double], relative: Double, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(values.count == expected.count, sourceLocation: sourceLocation)
  for (value, expected) in zip(values, expected) {
    #expect(abs(value - expected) <= relative * abs(expected), "\(value), \(expected)", sourceLocation: sourceLocation)
  }
}

func expect(
  _ values: [Double], near expected: [Double], absolute: Double, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(values.count == expected.count, sourceLocation: sourceLocation)
  for (value, expected) in zip(values, expected) {
    #expect(abs(value - expected) <= absolute, "\(value), \(expected)", sourceLocation: sourceLocation)
  }
}
