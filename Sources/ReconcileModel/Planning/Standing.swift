/// Why an organization is left alone.
package enum Standing: Hashable, Codable, Sendable {
    case inactive
    case syncDisabled
    /// Since this run undid another one, until somebody releases it.
    case onHold(RunID)

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

    /// As it follows on "skipped, ".
    package func clause(for prefix: String) -> String {
        switch self {
        case .inactive: "it is not active"
        case .syncDisabled: "sync_enabled is false"
        case .onHold(let run):
            "it is on hold since the undo in run \(run); `reconcile apply --release \(prefix)` ends the hold"
        }
    }
}
