import Synchronization
import Testing

@testable import Transport

struct TurnQueueTests {
    private final class Counter: Sendable {
        let count = Mutex(0)
    }

    @Test func `one at a time has its turn`() async throws {
        let queue = TurnQueue()
        let inside = Counter()
        try await withThrowingTaskGroup { group in
            for _ in 0..<100 {
                group.addTask {
                    try await queue.enter()
                    defer { queue.leave() }
                    let others = inside.count.withLock { count in
                        defer { count += 1 }
                        return count
                    }
                    await Task.yield()
                    inside.count.withLock { $0 -= 1 }
                    return others
                }
            }
            for try await others in group { #expect(others == 0) }
        }
    }

    @Test func `who is cancelled while waiting goes, and the queue goes on`() async throws {
        let queue = TurnQueue()
        try await queue.enter()
        let waiting = (0..<20).map { _ in Task { try await queue.enter() } }
        for task in waiting { task.cancel() }
        for task in waiting {
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        let next = Task { try await queue.enter() }
        queue.leave()
        try await next.value
        queue.leave()
        try await queue.enter()
    }
}
