/// Why an organization is left alone.
package enum Standing: Hashable, Codable, Sendable {
    case inactive
    case syncDisabled
    /// Since this run undid another one, until somebody releases it.
    case onHold(RunID)
    /// Nobody declares it any more; what it had stays, with this calendar.
    case orphaned(CalendarID?)

    /// What the declaration alone says; nil: it may be written to.
    package init?(_ organization: Organization) {
        if !organization.isActive {
            self = .inactive
        } else if !organization.isSyncEnabled {
            self = .syncDisabled
        } else {
            return nil
        }
    }

    /// As it follows on "skipped, " or "orphaned, ".
    package func clause(for prefix: String) -> String {
        switch self {
        case .inactive: "it is not active"
        case .syncDisabled: "sync_enabled is false"
        case .onHold(let run):
            "it is on hold since the undo in run \(run); `reconcile apply --release \(prefix)` ends the hold"
        case .orphaned(let calendar):
            "no file declares it any more; \(calendar.map { "its calendar \($0)" } ?? "its links") and its events are kept. Declare "
                + "it again, or take leave of it: `reconcile retire \(prefix) --keep-events` (or --remove-events)"
        }
    }
}
