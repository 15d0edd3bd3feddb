import ReconcileModel
import TestSupport

/// A tiny Google Calendar and link table, on which a plan can be carried out.
///
/// It does what the services promise and no more: writes on the condition of an etag, ids that can be used once, tombstones,
/// and texts that Google writes down in its own way.
struct ModelWorld {
    var state: OrganizationState
    /// What a plan did that the services would have refused.
    private(set) var violations: [String] = []
    private var lastEtag = 10_000

    init(_ state: OrganizationState) { self.state = state }

    /// What Google makes of a text: something that `isSameText` does not forgive.
    static func normalized(_ event: EventContent) -> EventContent {
        var event = event
        if let text = event.description { event.description = text.replacing("<script>", with: "") }
        return event
    }

    mutating func apply(_ plan: OrganizationPlan) {
        if let grants = plan.target?.memory.grants { state.grants = grants }
        for line in plan.lines { apply(line, plan) }
        for page in plan.target?.staleLinks ?? [] { state.links[page] = nil }
    }

    private mutating func apply(_ line: PlanLine, _ plan: OrganizationPlan) {
        switch line.todo {
        case .calendar(.create(let creation)):
            if case .existing = state.calendar { violations.append("a second calendar") }
            state.calendar = .existing(
                LiveCalendar(
                    id: .sample,
                    etag: nextEtag(),
                    summary: creation.summary,
                    description: creation.description,
                    timeZone: creation.timeZone,
                    isCreatedByUs: true
                )
            )
            state.sharing = .read([])
        case .calendar(.update(let update)): apply(update)
        case .access(let change): apply(change)
        case .event(.create(let creation)): apply(creation, plan)
        case .event(.update(let update)): apply(update, plan)
        case .event(.delete(let deletion)): apply(deletion, plan)
        case .calendar(.delete), .event(.release), .event(.move):
            violations.append("a change that no plan of a run has")
        case .adopt(let adoption): link(adoption.desired, adoption.event, adoption.etag)
        case .page(let write): apply(write, plan)
        case nil: break
        }
    }

    private mutating func apply(_ write: PageWrite, _ plan: OrganizationPlan) {
        guard var feedback = state.feedback[write.page] else {
            violations.append("a write into \(write.page), which is told nothing")
            return
        }
        for (field, value) in write.values {
            if feedback.values[field] != value.before { violations.append("a write over something else") }
            switch value.after {
            case .text(let text): feedback.values[field] = text
            case .address: feedback.values[field] = state.links[write.page].flatMap { state.events[$0.event]?.address }
            }
        }
        state.feedback[write.page] = feedback
    }

    private mutating func apply(_ update: CalendarUpdate) {
        guard case .existing(var calendar) = state.calendar, calendar == update.calendar else {
            violations.append("an update of a calendar that is not there")
            return
        }
        calendar.summary = update.summary ?? calendar.summary
        calendar.description = update.description ?? calendar.description
        calendar.timeZone = update.timeZone ?? calendar.timeZone
        calendar.etag = nextEtag()
        state.calendar = .existing(calendar)
    }

    private mutating func apply(_ change: AccessChange) {
        guard case .read(var rules) = state.sharing else {
            violations.append("a rule of a calendar whose rules nobody read")
            return
        }
        if rules.first(where: { $0.scope == change.scope })?.role != change.before {
            violations.append("a change of a rule for \(change.scope.text) as it is not")
        }
        rules.removeAll { $0.scope == change.scope }
        if let role = change.after { rules.append(LiveAccessRule(role, change.scope)) }
        state.sharing = .read(rules)
        state.grants.removeAll { $0.scope == change.scope }
        if let role = change.after { state.grants.append(AccessGrant(change.scope, made: role, calendar: .sample)) }
    }

    private mutating func apply(_ creation: EventCreation, _ plan: OrganizationPlan) {
        let occupant = state.events[creation.id]
        if let tombstone = creation.tombstone {
            guard let occupant, occupant.status == .cancelled, occupant.etag == tombstone else {
                violations.append("a revival of \(creation.id), which is no such tombstone")
                return
            }
        } else if occupant != nil {
            violations.append("an insert of \(creation.id), which is taken")
            return
        }
        var live = LiveEvent(
            id: creation.id,
            etag: nextEtag(),
            marks: marks(creation.desired, plan, on: creation.id),
            event: Self.normalized(creation.desired.event).complete,
            created: occupant?.created ?? "2026-11-20T00:00:00.000Z"
        )
        live.address = "https://www.google.com/calendar/event?eid=\(live.id)"
        state.events[live.id] = live.asSeries
        link(creation.desired, live.id, live.etag)
    }

    private mutating func apply(_ update: EventUpdate, _ plan: OrganizationPlan) {
        guard var live = state.events[update.live.id], live == update.live, live.status == .live else {
            violations.append("an update of \(update.live.id) as it is not")
            return
        }
        let wanted = Self.normalized(update.desired.event)
        var event = (live.event ?? wanted).taking(update.fields, from: wanted).complete
        // The zone of a series stands beside its start, and is written with it.
        if update.fields.contains(.start), let series = wanted.recurrence, var rule = event.recurrence {
            rule.zone = series.zone
            event[.recurrence] = .text(rule.text)
        }
        (live.event, live.marks, live.etag) = (event, marks(update.desired, plan, on: live.id), nextEtag())
        // With another rule or start Google forgets what people made of single occurrences.
        if !update.lostExceptions.isEmpty {
            live.event?.exceptions = []
            state.events = state.events.filter { $0.value.recurringEvent != live.id }
        }
        state.events[live.id] = live.asSeries
        link(update.desired, live.id, live.etag)
    }

    private mutating func apply(_ deletion: EventDeletion, _ plan: OrganizationPlan) {
        guard var live = state.events[deletion.live.id], live == deletion.live, live.status == .live else {
            violations.append("a delete of \(deletion.live.id) as it is not")
            return
        }
        (live.status, live.etag) = (.cancelled, nextEtag())
        state.events[live.id] = live
        if deletion.link == .forget { state.links[deletion.page] = nil }
        if plan.target?.deletesAreAllowedByName != true { state.recentDeletes += 1 }
    }

    private mutating func link(_ desired: DesiredEvent, _ event: EventID, _ etag: ETag) {
        state.links[desired.page] = desired.link(event: event)
        state.links[desired.page]?.written.etag = etag
    }

    private func marks(_ desired: DesiredEvent, _ plan: OrganizationPlan, on event: EventID) -> EventMarks {
        EventMarks(
            page: desired.page,
            organization: plan.organization.prefix,
            hash: desired.hash,
            event: event,
            settings: desired.settingsMark
        )
    }

    private mutating func nextEtag() -> ETag {
        lastEtag += 1
        return .number(lastEtag)
    }
}

extension LiveEvent {
    /// The same, known as a series where it is one.
    fileprivate var asSeries: LiveEvent {
        var live = self
        live.isSeries = event?.recurrence != nil
        return live
    }
}
