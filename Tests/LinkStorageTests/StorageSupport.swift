import LinkStorage
import ReconcileModel
import Synchronization
import TestSupport

/// A clock that tests move.
final class TestClock: Sendable {
    private let time: Mutex<Timestamp>

    init(_ start: Timestamp = .day(0)) { time = Mutex(start) }

    var now: Timestamp { time.withLock(\.self) }

    func advance(seconds: Int) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}

extension StateSession {
    /// Makes the organization and its calendar known.
    ///
    /// - Returns: a run.
    func prepare(_ organization: Organization = .sample()) async throws -> RunID {
        try await remember(organization, database: .sample, calendar: .sample)
        return try await beginRun(RunRecord.Origin(kind: "apply", who: "tests"))
    }

    /// Deletes an event and has it recorded as `outcome`.
    func recordDelete(
        of event: DesiredEvent,
        in run: RunID,
        organization: String = "acm",
        isAllowedByName: Bool = false,
        outcome: Outcome = .applied
    ) async throws {
        let intent = JournalIntent.deletion(of: event, organization: organization, isAllowedByName: isAllowedByName)
        for seq in try await record([intent], in: run) {
            let link = outcome == .applied ? JournalResult.LinkChange.remove(event.page) : nil
            let result = JournalResult(seq: seq, outcome: outcome, link: link)
            try await record([result], in: run, organization: organization)
        }
    }
}

extension JournalIntent {
    static func creation(of event: DesiredEvent) -> JournalIntent {
        let creation = EventCreation(desired: event, id: EventID(derivedFrom: event.page), reason: .newPage)
        return JournalIntent(
            change: .event(.create(creation)),
            organization: "acm",
            calendar: .sample,
            isAllowedByName: false
        )
    }

    static func deletion(
        of event: DesiredEvent,
        organization: String = "acm",
        isAllowedByName: Bool = false
    ) -> JournalIntent {
        JournalIntent(
            change: .event(.delete(EventDeletion(live: event.live(), page: event.page, reason: .trashed))),
            organization: organization,
            calendar: .sample,
            isAllowedByName: isAllowedByName
        )
    }
}

extension LockHolder {
    static let ada = LockHolder(pid: 17, host: "builder", user: "ada", command: "apply", since: .day(0))
    static let next = LockHolder(pid: 18, host: "laptop", user: nil, command: "undo", since: .day(1))
}

/// A clock that jumps to the end of each sleep, and tells how many there were.
final class StepClock: Clock {
    struct Instant: InstantProtocol {
        var offset = Duration.zero

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let state = Mutex((now: Instant(), steps: 0))
    private let onStep: @Sendable (Int) -> Void

    init(onStep: @escaping @Sendable (Int) -> Void) { self.onStep = onStep }

    var now: Instant { state.withLock(\.now) }
    var minimumResolution: Duration { .zero }
    var steps: Int { state.withLock(\.steps) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let step = state.withLock { state in
            state.now = max(state.now, deadline)
            state.steps += 1
            return state.steps
        }
        onStep(step)
    }
}
