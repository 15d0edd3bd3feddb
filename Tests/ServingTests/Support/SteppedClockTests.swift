import TestSupport
import Testing

struct SteppedClockTests {
    @Test(.timeLimit(.minutes(1))) func `sleepers wake when their time has come, and not before`() async throws {
        let clock = SteppedClock()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for seconds in 1...3 {
                group.addTask {
                    try await clock.sleep(for: .seconds(seconds))
                    return seconds
                }
            }
            await clock.waitForSleepers(3)
            #expect(clock.remainingSleeps == [.seconds(1), .seconds(2), .seconds(3)])
            clock.advance(by: .seconds(1))
            let first = try await group.next()
            #expect(first == 1)
            clock.advance(by: .milliseconds(500))
            #expect(clock.remainingSleeps == [.milliseconds(500), .milliseconds(1500)])
            clock.advance(by: .seconds(5))
            let others = try await group.reduce(into: Set<Int>()) { $0.insert($1) }
            #expect(others == [2, 3])
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a cancelled sleeper stops sleeping, whenever it is cancelled`() async {
        let clock = SteppedClock()
        for isAsleep in [true, false] {
            let task = Task { try await clock.sleep(for: .seconds(1)) }
            if isAsleep { await clock.waitForSleepers() }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(clock.remainingSleeps.isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a sleep until what is past is none`() async throws {
        let clock = SteppedClock()
        let past = clock.now
        clock.advance(by: .seconds(1))
        try await clock.sleep(until: past, tolerance: nil)
        #expect(clock.now.offset == .seconds(1))
    }

    @Test(.timeLimit(.minutes(1))) func `who waits for sleepers that never come can be cancelled`() async {
        let clock = SteppedClock()
        let task = Task { await clock.waitForSleepers() }
        task.cancel()
        await task.value
    }
}
