import Analytics
import Testing

@Suite(.enabled(if: CDNOW.isThere, Comment(rawValue: CDNOW.absence)))
struct CDNOWTests {
  @Test func bgNBD() throws {
    let histories = try CDNOW.sample().histories.map(\.history)
    #expect(histories.count == 2357)
    #expect(histories.count { $0.frequency > 0 } == 946)
    let fit = try PurchaseFit(.bgNBD, to: histories).estimate
    print(fit)
    print(try PurchaseFit(.mbgNBD, to: histories).estimate)
    print(try PurchaseFit(.paretoNBD, to: histories).estimate)
  }
}
