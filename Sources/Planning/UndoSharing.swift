import ReconcileModel

/// Takes back what a run did to the access rules of a calendar: those that still are as it left them.
struct UndoSharing {
    private(set) var lines: [PlanLine] = []
    private(set) var warnings: [Warning] = []
    private(set) var failure: Failure?

    /// - Parameters:
    ///   - entries: the journal of the run, of one organization.
    ///   - sharing: who may do what with the calendar now.
    init(_ entries: [JournalRecord], of run: RunID, now sharing: SharingObservation) {
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
        let live = Dictionary(rules.map { ($0.scope, $0) }) { first, _ in first }
        for entry in entries.reversed() {
            guard let scope = entry.subject.scope else { continue }
            let now = live[scope]
            // It stands as before the run.
            if now?.role == entry.before.role, (now == nil) == (entry.before.role == nil) { continue }
            if now?.role == entry.intent.role, (now == nil) == (entry.intent.role == nil) {
                let change = AccessChange(scope, from: now?.role, to: entry.before.role, .undone)
                lines.append(.change(.access(change)))
            } else {
                let message = "The role of \(scope.text) stays: it was changed since run \(run)."
                warnings.append(Warning(code: "access_rule_kept", message: message))
            }
        }
    }
}
