import GRDB
package import ReconcileModel

/// The table `runs`.
extension SQLiteSession {
    package func beginRun(_ origin: RunRecord.Origin, undoes undone: RunID?) async throws(StateError) -> RunID {
        let now = now().rfc3339()
        return try await write { db in
            try db.execute(
                sql: "INSERT INTO runs (kind, started_at, who, git_revision, undoes_run_id) VALUES (?, ?, ?, ?, ?)",
                arguments: [origin.kind, now, origin.who, origin.gitRevision, undone?.rawValue]
            )
            return RunID(rawValue: db.lastInsertedRowID)
        }
    }

    package func finishRun(_ run: RunID, outcome: String) async throws(StateError) {
        let now = now().rfc3339()
        try await write { db in
            let sql = """
                UPDATE runs SET finished_at = ?, outcome = ?,
                    applied = (SELECT count(*) FROM journal WHERE run_id = runs.id AND result = 'applied'),
                    failed = (SELECT count(*) FROM journal WHERE run_id = runs.id AND result IN ('failed', 'stale'))
                WHERE id = ?
                """
            try db.execute(sql: sql, arguments: [now, outcome, run.rawValue])
        }
    }
}

extension RunRecord {
    /// The latest first, counted in the journal: a run that was killed never wrote its own numbers.
    ///
    /// - Parameters:
    ///   - limit: negative: all.
    ///   - request: which of them; its limit does not count here.
    ///   - first: none before this one.
    static func latest(
        _ limit: Int,
        _ request: RunHistory.Request,
        from first: Int64 = .min,
        _ db: Database
    ) throws -> [RunRecord] {
        // Adoptions are no writes and have no entries, and what was skipped was not tried. An undo counts whatever came of it, as
        // it puts organizations on hold; but it is not known which, so not where one is asked for.
        let sql = """
            SELECT runs.*, \(countColumns)
            FROM (
                SELECT * FROM runs WHERE id >= :first AND (
                    :complete OR (undoes_run_id IS NOT NULL AND :organization IS NULL)
                    OR EXISTS (
                        SELECT 1 FROM journal WHERE run_id = runs.id AND result IS NOT 'skipped'
                            AND (:organization IS NULL OR organization = :organization)
                    )
                )
                ORDER BY id DESC LIMIT :limit
            ) AS runs LEFT JOIN journal
                ON journal.run_id = runs.id AND (:organization IS NULL OR journal.organization = :organization)
            GROUP BY runs.id ORDER BY runs.id DESC
            """
        let arguments: StatementArguments = [
            "first": first, "complete": request.isComplete, "organization": request.organization, "limit": limit,
        ]
        return try Row.fetchAll(db, sql: sql, arguments: arguments).map(RunRecord.init)
    }

    static func fetch(_ run: RunID, _ db: Database) throws -> RunRecord? {
        let sql = """
            SELECT runs.*, \(countColumns) FROM runs LEFT JOIN journal ON journal.run_id = runs.id
            WHERE runs.id = ? GROUP BY runs.id
            """
        return try Row.fetchOne(db, sql: sql, arguments: [run.rawValue]).map(RunRecord.init)
    }

    private static let countColumns = """
        coalesce(sum(result = 'applied' AND action = 'create'), 0) AS created,
        coalesce(sum(result = 'applied' AND action = 'update'), 0) AS updated,
        coalesce(sum(result = 'applied' AND action = 'delete' AND resource <> 'organization'), 0) AS deleted,
        coalesce(sum(result IN ('failed', 'stale')), 0) AS troubled,
        coalesce(sum(seq IS NOT NULL AND result IS NULL), 0) AS unknown
        """

    init(_ row: Row) {
        var counts = Counts()
        counts.created = row["created"]
        counts.updated = row["updated"]
        counts.deleted = row["deleted"]
        counts.failed = row["troubled"]
        counts.unknown = row["unknown"]
        self.init(
            id: RunID(rawValue: row["id"]),
            origin: Origin(kind: row["kind"], who: row["who"], gitRevision: row["git_revision"]),
            undoes: (row["undoes_run_id"] as Int64?).map(RunID.init(rawValue:)),
            startedAt: row["started_at"],
            finishedAt: row["finished_at"],
            outcome: row["outcome"],
            counts: counts
        )
    }
}

extension RunHistory {
    /// Nil where nothing is known of the organization.
    static func read(_ request: Request, _ db: Database) throws -> RunHistory? {
        guard try isKnown(request.organization, db) else { return nil }
        var runs = try RunRecord.latest(request.limit.map { $0 + 1 } ?? -1, request, db)
        let isCut = request.limit.map { runs.count > $0 } ?? false
        if isCut { runs.removeLast() }
        return RunHistory(runs: runs, isCut: isCut)
    }

    private static func isKnown(_ organization: String?, _ db: Database) throws -> Bool {
        guard let organization else { return true }
        let sql = """
            SELECT EXISTS (SELECT 1 FROM organizations WHERE prefix = ?1)
                OR EXISTS (SELECT 1 FROM journal WHERE organization = ?1)
            """
        return try Bool.fetchOne(db, sql: sql, arguments: [organization]) ?? false
    }
}
