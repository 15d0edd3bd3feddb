import ReconcileModel

/// Plans one organization: its calendar, then its events page by page, then the limits over all deletes and all updates.
struct OrganizationPlanner {
    let organization: Organization
    let state: OrganizationState

    func plan(_ allowances: Allowances) -> OrganizationPlan {
        var events = EventPlanner(organization: organization, state: state).plan()
        let move = MovePlanner(organization, state)
        move?.complete(&events)
        events.warnings = state.warnings + events.warnings

        let allowedDeletes = allowances.deletes[organization.prefix]
        let deletions = deletionBlock(events, allowed: allowedDeletes)
        // What waits for a yes is looked at again before it goes.
        if deletions == nil, organization.deletions != .confirm { withholdRemembered(&events) }
        let updates = updateBlock(&events, allowed: allowances.updates[organization.prefix])
        let held = Held(deletions: deletions != nil, fields: updates?.fields ?? [])
        let sharing = SharingPlanner(
            organization: organization,
            state: state,
            isAllowed: allowances.sharing.contains(organization.prefix)
        ).plan()

        var work = Work(unchanged: events.unchanged)
        work.blocks = [deletions, updates?.block].compactMap(\.self)
        work.remedy = remedy(for: work.blocks, beside: allowances)
        if case .incomplete(let failure) = state.listing { work.incompleteness = failure }
        let calendar = calendarChange(isBlocked: !work.blocks.isEmpty).map { change in
            // The mark of another database comes after the deletes, and waits with them.
            let waits = state.databaseChange != nil && organization.deletions == .confirm && !events.deletions.isEmpty
            return waits ? PlanLine.pending(.calendar(change)) : .change(.calendar(change))
        }
        // Who sees the calendar is no reason to keep back its mark.
        if let block = sharingBlock(sharing) {
            work.blocks.append(block)
            work.remedy = remedy(for: work.blocks, beside: allowances)
        }
        work.refusal = sharing.failure
        work.audience = sharing.audience
        let rules = sharing.changes.map { change in
            sharing.widenings.contains(change) ? PlanLine.held(.access(change)) : .change(.access(change))
        }
        let moves = move?.moves(events) ?? []
        let eventLines = sorted(events, held, moves, move?.deletions(events) ?? [])
        let feedback = WriteBackPlanner(state: state, lines: eventLines)
        let isRefused = state.pagesRefusedAt != nil
        let pages = isRefused ? [] : pageLines(feedback.writes())
        work.afterYes = isRefused ? [] : feedback.writesAfterYes()
        let leavesRest = move?.leavesRest(events, eventLines) ?? false
        let unmarking = leavesRest ? nil : move?.unmarking().map { PlanLine.change(.calendar(.update($0))) }
        work.lines = [calendar].compactMap(\.self) + rules + eventLines + pages + [unmarking].compactMap(\.self)
        work.target = target(events: events, held, deletesAllowed: allowedDeletes != nil)
        work.target?.feedback = state.feedbackColumns
        work.target?.memory.grants = sharing.grants
        work.target?.leaves = move?.move.from
        work.target?.leavesRest = leavesRest
        if let block = move?.block(moves: moves.count) {
            work.blocks.append(block)
            work.remedy = remedy(for: work.blocks, beside: allowances)
            work.lines = work.lines.map(\.heldBack)
            work.target = nil
        }
        let warnings = events.warnings + sharing.warnings + [refusal(of: feedback)].compactMap(\.self)
        return OrganizationPlan(.planned(work), of: organization, warnings: warnings, notes: state.notes)
    }

    /// A calendar gets the mark of another database once the events of the first are gone or taken over, and not while a limit
    /// holds any of that back.
    private func calendarChange(isBlocked: Bool) -> CalendarChange? {
        if state.databaseChange != nil, case .existing = state.calendar {
            guard !isBlocked, state.listing == .complete else { return nil }
        }
        return CalendarPlanner(organization: organization, state: state).change()
    }

    /// Pages that are not told anything, as Notion refused that not long ago.
    private func refusal(of feedback: WriteBackPlanner) -> Warning? {
        guard let since = state.pagesRefusedAt else { return nil }
        let count = feedback.writes().count
        return count == 0 ? nil : .writeBackRefused(of: organization, count: count, since: since)
    }

    // MARK: - Limits

    /// What the limits hold back.
    private struct Held {
        /// All of them, or none.
        var deletions: Bool
        /// Updates of these fields.
        var fields: Set<EventField>

        func holds(_ update: EventUpdate) -> Bool { !fields.isDisjoint(with: update.fields) }
    }

    private func deletionBlock(_ events: EventPlanner.Result, allowed: Int?) -> Work.Block? {
        let verdict = DeleteLimits(
            maxPercent: organization.maxDeletePercent,
            recentDeletes: state.recentDeletes,
            managedEvents: events.managedCount,
            eventsWhenBlocked: state.eventsWhenBlocked
        ).verdict(deletes: events.deletions.count, allowed: allowed)
        guard case .blocked(let message, let deletes) = verdict else { return nil }
        return Work.Block(.deletes, count: deletes, message: message)
    }

    private func sharingBlock(_ sharing: SharingPlanner.Result) -> Work.Block? {
        let held = sharing.widenings
        guard !held.isEmpty else { return nil }
        let titles = held.map(\.title).joined(separator: ", ")
        return Work.Block(
            .sharing,
            count: held.count,
            message:
                "More people would see the calendar, or could do more with it (\(titles)), and nobody allowed that."
        )
    }

    /// A memory is no proof: what it alone says is gone stays, should no limit hold it back.
    private func withholdRemembered(_ events: inout EventPlanner.Result) {
        let withheld = events.deletions.filter(\.isRemembered)
        guard !withheld.isEmpty else { return }
        let pages = Set(withheld.map(\.page))
        events.deletions.removeAll { pages.contains($0.page) }
        for deletion in withheld {
            let title = deletion.live.event?.summary ?? EventChange.untitled
            let message = "\"\(title)\" was not looked at in this run; its event stays until the next one."
            events.warnings.append(Warning(code: "page_not_proven_absent", message: message, page: deletion.page))
        }
    }

    /// What was found of pages whose events stay: the next runs need not look at each of them.
    private func heldAbsences(_ events: EventPlanner.Result, _ held: Held) -> [PageID: HeldAbsence] {
        guard state.listing == .complete else { return [:] }
        let blocked = held.deletions ? Set(events.deletions.map(\.page)) : []
        let there = Set(state.events.values.lazy.filter { $0.status == .live }.compactMap(\.marks?.page))
        var absences: [PageID: HeldAbsence] = [:]
        for (page, finding) in state.pages {
            guard case .absent(let absence, let seenAt) = finding, there.contains(page) else { continue }
            let stays = organization.deletions != .auto || blocked.contains(page)
            guard absence == .neverSeen || absence.isProof && stays else { continue }
            absences[page] = HeldAbsence(absence, seenAt: seenAt)
        }
        return absences
    }

    private func updateBlock(
        _ events: inout EventPlanner.Result,
        allowed: Int?
    ) -> (block: Work.Block, fields: Set<EventField>)? {
        let limits = UpdateLimits(
            events: events.pagesWithEvents,
            origins: state.origins,
            remembered: state.rememberedOrigins
        )
        let verdict = limits.verdict(events.updates, allowed: allowed)
        for index in events.updates.indices { events.updates[index].cause = limits.cause(of: events.updates[index]) }
        guard case .blocked(let message, let fields, let updates) = verdict else { return nil }
        return (Work.Block(.updates, count: updates, message: message), fields)
    }

    private func remedy(for blocks: [Work.Block], beside allowances: Allowances) -> Allowances? {
        guard !blocks.isEmpty else { return nil }
        var needed = allowances
        for block in blocks {
            switch block.kind {
            case .deletes: needed.deletes[organization.prefix] = block.count
            case .updates: needed.updates[organization.prefix] = block.count
            case .sharing: needed.sharing.insert(organization.prefix)
            case .move: needed.moves.insert(organization.prefix)
            }
        }
        return needed
    }

    // MARK: - The plan

    private func target(events: EventPlanner.Result, _ held: Held, deletesAllowed: Bool) -> Target {
        var target = Target(
            database: state.database,
            dataSource: state.dataSource,
            calendar: state.calendar.id,
            ownership: state.ownership,
            staleLinks: events.staleLinks,
            deletesAreAllowedByName: deletesAllowed,
            memory: Target.Memory(
                managedFields: state.managedFields,
                // What changed a field of most events stays known as the cause for as long as it holds them back.
                origins: events.updates.contains(where: held.holds) ? nil : state.origins,
                managedEvents: events.managedCount,
                held: heldAbsences(events, held)
            )
        )
        target.renamedFrom = state.renamedFrom
        target.databaseChange = state.databaseChange
        target.provenAt = state.provenAt
        return target
    }

    /// By start, so that a plan reads like a calendar; ties by page and event, so that it is always the same.
    private func sorted(
        _ events: EventPlanner.Result,
        _ held: Held,
        _ moves: [EventMove],
        _ moveDeletions: [EventDeletion]
    ) -> [PlanLine] {
        let lines =
            moves.map { PlanLine.change(.event(.move($0))) }
            + moveDeletions.map { deletion in
                let change = Change.event(.delete(deletion))
                return organization.deletions == .confirm ? PlanLine.pending(change) : .change(change)
            }
            + events.creations.map { PlanLine.change(.event(.create($0))) }
            + events.updates.map { held.holds($0) ? .held(.event(.update($0))) : .change(.event(.update($0))) }
            + events.deletions.map { line(of: $0, held) }
            + events.adoptions.map { .change(.adopt($0)) }
        return lines.map { (LineOrder($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// So many pages may lose what people wrote into a property that is ours now; more are most likely another property.
    private static let mostReplacedTexts = 10

    private func pageLines(_ writes: [PageWrite]) -> [PlanLine] {
        let replacing = writes.count(where: \.replacesTexts)
        return writes.map { write in
            let waits = replacing > Self.mostReplacedTexts && write.replacesTexts
            return waits ? .pending(.page(write)) : .change(.page(write))
        }
    }

    private func line(of deletion: EventDeletion, _ held: Held) -> PlanLine {
        let change = Change.event(.delete(deletion))
        if held.deletions { return .held(change) }
        return organization.deletions == .confirm ? .pending(change) : .change(change)
    }
}

/// Sorts the lines of a plan as people read calendars.
private struct LineOrder: Comparable {
    let start: Int
    let page: PageID?
    let event: EventID?
    /// An event goes to another calendar before anything else becomes of it.
    let rank: Int

    init(_ line: PlanLine) {
        start = line.event?.start.order ?? Int.min
        page = line.page
        event = line.eventID
        rank = line.isMove ? 0 : 1
    }

    static func < (left: LineOrder, right: LineOrder) -> Bool {
        (left.start, left.page?.rawValue ?? "", left.event?.rawValue ?? "", left.rank)
            < (right.start, right.page?.rawValue ?? "", right.event?.rawValue ?? "", right.rank)
    }
}
