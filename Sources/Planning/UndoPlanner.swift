package import ReconcileModel

/// What one run did to one organization, and how its events stand now.
package struct UndoObservation: Sendable {
    package var run: RunID
    package var organization: Organization
    package var database: DatabaseID
    package var calendar: CalendarID
    /// The journal of this organization, of this run and those after it, in the order of its writing.
    package var journal: [JournalRecord]
    /// All events of the calendar, tombstones among them.
    package var events: [EventID: LiveEvent]
    /// Who may do what with the calendar now; not read where the run changed nothing of that.
    package var sharing = SharingObservation.notRead
    /// Which of these rules the state takes for ours.
    package var grants: [AccessGrant] = []
    /// Runs that took this one back, or began to.
    package var undoneBy: Set<RunID> = []
    package var ownership: EventOwnership
    /// The fields that its pages decide, as far as the state knows.
    package var managedFields = EventField.all
    /// What the state says of its pages now.
    package var links: [PageID: Link] = [:]

    package init(
        run: RunID,
        organization: Organization,
        database: DatabaseID,
        calendar: CalendarID,
        journal: [JournalRecord],
        events: [EventID: LiveEvent],
        ownership: EventOwnership
    ) {
        self.run = run
        self.organization = organization
        self.database = database
        self.calendar = calendar
        self.journal = journal
        self.events = events
        self.ownership = ownership
    }

    fileprivate var entries: [JournalRecord] { journal.filter { $0.run == run } }
}

/// Decides how to take back a run, from its journal and the live events alone. Pure, like `Planner`.
///
/// An event is touched only if it still is as the run left it. Of a run that was killed, or that got no answer, the journal
/// does not know what happened: then the live event tells.
package struct UndoPlanner: Sendable {
    private enum Decision {
        /// It already is as it was before the run.
        case nothing
        case change(EventChange)
        case keep(String)
    }

    private let observed: UndoObservation
    private let history: UndoHistory

    package init(_ observed: UndoObservation) {
        self.observed = observed
        history = UndoHistory(observed.journal, of: observed.run, undoneBy: observed.undoneBy)
    }

    /// The plan of an organization to whose events the run did nothing: only its calendar is to be told of.
    package static func plan(
        withoutEvents entries: [JournalRecord],
        of run: RunID,
        _ organization: Organization
    ) -> OrganizationPlan {
        OrganizationPlan(.planned(Work()), of: organization, warnings: warnings(of: run, entries))
    }

    package func plan() -> OrganizationPlan {
        var lines: [PlanLine] = []
        var (unchanged, warnings) = (0, Self.warnings(of: observed.run, observed.entries))
        // What was done last is taken back first.
        for entry in observed.entries.reversed() where entry.subject.resource == .event && entry.mayHaveHappened {
            guard let page = entry.subject.page, let event = entry.subject.event, let action = entry.intent.action
            else { continue }
            switch decision(entry, action, page, event) {
            case .nothing: unchanged += 1
            case .change(let change):
                if let loss = unrestored(by: change, entry) { warnings.append(loss) }
                // To take back what was created is a delete as well.
                let waits = observed.organization.deletions == .confirm && change.action == .delete
                lines.append(waits ? .pending(.event(change)) : .change(.event(change)))
            case .keep(let message): lines.append(.refused(refusal(entry, page, event, message)))
            }
        }
        let rules = UndoSharing(observed.entries, of: observed.run, now: observed.sharing, observed.grants)
        var work = Work(lines + rules.lines, unchanged: unchanged)
        work.refusal = rules.failure
        work.target = Target(
            database: observed.database,
            calendar: observed.calendar,
            ownership: observed.ownership,
            deletesAreAllowedByName: true,
            memory: Target.Memory(managedFields: observed.managedFields)
        )
        return OrganizationPlan(
            .planned(work),
            of: observed.organization,
            warnings: warnings
        )
    }

    /// What people made of single occurrences nobody can bring back.
    private func unrestored(by change: EventChange, _ entry: JournalRecord) -> Warning? {
        guard let before = entry.before.content, !before.exceptions.isEmpty else { return nil }
        switch change {
        case .create: break
        case .update(let update) where update.touchesOccurrences: break
        case .update, .delete, .move, .release: return nil
        }
        let message =
            "\"\(before.summary)\": what people made of single occurrences (\(before.exceptions.counts)) was lost with run "
            + "\(observed.run) and does not come back; the series is restored as its rule has it."
        return Warning(code: "occurrences_not_restored", message: message, page: entry.subject.page)
    }

    private func decision(
        _ entry: JournalRecord,
        _ action: JournalRecord.Action,
        _ page: PageID,
        _ event: EventID
    )
        -> Decision
    {
        switch action {
        case .create: creation(entry, page, event)
        case .update: update(entry, page, event)
        case .delete: deletion(entry, page, event)
        }
    }

    // MARK: - What the run made, changed, removed

    private func creation(_ entry: JournalRecord, _ page: PageID, _ event: EventID) -> Decision {
        guard let live = made(entry, page, event) else { return .nothing }
        guard !live.isHidden else { return .keep(Self.unseen) }
        guard live.marks?.page == page else { return .keep("it does not carry our mark any more") }
        if let other = otherOwner(of: live) { return .keep("it belongs to the organization \(other) by now") }
        if let doubt = laterWriter(entry, live.id) { return doubt }
        guard isUntouched(live, entry), live.event?.exceptions.isEmpty ?? true else {
            return .keep("it was edited since")
        }
        // A page whose created event is taken back gets the link again that it had.
        let link = entry.before.link.flatMap { $0.calendar == observed.calendar ? LinkAftermath.restore($0) : nil }
        let deletion = EventDeletion(
            live: live,
            page: page,
            reason: .undone,
            link: link ?? .forgetIfLinked,
            needsProof: false,
            isExact: true
        )
        return .change(.delete(deletion))
    }

    /// The event that the run made. A run that was killed may have had to take a successor of the id that it intended.
    private func made(_ entry: JournalRecord, _ page: PageID, _ event: EventID) -> LiveEvent? {
        let intended = observed.events[event].flatMap { $0.status == .live ? $0 : nil }
        if entry.end.result == .applied || intended?.marks?.page == page { return intended }
        return (1..<8).lazy.compactMap { observed.events[EventID(derivedFrom: page, generation: $0)] }
            .first { $0.status == .live && $0.marks?.page == page }
    }

    private func update(_ entry: JournalRecord, _ page: PageID, _ event: EventID) -> Decision {
        guard let image = entry.before.content, let after = entry.intent.after else {
            return .keep("the journal has no image of it")
        }
        let before = image.speaking(of: entry.intent.fields)
        guard let live = observed.events[event], live.status == .live, let now = live.event else {
            return entry.end.result == .applied ? .keep("it was deleted since") : .nothing
        }
        guard !live.isHidden else { return .keep(Self.unseen) }
        guard live.marks?.page == page else { return .keep("it does not carry our mark any more") }
        if let other = otherOwner(of: live) { return .keep("it belongs to the organization \(other) by now") }
        let fields = before.differences(from: now).filter(entry.intent.fields.contains)
        // An event that was given to another page goes back to the one it had.
        let isGivenAway = entry.before.marks.map { $0.page != page } ?? false
        guard !fields.isEmpty || isGivenAway else { return .nothing }
        if let doubt = laterWriter(entry, event) { return doubt }
        let left = before.taking(entry.intent.fields, from: after)
        guard isAsLeft(live, entry, content: left) else { return .keep("it was edited since") }
        let update = EventUpdate(
            desired: wanted(before, entry, page),
            live: live,
            fields: fields,
            reason: .undone,
            marks: entry.before.marks,
            // A link that the run made for an event which had none goes.
            link: entry.before.link == nil ? .forget : linkBack(entry)
        )
        guard update.lostExceptions.isEmpty else {
            return .keep("people changed single occurrences of it since, which would be lost")
        }
        return .change(.update(update))
    }

    private func deletion(_ entry: JournalRecord, _ page: PageID, _ event: EventID) -> Decision {
        guard let before = entry.before.content else { return .keep("the journal has no image of it") }
        let live = observed.events[event]
        if let live, live.status == .live {
            guard !live.isHidden else { return .keep(Self.unseen) }
            guard entry.end.result == .applied, let now = live.event else { return .nothing }
            let isBack = before.differences(from: now).isEmpty
            return isBack ? .nothing : .keep("somebody brought it back and edited it since")
        }
        if let latest = history.latest[event], latest.intent.action != .delete {
            return .keep("run \(latest.run) wrote it later, and somebody deleted it since")
        }
        let others = otherEvents(of: page, than: event)
        // The copy of a duplicate is what the run left the page.
        if entry.intent.reason != Reason.duplicate.rawValue, !others.isSubset(of: history.madeOrRemoved) {
            return .keep("its page has another event now")
        }
        let creation = EventCreation(
            desired: wanted(before, entry, page),
            id: event,
            reason: .undone,
            tombstone: live?.etag,
            restoration: EventCreation.Restoration(
                marks: entry.before.marks,
                link: linkBack(entry),
                mayTakeSuccessor: others.isEmpty
            )
        )
        return .change(.create(creation))
    }

    // MARK: - Helpers

    private func otherOwner(of live: LiveEvent) -> String? {
        // The journal knows the page: what names our database is ours, also where the prefix is somebody else's by now.
        let isHere = live.marks?.database == observed.database
        let owner = observed.ownership.owner(of: live, link: nil, isKnown: true, isHere: isHere)
        guard case .other(let prefix) = owner else { return nil }
        return prefix
    }

    private static let unseen = "it is private now, and Google does not show its content"

    private func isAsLeft(_ live: LiveEvent, _ entry: JournalRecord, content: EventContent?) -> Bool {
        if entry.end.result == .applied, let etag = entry.end.etag, etag.isSameVersion(as: live.etag) { return true }
        guard let content, let now = live.event else { return false }
        return content.differences(from: now).isEmpty
    }

    /// Whether an event that the run made still is what we wrote: a delete also takes away what people added to it, of which
    /// the fields that we manage say nothing (guests, a conference).
    private func isUntouched(_ live: LiveEvent, _ entry: JournalRecord) -> Bool {
        let isEqual =
            live.event.flatMap { now in
                entry.intent.after.map { $0.differences(from: now).isEmpty }
            } ?? false
        guard entry.end.result == .applied, let etag = entry.end.etag, !etag.rawValue.isEmpty else {
            // A person's series is more than its first occurrence.
            return isEqual && !(live.isSeries && entry.intent.after?.recurrence == nil)
        }
        // Later runs may have written it and taken that back again.
        return live.etag == history.latest[live.id]?.end.etag && (live.etag == etag || isEqual)
    }

    /// Live events of a page beside one of them; instances of a series are not events of their own, and what is another
    /// organization's, or a person's copy, is no event of the page.
    private func otherEvents(of page: PageID, than event: EventID) -> Set<EventID> {
        let others = observed.events.values.lazy.filter { other in
            other.standsAlone && other.marks?.page == page && other.id != event
                && otherOwner(of: other) == nil && !isPersons(other, page)
        }
        return Set(others.map(\.id))
    }

    /// Whether it certainly is a copy that somebody made something else of: neither linked nor with an id of the page, and not as
    /// its marks say that it was written.
    private func isPersons(_ live: LiveEvent, _ page: PageID) -> Bool {
        guard live.id != observed.links[page]?.event, !live.id.isDerived(from: page) else { return false }
        return live.isAsWritten == false
    }

    /// Where it is not known whether this run wrote it, a later one that did has to be asked instead.
    private func laterWriter(_ entry: JournalRecord, _ event: EventID) -> Decision? {
        guard entry.end.result != .applied, history.writtenLater.contains(event) else { return nil }
        return .keep("it is not known whether run \(observed.run) wrote it, and a later run did")
    }

    /// The link of the event before, where it had one.
    private func link(_ entry: JournalRecord) -> Link? {
        entry.before.link.flatMap { $0.event == entry.subject.event ? $0 : nil }
    }

    /// What stands there again need not be what the page asks for: the next plan compares the fields. An event that had no link, or one
    /// without content, leaves the link of its page alone.
    private func linkBack(_ entry: JournalRecord) -> LinkAftermath {
        (link(entry)?.written.hash.rawValue ?? "").isEmpty ? .keep : .linkUnversioned
    }

    /// The content of before, with the hash of before.
    private func wanted(_ event: EventContent, _ entry: JournalRecord, _ page: PageID) -> DesiredEvent {
        let link = link(entry)
        var event = event
        event.exceptions = []
        return DesiredEvent(
            page: page,
            event: event,
            hash: link?.written.hash ?? ContentHash(rawValue: ""),
            lastEdited: link?.written.lastEdited
        )
    }

    private func refusal(_ entry: JournalRecord, _ page: PageID, _ event: EventID, _ message: String) -> EventRefusal {
        let content = observed.events[event]?.event ?? entry.intent.after ?? entry.before.content
        let action: ChangeAction =
            switch entry.intent.action {
            case .create: .delete
            case .delete: .create
            case .update, nil: .update
            }
        return EventRefusal(action: action, page: page, event: event, content: content, message: message)
    }

    private static func warnings(of run: RunID, _ entries: [JournalRecord]) -> [Warning] {
        let entries = entries.filter { $0.subject.resource == .calendar && $0.mayHaveHappened }
        let creates = entries.contains { $0.intent.action == .create }
        let updates = entries.contains { $0.intent.action == .update }
        var warnings: [Warning] = []
        if creates {
            let message = "The calendar that run \(run) created is not deleted; its events are taken back."
            warnings.append(Warning(code: "calendar_kept", message: message))
        }
        if updates {
            let message = "Name, zone and description of the calendar stay as run \(run) left them."
            warnings.append(Warning(code: "calendar_settings_kept", message: message))
        }
        return warnings
    }
}
