import GRDB
package import ReconcileModel
import Synchronization

/// The state file in the hands of a run. It is created, migrated and opened for writing when it is first needed.
package final class SQLiteSession: StateSession {
    let path: String
    let now: @Sendable () -> Timestamp
    // Before the lock, so that the file is closed when that is given back: what is behind is destroyed later.
    private let connection = Mutex<DatabaseQueue?>(nil)
    private let lock: RunLock?

    /// - Parameter lock: kept as long as the session, and looked at before every write; nil: for what needs no run.
    init(path: String, lock: RunLock?, now: @escaping @Sendable () -> Timestamp) {
        self.path = path
        self.lock = lock
        self.now = now
    }

    package func snapshot() async throws(StateError) -> StateSnapshot {
        let now = now()
        return try await read { try StateSnapshot($0, now: now) }
    }

    package func remember(
        account: String,
        by access: OrganizationRecord.Access,
        of prefix: String
    ) async throws(StateError) {
        try await write { db in
            let reached = """
                UPDATE organizations SET google_key_variable = ?1, impersonated = ?2 WHERE prefix = ?3
                    AND (google_key_variable IS NOT ?1 OR impersonated IS NOT ?2)
                """
            try db.execute(sql: reached, arguments: [access.keyVariable, access.person, prefix])
            let own = "UPDATE organizations SET service_account = ? WHERE prefix = ? AND service_account IS NOT ?"
            try db.execute(sql: own, arguments: [account, prefix, account])
            guard db.changesCount > 0 else { return }
            // What is told of the state as a whole: who wrote it last.
            try db.execute(sql: "UPDATE meta SET service_account = ?", arguments: [account])
            try Self.bumpSerial(db)
        }
    }

    package func keepAside() async throws(StateError) -> String {
        try lock?.check()
        return try StateFile.keepAside(path, now: now())
    }

    // MARK: - Helpers

    func read<T: Sendable>(_ query: @escaping @Sendable (Database) throws -> T) async throws(StateError) -> T {
        let database = try database()
        do {
            return try await database.read(query)
        } catch {
            throw StateError(error, path: path)
        }
    }

    func write<T: Sendable>(_ updates: @escaping @Sendable (Database) throws -> T) async throws(StateError) -> T {
        try lock?.check()
        let database = try database()
        do {
            // In a task of its own: where a run is ended early, what is known is recorded all the same.
            return try await Task { try await database.write(updates) }.value
        } catch {
            throw StateError(error, path: path)
        }
    }

    private func database() throws(StateError) -> DatabaseQueue {
        try connection.withLock { connection throws(StateError) in
            if let connection { return connection }
            let opened = try StateFile.openForWriting(path)
            connection = opened
            return opened
        }
    }

    /// The serial tells programs that read the state that there is something new.
    static func bumpSerial(_ db: Database) throws {
        try db.execute(sql: "UPDATE meta SET serial = serial + 1")
    }
}
