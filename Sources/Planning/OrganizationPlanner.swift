import ReconcileModel

/// Plans one organization: its calendar, then its events page by page, then the limits over all deletes and all updates.
struct OrganizationPlanner {
    let organization: Organization
    let state: OrganizationState

    func plan(_ allowances: Allowances) -> OrganizationPlan {
        var events = EventPlanner(organization: organization, state: state).plan()
        events.warnings = state.warnings + events.warnings

        let allowedDeletes = allowances.deletes[organization.prefix]
        let deletions = blockDeletions(of: &events, allowed: allowedDeletes)
        if deletions == nil { withholdRemembered(&events) }
        let blocks = [
            deletions,
            blockUpdates(of: &events, allowed: allowances.updates[organization.prefix]),
        ].compactMap(\.self)
        let changes = [calendarChange(isBlocked: !blocks.isEmpty)].compactMap(\.self) + sorted(events)
        return OrganizationPlan(
            organization: organization,
            status: status(changes: changes, blocks),
            message: message(blocks),
            hint: hint(blocks, allowances),
            warnings: events.warnings,
            notes: state.notes,
            changes: changes,
            unchanged: events.unchanged,
            target: target(events: events, deletesAllowed: allowedDeletes != nil)
        )
    }

    /// A calendar gets the mark of another database once the events of the first are gone or taken over, and not while a limit
    /// holds any of that back.
    private func calendarChange(isBlocked: Bool) -> Change? {
        if state.databaseChange != nil, case .existing = state.calendar {
            guard !isBlocked, state.listing == .complete else { return nil }
        }
        return CalendarPlanner(organization: organization, state: state).change()
    }

    // MARK: - Limits

    /// What a limit holds back: what to tell people, and the number that allows it for one run.
    private struct Block {
        enum Kind { case deletes, updates }

        var message: String
        var kind: Kind
        var count: Int
    }

    private func blockDeletions(of events: inout EventPlanner.Result, allowed: Int?) -> Block? {
        let verdict = DeleteLimits(
            maxPercent: organization.maxDeletePercent,
            recentDeletes: state.recentDeletes,
            managedEvents: events.managedCount,
            eventsWhenBlocked: state.eventsWhenBlocked
        ).verdict(deletes: events.deletions.count, allowed: allowed)
        guard case .blocked(let message, let deletes) = verdict else { return nil }
        for index in events.deletions.indices { events.deletions[index].isBlocked = true }
        return Block(message: message, kind: .deletes, count: deletes)
    }

    /// A memory is no proof: what it alone says is gone stays, should no limit hold it back.
    private func withholdRemembered(_ events: inout EventPlanner.Result) {
        let withheld = events.deletions.filter { $0.reason != .duplicate && state.remembered[$0.page] != nil }
        guard !withheld.isEmpty else { return }
        let pages = Set(withheld.map(\.page))
        events.deletions.removeAll { pages.contains($0.page) }
        for deletion in withheld {
            let title = deletion.live.event?.summary ?? "Untitled"
            let message = "\"\(title)\" was not looked at in this run; its event stays until the next one."
            events.warnings.append(Warning(code: "page_not_proven_absent", message: message, page: deletion.page))
        }
    }

    /// What was found of pages whose events stay: the next runs need not look at each of them.
    private func held(_ events: EventPlanner.Result) -> [PageID: HeldAbsence] {
        guard state.listing == .complete else { return [:] }
        let blocked = Set(events.deletions.filter(\.isBlocked).map(\.page))
        let there = Set(state.events.values.lazy.filter { $0.status == .live }.compactMap(\.marks?.page))
        var held: [PageID: HeldAbsence] = [:]
        for (page, absence) in state.absences where there.contains(page) {
            let stays = organization.deletions == .never || blocked.contains(page)
            guard absence == .neverSeen || absence.isProof && stays else { continue }
            held[page] = HeldAbsence(absence, seenAt: state.remembered[page])
        }
        return held
    }

    private func blockUpdates(of events: inout EventPlanner.Result, allowed: Int?) -> Block? {
        let limits = UpdateLimits(
            events: events.pagesWithEvents,
            origins: state.origins,
            remembered: state.rememberedOrigins
        )
        let verdict = limits.verdict(events.updates, allowed: allowed)
        for index in events.updates.indices { events.updates[index].cause = limits.cause(of: events.updates[index]) }
        guard case .blocked(let message, let fields, let updates) = verdict else { return nil }
        for index in events.updates.indices where !fields.isDisjoint(with: events.updates[index].fields) {
            events.updates[index].isBlocked = true
        }
        return Block(message: message, kind: .updates, count: updates)
    }

    // MARK: - The plan

    private func target(events: EventPlanner.Result, deletesAllowed: Bool) -> OrganizationPlan.Target {
        var id: CalendarID?
        if case .existing(let calendar) = state.calendar { id = calendar.id }
        return OrganizationPlan.Target(
            database: state.database,
            dataSource: state.dataSource,
            calendar: id,
            renamedFrom: state.renamedFrom,
            databaseChange: state.databaseChange,
            managedFields: state.managedFields,
            ownership: state.ownership,
            staleLinks: events.staleLinks,
            deletesAreAllowedByName: deletesAllowed,
            managedEvents: events.managedCount,
            // What changed a field of most events stays known as the cause for as long as it holds them back.
            origins: events.updates.contains(where: \.isBlocked) ? nil : state.origins,
            held: held(events)
        )
    }

    /// By start, so that a plan reads like a calendar; ties by page and event, so that it is always the same.
    private func sorted(_ events: EventPlanner.Result) -> [Change] {
        let keyed: [(EventOrder, Change)] =
            events.creations.map { (EventOrder($0.desired.event, $0.desired.page, $0.id), .createEvent($0)) }
            + events.updates.map { (EventOrder($0.desired.event, $0.desired.page, $0.live.id), .updateEvent($0)) }
            + events.deletions.map { (EventOrder($0.live.event, $0.page, $0.live.id), .deleteEvent($0)) }
            + events.adoptions.map { (EventOrder($0.desired.event, $0.desired.page, $0.event), .adoptEvent($0)) }
        return keyed.sorted { $0.0 < $1.0 }.map(\.1)
    }

    private func status(changes: [Change], _ blocks: [Block]) -> OrganizationPlan.Status {
        if case .incomplete = state.listing { return .error }
        if !blocks.isEmpty { return .blocked }
        return changes.contains(where: \.writes) ? .changes : .noChanges
    }

    private func message(_ blocks: [Block]) -> String? {
        var parts = blocks.map(\.message)
        if case .incomplete(let failure) = state.listing { parts.insert(failure.message, at: 0) }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    private func hint(_ blocks: [Block], _ allowances: Allowances) -> String? {
        var parts: [String] = []
        if case .incomplete(let failure) = state.listing, let hint = failure.hint { parts.append(hint) }
        if !blocks.isEmpty {
            var needed = allowances
            for block in blocks {
                switch block.kind {
                case .deletes: needed.deletes[organization.prefix] = block.count
                case .updates: needed.updates[organization.prefix] = block.count
                }
            }
            parts.append("If that is right, allow it for one run: `\(needed.command(for: organization.prefix))`.")
        }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}

/// Sorts events as people read calendars.
private struct EventOrder: Comparable {
    let start: Int
    let page: PageID
    let event: EventID

    init(_ event: EventContent?, _ page: PageID, _ id: EventID) {
        start = event?.start.order ?? Int.min
        (self.page, self.event) = (page, id)
    }

    static func < (left: EventOrder, right: EventOrder) -> Bool {
        (left.start, left.page, left.event) < (right.start, right.page, right.event)
    }
}
