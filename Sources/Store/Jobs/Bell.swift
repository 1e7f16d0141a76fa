import Synchronization

/// Wakes those who wait, before their time is over.
final class Bell: Sendable {
  private struct State {
    var rings = 0
    var sleepers: [Int: Task<Void, Never>] = [:]
    var nextSleeper = 0
  }
  private let state = Mutex(State())

  /// How often it was rung; read it before looking for work, so that no ring is missed.
  var rings: Int { state.withLock { $0.rings } }

  @Sendable func ring() {
    let sleepers = state.withLock { state in
      state.rings += 1
      return state.sleepers.values
    }
    for sleeper in sleepers { sleeper.cancel() }
  }

  /// Returns when it was rung since `rings` was read, after `limit`, or when the task is cancelled.
  func wait(since rings: Int, atMost limit: Duration) async {
    let sleeper = Task { _ = try? await Task.sleep(for: limit) }
    let number = state.withLock { state -> Int in
      if state.rings != rings { sleeper.cancel() }
      state.nextSleeper += 1
      state.sleepers[state.nextSleeper] = sleeper
      return state.nextSleeper
    }
    await withTaskCancellationHandler {
      await sleeper.value
    } onCancel: {
      sleeper.cancel()
    }
    _ = state.withLock { $0.sleepers.removeValue(forKey: number) }
  }
}
