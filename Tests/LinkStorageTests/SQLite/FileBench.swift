import Foundation
import GRDB
import ReconcileModel
import TestSupport

@testable import LinkStorage

/// A state file in a folder of its own, with a clock.
struct FileBench {
    let folder: TemporaryFolder
    let clock = TestClock()
    var path: String { folder.file("state.db") }

    init() throws { folder = try TemporaryFolder() }

    /// Opens the file for writing, without a lock.
    func session() async throws(StateError) -> SQLiteSession {
        let clock = clock
        return try await SQLiteSession.opened(path) { clock.now }
    }

    /// A session that knows the organization and its calendar, and a run in it.
    func prepared() async throws -> (SQLiteSession, RunID) {
        let session = try await session()
        return (session, try await session.prepare())
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
        try await SQLiteState(path: path) { [clock] in clock.now }.snapshot()
    }
}

extension SQLiteSession {
    /// Opens the file at once, without a lock.
    static func opened(
        _ path: String,
        now: @escaping @Sendable () -> Timestamp = { .day(0) }
    ) async throws(StateError) -> SQLiteSession {
        let session = SQLiteSession(path: path, lock: nil, now: now)
        _ = try await session.snapshot()
        return session
    }
}
