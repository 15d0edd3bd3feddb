import Logging
import ReconcileModel
import Reconciling
import Synchronization
import TestSupport
import Testing
import Transport

@testable import Serving

struct EventsCacheTests {
    private let acm = Organization(prefix: "acm", name: "ACM")

    /// Readings that end when the test says so.
    private final class Readings: Sendable {
        private struct State {
            var waiting: [CheckedContinuation<Result<EventListing, Failure>, Never>] = []
            var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
        }

        private let state = Mutex(State())

        func read() async throws(Failure) -> EventListing {
            let result = await withCheckedContinuation { continuation in
                let ready = state.withLock { state in
                    state.waiting.append(continuation)
                    let ready = state.watchers.filter { $0.count <= state.waiting.count }
                    state.watchers.removeAll { $0.count <= state.waiting.count }
                    return ready
                }
                for watcher in ready { watcher.continuation.resume() }
            }
            return try result.get()
        }

        /// Returns once so many readings are under way.
        func begun(_ count: Int = 1) async {
            await withCheckedContinuation { continuation in
                let isThere = state.withLock { state in
                    guard state.waiting.count < count else { return true }
                    state.watchers.append((count, continuation))
                    return false
                }
                if isThere { continuation.resume() }
            }
        }

        func end(_ result: Result<EventListing, Failure>) {
            let waiting = state.withLock { state in
                defer { state.waiting = [] }
                return state.waiting
            }
            for continuation in waiting { continuation.resume(returning: result) }
        }
    }

    private func cache(
        _ readings: Readings,
        _ clock: SteppedClock,
        published: LastPublished? = nil
    ) -> EventsCache {
        EventsCache(
            read: { _ async throws(Failure) in try await readings.read() },
            published: { _ in published },
            render: { listing, organization async throws(Failure) in
                EventsEntry(listing, of: organization, id: 1, now: .day(0), refresh: .seconds(300))
            },
            time: ElapsedTime(clock: clock),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    private let failure = Failure(code: "notion_down", message: "Down.")

    @Test func `a reading is shared by all who ask meanwhile`() async throws {
        let readings = Readings()
        let cache = cache(readings, SteppedClock())
        async let first = cache.answer(for: acm)
        await readings.begun()
        async let second = cache.answer(for: acm)
        async let third = cache.answer(for: acm)
        readings.end(.success(.titled("A")))
        #expect(try await [first, second, third].map(\.entry.title) == ["A", "A", "A"])
        #expect(try await cache.answer(for: acm).wasRead == false)
    }

    @Test func `a failure is answered once, and kept by nobody`() async throws {
        let readings = Readings()
        let cache = cache(readings, SteppedClock())
        let first = Task { try await cache.answer(for: acm) }
        await readings.begun()
        readings.end(.failure(failure))
        await #expect(throws: failure) { _ = try await first.value }
        async let second = cache.answer(for: acm)
        await readings.begun()
        readings.end(.success(.titled("A")))
        #expect(try await second.entry.title == "A")
    }

    @Test func `before the first reading that succeeds, what was published last is answered with its age`() async throws
    {
        let (readings, clock) = (Readings(), SteppedClock())
        let last = LastPublished(listing: .titled("last"), age: .seconds(7_000))
        let cache = cache(readings, clock, published: last)
        let first = Task { try await cache.answer(for: acm) }
        await readings.begun()
        readings.end(.failure(failure))
        let answer = try await first.value
        #expect(answer.entry.title == "last" && answer.age == .seconds(7_000) && answer.isStale)
        // It is read anew after a pause, and one who does not wait gets it meanwhile.
        clock.advance(by: .seconds(16))
        let second = Task { try await cache.answer(for: acm) }
        await readings.begun()
        #expect(try await cache.answer(for: acm).age == .seconds(7_016))
        readings.end(.success(.titled("new")))
        #expect(try await second.value.entry.title == "new")
    }

    @Test func `a refresh does not take a reading that began before it for its own`() async throws {
        let readings = Readings()
        let cache = cache(readings, SteppedClock())
        async let first = cache.answer(for: acm)
        await readings.begun()
        async let refreshed: Void = cache.refresh(acm)
        readings.end(.success(.titled("before")))
        #expect(try await first.entry.title == "before")
        await readings.begun()
        readings.end(.success(.titled("after")))
        await refreshed
        #expect(cache.entry(of: "acm")?.title == "after")
    }

    @Test func `a request does not wait for ever`() async throws {
        let (readings, clock) = (Readings(), SteppedClock())
        let cache = cache(readings, clock)
        let answer = Task { try await cache.answer(for: acm) }
        await readings.begun()
        await clock.waitForSleepers()
        clock.advance(by: .seconds(20))
        await #expect(throws: Failure.self) { _ = try await answer.value }
        // The reading goes on, and the next request has it.
        readings.end(.success(.titled("late")))
        #expect(try await cache.answer(for: acm).entry.title == "late")
    }

    @Test func `what decides the events makes an entry void, other edits do not`() async throws {
        let (readings, clock) = (Readings(), SteppedClock())
        let cache = cache(readings, clock)
        let isTaken = try await cache.replace(.titled("A"), of: acm, begun: .zero)
        #expect(isTaken)
        var moved = acm
        moved.source = SourceLocation(file: "orgs.d/acm.yaml", line: 9, column: 1)
        moved.maxDeletePercent = 50
        #expect(try await cache.answer(for: moved).entry.title == "A")
        var other = acm
        other.properties[.location] = .property("Where")
        async let answer = cache.answer(for: other)
        await readings.begun()
        readings.end(.success(.titled("B")))
        #expect(try await answer.entry.title == "B")
    }
}
