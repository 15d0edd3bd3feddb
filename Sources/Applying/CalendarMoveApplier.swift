import CalendarAPI
import ReconcileModel

/// Takes an organization's events to another calendar, before anything else is done to them; what Google does not move is made anew
/// there, and then deleted where it was. Killed anywhere, an event is in one of the two at least.
struct CalendarMoveApplier: Sendable {
    /// Works on either calendar.
    let applier: @Sendable (CalendarID) -> EventApplier
    let plan: OrganizationPlan
    let from: CalendarID
    let to: CalendarID

    /// What became of the moves.
    struct Result: Sendable {
        /// By position in the plan; also of updates of what was made anew, for that is as its page wants it.
        var outcomes: [Int: Outcome] = [:]
        var addresses: [PageID: String] = [:]
        var warnings: [Warning] = []
        /// The versions of what was moved.
        var versions: [EventID: ETag] = [:]
        /// Events that are not in the other calendar under their id.
        var missing: Set<EventID> = []
        var failure: Failure?

        mutating func take(_ result: EventApplier.Result) {
            outcomes.merge(result.outcomes) { _, new in new }
            addresses.merge(result.addresses) { _, new in new }
            warnings += result.warnings
            failure = failure ?? result.failure
        }
    }

    func apply() async -> Result {
        var result = Result()
        let moves = moves
        guard !moves.isEmpty else { return result }
        let moved = await applier(from).apply(moves.map { ($0.index, .move($0.move)) })
        result.take(moved)
        let seen = Dictionary(moves.map { ($0.move.live.id, $0.move.live) }) { first, _ in first }
        for (id, live) in moved.moved {
            // What somebody changed since it was seen is found by the version that was seen.
            if let before = seen[id], live.isUnchanged(since: before) { result.versions[id] = live.etag }
            if let page = live.marks?.page, let address = live.address { result.addresses[page] = address }
        }
        result.missing = Set(moves.map(\.move.live.id)).subtracting(moved.moved.keys)
        if result.failure == nil { await makeAnew(moves.filter { moved.refused.contains($0.index) }, into: &result) }
        return result
    }

    private var moves: [(index: Int, move: EventMove)] {
        plan.eventChanges.compactMap { index, change in
            if case .move(let move) = change { (index, move) } else { nil }
        }
    }

    /// Events whose updates are held back.
    private var held: Set<EventID> { Set(plan.lines.lazy.filter { $0.isHeld && !$0.isMove }.compactMap(\.eventID)) }

    private func makeAnew(_ moves: [(index: Int, move: EventMove)], into result: inout Result) async {
        let creations = moves.compactMap { index, move in
            // A limit that holds back what the page asks for holds it back here, too.
            guard !held.contains(move.live.id), let desired = move.desired?.keepingSettings(of: move.live) else {
                return (index: Int, change: EventChange)?.none
            }
            let id = EventID(derivedFrom: move.page, generation: 0)
            return (index, .create(EventCreation(desired: desired, id: id, reason: .calendarMoved)))
        }
        guard !creations.isEmpty else { return }
        let reasons = result.outcomes
        let made = await applier(to).apply(creations)
        result.take(made)
        let deletions = moves.filter { made.outcomes[$0.index]?.isFulfilled == true }
        // Where deletes need a yes, the next plan asks for it.
        if plan.organization.deletions == .auto {
            let changes = deletions.map { index, move in
                (index: index, change: EventChange.delete(.left(move.live, of: move.page, in: from)))
            }
            result.take(await applier(from).apply(changes))
        }
        for (index, move) in deletions {
            for (other, line) in plan.lines.enumerated() where line.eventID == move.live.id && !line.isMove {
                result.outcomes[other] = .unchanged("it was made anew as its page wants it")
            }
            guard case .failed(let failure)? = reasons[index] else { continue }
            let message =
                "\"\(move.live.event?.summary ?? EventChange.untitled)\" could not be moved (\(failure.message)): it was made anew, and "
                + "guests, colours and what people made of single occurrences were not taken along."
            result.warnings.append(Warning(code: "event_made_anew", message: message, page: move.page))
        }
    }
}

extension OrganizationPlan {
    /// The same, with the versions that events have in the calendar they were taken to.
    func following(_ moved: CalendarMoveApplier.Result) -> OrganizationPlan {
        var plan = self
        plan.work?.lines = lines.map { line in
            switch line {
            case .change(.adopt(var adoption)):
                guard let etag = moved.versions[adoption.event] else { return line }
                adoption.etag = etag
                return .change(.adopt(adoption))
            case .change(.event(.update(var update))):
                guard let etag = moved.versions[update.live.id] else { return line }
                update.live.etag = etag
                return .change(.event(.update(update)))
            default: return line
            }
        }
        return plan
    }
}

extension LiveEvent {
    /// Whether the fields that pages can give are as they were when it was seen.
    func isUnchanged(since seen: LiveEvent) -> Bool {
        guard let before = seen.event, let event else { return false }
        return event.complete.differences(from: before).isEmpty
    }
}

extension DesiredEvent {
    /// The same, with what people set of an event that is made anew: what they made private stays private.
    fileprivate func keepingSettings(of live: LiveEvent) -> DesiredEvent {
        guard let content = live.event else { return self }
        var desired = self
        for field in EventField.settings where field.kind == .setting && desired.event[field] == nil {
            desired.event[field] = content[field]
        }
        return desired
    }
}
