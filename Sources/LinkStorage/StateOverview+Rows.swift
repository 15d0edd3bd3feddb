import GRDB
package import ReconcileModel

extension StateOverview {
    /// Reads a state file and leaves no trace; empty where there is none.
    ///
    /// - Parameter limit: of the runs.
    package static func read(path: String, runs limit: Int) throws(StateError) -> StateOverview {
        try StateFile.read(path) { db in
            let former = try FormerPrefixes.read(db)
            return StateOverview(
                organizations: Dictionary(
                    try Row.fetchAll(db, sql: "SELECT * FROM organizations").map { row in
                        (row["prefix"] as String, StoredOrganization(row, former: former))
                    }
                ) { first, _ in first },
                runs: try RunRecord.latest(limit, RunHistory.Request(isComplete: true), db)
            )
        } ?? StateOverview()
    }
}
