import GRDB
package import ReconcileModel

/// The state in an SQLite file, with its lock in a file beside it.
package struct SQLiteState: StateDoor {
    private let path: String
    private let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - path: of the file, which need not exist.
    ///   - now: the time of day, for the history and the day within which deletes are counted.
    package init(path: String, now: @escaping @Sendable () -> Timestamp) {
        self.path = path
        self.now = now
    }

    package var name: String { path }

    // MARK: - Questions

    package func snapshot() async throws(StateError) -> StateSnapshot {
        let now = now()
        return try StateFile.read(path) { try StateSnapshot($0, now: now) } ?? StateSnapshot(readAt: now)
    }

    package func overview(runs limit: Int) async throws(StateError) -> StateOverview {
        try StateFile.read(path) { try StateOverview($0, runs: limit) } ?? StateOverview()
    }

    package func contents(_ extent: StateContents.Extent) async throws(StateError) -> StateContents? {
        try StateFile.read(path) { try StateContents($0, extent) }
    }

    package func history(_ request: RunHistory.Request) async throws(StateError) -> RunHistory? {
        try StateFile.read(path) { try RunHistory.read(request, $0) } ?? nil
    }

    package func run(_ run: RunID) async throws(StateError) -> (RunRecord, [JournalRecord])? {
        let found: (RunRecord, [JournalRecord])?? = try StateFile.read(path) { db in
            guard let record = try RunRecord.fetch(run, db) else { return nil }
            return (record, try JournalRecord.of(run, db))
        }
        return found ?? nil
    }

    package func links(of prefix: String) async throws(StateError) -> [PageID: Link] {
        try StateFile.read(path) { try Link.all($0, of: prefix) } ?? [:]
    }

    package func owners(of pages: Set<PageID>) async throws(StateError) -> Set<String> {
        guard !pages.isEmpty else { return [] }
        return try StateFile.read(path) { try Link.owners(of: pages, $0) } ?? []
    }

    package func published(of prefix: String) async throws(StateError) -> [PageID: PublishedEvent] {
        try StateFile.read(path) { try PublishedEvent.all($0, of: prefix) } ?? [:]
    }

    package func condition() async throws(StateError) -> StateCondition { try StateFile.condition(path) }

    // MARK: - Deeds that need no run

    package func register(_ organizations: [Organization]) async throws(StateError) {
        try await SQLiteSession(path: path, lock: nil, now: now).register(organizations)
    }

    package func publish(
        _ contents: [PageID: (event: EventContent, hash: ContentHash)],
        of prefix: String,
        over known: [PageID: PublishedEvent]?
    ) async throws(StateError) -> [PageID: PublishedEvent] {
        try await SQLiteSession(path: path, lock: nil, now: now).publish(contents, of: prefix, over: known)
    }

    // MARK: - The lock

    package func open(
        as holder: LockHolder,
        timeout: Duration,
        clock: any Clock<Duration>,
        onWait: @Sendable (LockStatus) -> Void
    ) async throws -> any StateSession {
        let lock = try await RunLock.acquire(
            statePath: path,
            holder: holder,
            timeout: timeout,
            clock: clock,
            onWait: onWait
        )
        return SQLiteSession(path: path, lock: lock, now: now)
    }

    package func lockStatus() async throws(StateError) -> LockStatus? { try RunLock.status(statePath: path) }

    package func breakLock(heldBy status: LockStatus) async throws(StateError) -> Bool {
        try RunLock.breakLock(statePath: path, heldBy: status)
    }
}
