import ReconcileModel
import Reconciling

/// The answer of a synchronization of one organization.
struct SyncDocument: Equatable {
    var status: String
    var message: String
    var organization_id: Int64
    var events_processed: [ProcessedEvent]
    /// Set where a safety rule held something back.
    var blocked: Blocked?
    /// How many other changes were not carried out; set where a safety rule held something back and there are any.
    var failed: Int?
    /// How many deletes wait for a person's yes; set where there are any.
    var pending_deletes: Int?
    /// What people should know; set where there is something.
    var warnings: [SyncWarning]?

    struct Blocked: Equatable {
        var deletes: Int
        /// Set where there are any.
        var updates: Int?
        /// Likewise.
        var access_rules: Int?
    }

    /// What was done.
    init(_ synced: SyncedOrganization, organization: Int64) {
        (status, organization_id, events_processed) = ("success", organization, synced.processed)
        message = "Synced \(events_processed.count) events for organization \(organization)"
        let pending = synced.report.plan.pendingDeletes
        pending_deletes = pending > 0 ? pending : nil
        warnings = SyncWarning.list(synced.report.plan.warnings)
    }

    /// Says what a safety rule held back, and what else was not done.
    mutating func hold(_ synced: SyncedOrganization) {
        let (updates, sharing, failed) = (synced.blockedUpdates, synced.blockedSharing, synced.failedChanges)
        status = "error"
        blocked = Blocked(
            deletes: synced.blockedDeletes,
            updates: updates > 0 ? updates : nil,
            access_rules: sharing > 0 ? sharing : nil
        )
        message = "A safety rule holds back \(synced.blockedChanges); a maintainer can allow them by name."
        guard failed > 0 else { return }
        self.failed = failed
        let others = failed == 1 ? "1 other change was" : "\(failed) other changes were"
        message += " \(others) not carried out; the log of the service tells why."
    }
}

/// What became of one event.
struct ProcessedEvent: Equatable {
    enum Status: String {
        case created, updated, deleted, unchanged
    }

    var notion_page_id: String
    var gcal_event_id: String
    var status: Status
    var summary: String
}

/// What stops nothing, and changes no status: pages that cannot be read and keep their events, texts that were cut.
struct SyncWarning: Equatable {
    var code: String
    var message: String
    var notion_page_id: String?

    init(_ warning: Warning) {
        (code, message, notion_page_id) = (warning.code, warning.message, warning.page?.rawValue)
    }

    /// - Returns: nil where there is none.
    static func list(_ warnings: [Warning]) -> [SyncWarning]? {
        warnings.isEmpty ? nil : warnings.map(SyncWarning.init)
    }
}

/// The answer of a synchronization of all organizations.
struct SyncAllDocument {
    /// `skipped` where nothing was synchronized because all of it is on hold.
    var status: String
    /// What was done, and what was not looked at.
    var message: String
    var total_organizations: Int
    var organizations_processed: Int
    var organizations_failed: Int
    var organizations_skipped: Int
    /// Of the skipped ones: they wait for somebody to release them.
    var organizations_on_hold: Int
    var organization_results: [OrganizationResult]

    struct OrganizationResult {
        enum Status: String {
            case success, failed, skipped
        }

        /// Set where the organization is on hold; not told.
        var held: String?
        var organization_id: Int64
        var organization_name: String
        var status: Status
        var message: String
        var events_processed: Int
        /// What people should know; set where there is something.
        var warnings: [SyncWarning]?
    }
}

/// The answer of the creation of a calendar.
struct SetupDocument {
    var message: String
    var calendar_id: String
    var organization_id: Int64
}

extension SyncedOrganization {
    /// What was done, confirmed by Google, and what needed nothing; by start, as far as that is known.
    var processed: [ProcessedEvent] {
        var changed: Set<PageID> = []
        var events: [ProcessedEvent] = []
        for one in report.done {
            // Beside a duplicate that was deleted, the page's own event stands as before.
            if one.line.resource == .event, one.line.action != .delete, let page = one.line.page {
                changed.insert(page)
            }
            guard one.outcome.isFulfilled, var event = ProcessedEvent(one.line, links) else { continue }
            if one.outcome != .applied {
                // What somebody else deleted is no event any more.
                guard event.status != .deleted else { continue }
                event.status = .unchanged
            }
            events.append(event)
        }
        for event in listing?.events ?? [] where !changed.contains(event.page) {
            guard let id = links[event.page] else { continue }
            events.append(ProcessedEvent(event, id, .unchanged))
        }
        return events
    }

    /// Whether changes were not tried, or ended without an answer, because somebody wanted the run to end.
    var wasCut: Bool {
        report.failure?.refusal == .cancelled
            || report.done.contains { one in
                switch one.outcome {
                case .skipped(let reason): reason == Outcome.stopped
                case .failed(let failure): failure.refusal == .cancelled
                case .applied, .unchanged, .stale: false
                }
            }
    }

    /// How many deletes a limit held back.
    var blockedDeletes: Int {
        report.plan.lines.count { if case .held(.event(.delete)) = $0 { true } else { false } }
    }

    /// How many updates a limit held back.
    var blockedUpdates: Int {
        report.plan.lines.count { if case .held(.event(.update)) = $0 { true } else { false } }
    }

    /// How many changes that show the calendar to more people nobody allowed.
    var blockedSharing: Int {
        report.plan.lines.count { if case .held(.access) = $0 { true } else { false } }
    }

    /// `8 deletes and 12 updates`
    var blockedChanges: String {
        let (deletes, updates, sharing) = (blockedDeletes, blockedUpdates, blockedSharing)
        let parts = [
            deletes > 0 || updates + sharing == 0 ? "\(deletes) deletes" : nil,
            updates > 0 ? "\(updates) updates" : nil,
            sharing > 0 ? "\(counted(sharing, "change")) of who sees the calendar" : nil,
        ].compactMap(\.self)
        return parts.count < 3 ? parts.joined(separator: " and ") : "\(parts[0]), \(parts[1]) and \(parts[2])"
    }

    /// How many changes were tried or planned, and not confirmed.
    var failedChanges: Int {
        report.done.count { !$0.outcome.isFulfilled && !$0.line.isHeld && $0.outcome != .skipped(Outcome.notAllowed) }
    }
}

extension ProcessedEvent {
    init(_ event: DesiredEvent, _ id: EventID, _ status: Status) {
        self.init(
            notion_page_id: event.page.rawValue,
            gcal_event_id: id.rawValue,
            status: status,
            summary: event.event.summary
        )
    }

    /// Nil for changes of the calendar itself.
    init?(_ line: PlanLine, _ links: [PageID: EventID]) {
        guard let page = line.page, let event = line.eventID, let status = Status(line) else { return nil }
        self.init(
            notion_page_id: page.rawValue,
            // A create may have had to use another id than the page's own.
            gcal_event_id: (status == .created ? links[page] : nil)?.rawValue ?? event.rawValue,
            status: status,
            summary: line.title
        )
    }
}

extension ProcessedEvent.Status {
    fileprivate init?(_ line: PlanLine) {
        switch line.change {
        case .event(.create): self = .created
        case .event(.update), .event(.move): self = .updated
        case .event(.delete): self = .deleted
        case .adopt: self = .unchanged
        case .event(.release), .calendar, .access, .page, nil: return nil
        }
    }
}
