import Foundation
import GRDB
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

/// A state file in a folder of its own, with a clock.
struct StateBench {
    let folder: TemporaryFolder
    let clock = TestClock()
    var path: String { folder.file("state.db") }

    init() throws { folder = try TemporaryFolder() }

    func store() throws(StateError) -> LinkStore {
        let clock = clock
        return try LinkStore(path: path) { clock.now }
    }

    /// A store that knows the organization and its calendar, and a run in it.
    func prepared(_ organization: Organization = .sample()) async throws -> (LinkStore, RunID) {
        let store = try store()
        try await store.remember(organization, database: .sample, calendar: .sample)
        return (store, try await store.beginRun(kind: "apply", who: "tests", gitRevision: nil))
    }

    /// Asks the file with a connection of its own.
    func ask<T: DatabaseValueConvertible>(_ sql: String, as type: T.Type = T.self) throws -> T? {
        let queue = try DatabaseQueue(path: path)
        return try queue.read { try T.fetchOne($0, sql: sql) }
    }

    func change(_ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    func serial() throws -> Int? { try ask("SELECT serial FROM meta") }

    func snapshot() async throws(StateError) -> StateSnapshot {
        try await StateSnapshot.read(path: path, now: clock.now)
    }
}

/// Deletes an event and has it recorded as `outcome`.
func recordDelete(
    of event: DesiredEvent,
    by store: LinkStore,
    in run: RunID,
    organization: String = "acm",
    isAllowedByName: Bool = false,
    outcome: Outcome = .applied
) async throws {
    let change = Change.event(.delete(EventDeletion(live: event.live(), page: event.page, reason: .trashed)))
    let intent = JournalIntent(
        change: change,
        organization: organization,
        calendar: .sample,
        isAllowedByName: isAllowedByName
    )
    for seq in try await store.record([intent], in: run) {
        let result = JournalResult(seq: seq, outcome: outcome, link: outcome == .applied ? .remove(event.page) : nil)
        try await store.record([result], in: run, organization: organization)
    }
}
