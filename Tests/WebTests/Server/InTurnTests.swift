import TestKit
import Testing

@testable import Web

@Suite struct InTurnTests {
  private actor Diary {
    private(set) var running = 0
    private(set) var most = 0
    private(set) var order: [Int] = []

    func begins() {
      running += 1
      most = max(most, running)
    }

    func ends(_ number: Int) {
      running -= 1
      order.append(number)
    }
  }

  @Test func oneAtATimeInTheOrderTheyCame() async throws {
    let turns = InTurn<Int>()
    let diary = Diary()
    try await withThrowingTaskGroup { group in
      for number in 0..<4 {
        group.addTask {
          // Each comes when those before it wait or work.
          while await diary.order.count < number, turns.count(1) < number { await Task.yield() }
          try await turns.run(1) {
            await diary.begins()
            for _ in 0..<50 { await Task.yield() }
            await diary.ends(number)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(await diary.order == [0, 1, 2, 3])
    #expect(await diary.most == 1)
    #expect(turns.count(1) == 0)
  }

  @Test func othersNeedNotWait() async throws {
    let turns = InTurn<Int>()
    let inner = try await turns.run(1) { try await turns.run(2) { "both" } }
    #expect(inner == "both")
  }

  @Test func tooManyAreTurnedAway() async throws {
    let turns = InTurn<Int>(most: 1)
    let waiting = try await turns.run(1) {
      let second = Task { try await turns.run(1) { true } }
      while turns.count(1) < 2 { await Task.yield() }
      await #expect(throws: AppError.self) { try await turns.run(1) { false } }
      return second
    }
    #expect(try await waiting.value)
  }

  @Test func someAtATime() async throws {
    let turns = InTurn<Int>(atOnce: 2)
    let diary = Diary()
    try await withThrowingTaskGroup { group in
      for number in 0..<6 {
        group.addTask {
          try await turns.run(1) {
            await diary.begins()
            // The second comes while the first is at work.
            if number == 0 { while await diary.most < 2 { await Task.yield() } }
            for _ in 0..<20 { await Task.yield() }
            await diary.ends(number)
          }
        }
        if number == 0 { while turns.count(1) == 0 { await Task.yield() } }
      }
      try await group.waitForAll()
    }
    #expect(await diary.most == 2)
    #expect(await Set(diary.order) == Set(0..<6))
    #expect(turns.count(1) == 0)
  }

  @Test func whoFailsMakesRoom() async throws {
    let turns = InTurn<Int>()
    await #expect(throws: CancellationError.self) { try await turns.run(1) { throw CancellationError() } }
    #expect(try await turns.run(1) { true })
  }
}
