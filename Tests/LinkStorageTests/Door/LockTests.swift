import LinkStorage
import ReconcileModel
import Synchronization
import Testing
import TestSupport

/// One run at a time on one state.
struct LockTests {
    /// Whom a second run is told to have the lock.
    private func refusal(_ bench: StateBench) async throws -> LockHolder? {
        let error = await #expect(throws: StateError.self) { _ = try await bench.open(as: .next) }
        guard case .locked(_, let status)? = error else { return nil }
        return status.holder
    }

    @Test(arguments: StateMaker.all)
    func `a second run is refused and told who is first and since when`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let session = try await bench.open()
        #expect(try await refusal(bench) == .ada)
        // Refusing must not spoil the text for the next one.
        #expect(try await refusal(bench) == .ada)
        let status = try #require(try await bench.door.lockStatus())
        let message = StateError.locked(path: bench.door.name, by: status).failure.message
        #expect(message.contains("\"apply\" by ada, process 17 on builder, since 2026-11-20T17:00:00Z"))
        #expect(status.lastSign != nil && message.contains("last sign of life"))
        withExtendedLifetime(session) {}
    }

    @Test(arguments: StateMaker.all)
    func `the lock ends with the session`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        do {
            let session = try await bench.open()
            #expect(try await bench.door.lockStatus()?.holder == .ada)
            withExtendedLifetime(session) {}
        }
        #expect(try await bench.door.lockStatus() == nil)
        let next = try await bench.open(as: .next)
        #expect(try await bench.door.lockStatus()?.holder == .next)
        withExtendedLifetime(next) {}
    }

    @Test(arguments: StateMaker.all)
    func `questions, numbers and publications need no lock`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, _) = try await bench.prepared()
        try await bench.door.register([.sample("ieee")])
        _ = try await bench.door.publish(
            [.number(1): (.sample(), EventContent.sample().sampleHash)],
            of: "acm",
            over: nil
        )
        #expect(try await bench.door.snapshot().organizations.count == 2)
        #expect(try await bench.door.published(of: "acm").count == 1)
        try await session.markSynced("acm")
    }

    @Test(arguments: StateMaker.all)
    func `waiting ends when the other run does`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let other = SessionBox(try await bench.open())
        let clock = StepClock { step in if step == 3 { other.empty() } }
        let seen = Mutex<[LockHolder?]>([])
        let session = try await bench.door.open(as: .next, timeout: .seconds(60), clock: clock) { status in
            seen.withLock { $0.append(status.holder) }
        }
        #expect(clock.steps == 3 && seen.withLock(\.self) == [LockHolder.ada])
        #expect(try await refusal(bench) == .next)
        withExtendedLifetime(session) {}
    }

    @Test(arguments: StateMaker.all, [(0, 0), (1, 2), (60, 120)])
    func `waiting ends with the time that was given`(maker: StateMaker, wait: (seconds: Int, polls: Int)) async throws {
        let bench = try maker.bench()
        let other = try await bench.open()
        let clock = StepClock { _ in }
        let error = await #expect(throws: StateError.self) {
            _ = try await bench.door.open(as: .next, timeout: .seconds(wait.seconds), clock: clock) { _ in }
        }
        #expect(error?.failure.code == "state_locked" && clock.steps == wait.polls)
        #expect(clock.now.offset == .seconds(wait.seconds))
        withExtendedLifetime(other) {}
    }

    @Test(arguments: StateMaker.all)
    func `a broken lock is free, and its holder notices before its next write`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let session = try await bench.open()
        try await session.remember(account: "a@example.org", by: OrganizationRecord.Access(), of: "acm")
        let status = try #require(try await bench.door.lockStatus())
        #expect(try await bench.door.breakLock(heldBy: status))
        let next = try await bench.open(as: .next)
        let error = await #expect(throws: StateError.self) {
            try await session.remember(account: "b@example.org", by: OrganizationRecord.Access(), of: "acm")
        }
        #expect(error == .lockBroken(path: bench.door.name))
        await #expect(throws: StateError.lockBroken(path: bench.door.name)) { try await session.keepAside() }
        #expect(try await bench.door.snapshot().organizations.isEmpty)
        #expect(try await refusal(bench) == .next)
        withExtendedLifetime((session, next)) {}
    }

    @Test(arguments: StateMaker.all)
    func `a lock that changed hands is not broken`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let seen: LockStatus
        do {
            let first = try await bench.open()
            seen = try #require(try await bench.door.lockStatus())
            withExtendedLifetime(first) {}
        }
        #expect(try await bench.door.breakLock(heldBy: seen) == false)
        let second = try await bench.open(as: .next)
        #expect(try await bench.door.breakLock(heldBy: seen) == false)
        try await second.remember(account: "a@example.org", by: OrganizationRecord.Access(), of: "acm")
    }
}

/// Holds the only reference to a session.
private final class SessionBox: Sendable {
    private let session: Mutex<(any StateSession)?>

    init(_ session: any StateSession) { self.session = Mutex(session) }

    func empty() { session.withLock { $0 = nil } }
}
