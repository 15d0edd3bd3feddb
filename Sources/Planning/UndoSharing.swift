import ReconcileModel

/// Takes back what a run did to the access rules of a calendar: those that still are as it left them.
struct UndoSharing {
    private(set) var lines: [PlanLine] = []
    /// What stays, or why nothing is known.
    private(set) var failure: Failure?

    /// - Parameters:
    ///   - entries: the journal of the run, of one organization.
    ///   - sharing: who may do what with the calendar now.
    ///   - grants: which of these rules the state takes for ours.
    init(_ entries: [JournalRecord], of run: RunID, now sharing: SharingObservation, _ grants: [AccessGrant]) {
        let entries = entries.filter { $0.subject.resource == .accessRule && $0.mayHaveHappened }
        guard !entries.isEmpty else { return }
        let rules: [LiveAccessRule]
        switch sharing {
        case .notRead: return
        case .unreadable(let failure):
            self.failure = failure
            return
        case .read(let read): rules = read
        }
        let live = rules.byScope
        var (kept, narrowed): ([String], [String]) = ([], [])
        for entry in entries.reversed() {
            guard let scope = entry.subject.scope else { continue }
            let now = live[scope]
            // It stands as before the run.
            if now.gives(entry.before.role) { continue }
            let isAsLeft = now.gives(entry.intent.role)
            let change = AccessChange(scope, from: now?.role, to: entry.before.role, .undone)
            if !isAsLeft || now != nil && !Self.isOurs(scope, now?.role, grants) {
                kept.append(scope.text)
            } else if change.isWidening {
                // Somebody lost a right; who takes back what happened to events need not have thought of that.
                narrowed.append(change.title)
            } else {
                lines.append(.change(.access(change)))
            }
        }
        failure = Self.failure(kept: kept, narrowed: narrowed, run)
    }

    private static func failure(kept: [String], narrowed: [String], _ run: RunID) -> Failure? {
        var texts: [String] = []
        if !kept.isEmpty {
            texts.append("The role of \(kept.joined(separator: ", ")) stays: somebody changed it since run \(run).")
        }
        if !narrowed.isEmpty {
            texts.append("What run \(run) took away is not given back by an undo: \(narrowed.joined(separator: ", ")).")
        }
        guard !texts.isEmpty else { return nil }
        return Failure(
            code: "access_rule_kept",
            message: texts.joined(separator: " "),
            hint: narrowed.isEmpty
                ? "See who has which role in the calendar's sharing settings."
                : "Declare it in calendar.sharing, then apply with --allow-sharing."
        )
    }

    /// Not one that somebody made after ours was gone.
    private static func isOurs(_ scope: AccessScope, _ role: CalendarRole?, _ grants: [AccessGrant]) -> Bool {
        grants.contains { $0.scope == scope && ($0.made == role || $0.isOpen && $0.pending == role) }
    }
}
