import Planning
import ReconcileModel
import Testing
import TestSupport

/// What an undo decides from an entry of the journal and the live event.
struct UndoPlannerTests {
    private let one = DesiredEvent.sample(1)
    private let old = EventContent.sample("Before", day: 1)
    private var id: EventID { EventID(derivedFrom: one.page) }

    private func entry(_ action: JournalRecord.Action, _ result: JournalRecord.Result? = .applied) -> JournalRecord {
        JournalRecord(
            run: RunID(rawValue: 1),
            seq: 1,
            subject: JournalRecord.Subject(
                organization: "acm",
                resource: .event,
                page: one.page,
                calendar: .sample,
                event: id
            ),
            intent: JournalRecord.Intent(
                action: action,
                reason: "edited",
                fields: action == .update ? [.summary] : [],
                after: action == .delete ? nil : one.event
            ),
            before: JournalRecord.Before(
                content: action == .create ? nil : old,
                marks: EventMarks(page: one.page, organization: "acm", hash: old.sampleHash),
                link: one.link(hash: old.sampleHash)
            ),
            end: JournalRecord.End(result: result, etag: result == .applied ? .number(5) : nil)
        )
    }

    /// What a run after it wrote to the same event.
    private func later(
        _ action: JournalRecord.Action,
        _ result: JournalRecord.Result? = .applied,
        run: Int64 = 2,
        etag: Int = 5
    ) -> JournalRecord {
        var entry = entry(action, result)
        entry.run = RunID(rawValue: run)
        if result == .applied, action != .delete { entry.end.etag = .number(etag) }
        return entry
    }

    private func plan(
        _ entry: JournalRecord,
        _ events: [LiveEvent],
        later: [JournalRecord] = [],
        undoneBy: Set<RunID> = []
    ) -> OrganizationPlan {
        var observed = UndoObservation(
            run: RunID(rawValue: 1),
            organization: .sample(),
            database: .sample,
            calendar: .sample,
            journal: [entry] + later,
            events: Dictionary(events.map { ($0.id, $0) }) { first, _ in first },
            ownership: .sample
        )
        observed.undoneBy = undoneBy
        return UndoPlanner(observed).plan()
    }

    /// `delete`, `refuse delete`, … or `nothing`.
    private func verdict(
        _ entry: JournalRecord,
        _ events: [LiveEvent],
        later: [JournalRecord] = [],
        undoneBy: Set<RunID> = []
    ) -> String {
        let plan = plan(entry, events, later: later, undoneBy: undoneBy)
        guard let line = plan.lines.first else { return plan.status == .noChanges ? "nothing" : "?" }
        #expect(plan.status == (line.isHeld ? .blocked : .changes))
        return line.isHeld ? "refuse \(line.action.rawValue)" : line.action.rawValue
    }

    @Test func `an update gets back content, marks and link of before`() throws {
        let plan = plan(entry(.update), [one.live(etag: 5)])
        guard case .change(.event(.update(let update)))? = plan.lines.first else {
            Issue.record("another change")
            return
        }
        #expect(update.fields == [.summary] && update.desired.event == old)
        #expect(update.desired.hash == old.sampleHash && update.marks?.hash == old.sampleHash)
        #expect(update.live.etag == .number(5) && update.reason == .undone)
        #expect(update.link == .linkUnversioned)
    }

    @Test func `an update of an event without a link forgets the link that it made`() {
        var entry = entry(.update)
        entry.before.link = nil
        guard case .change(.event(.update(let update)))? = plan(entry, [one.live(etag: 5)]).lines.first else {
            Issue.record("another change")
            return
        }
        #expect(update.link == .forget)
    }

    @Test(arguments: [JournalRecord.Result.applied, nil])
    func `an update is taken back only where the event is as the run left it`(result: JournalRecord.Result?) {
        let entry = entry(.update, result)
        let left = one.live(event: .sample("Event 1", day: 1))
        #expect(verdict(entry, [left]) == "update")
        #expect(verdict(entry, [one.live(event: .sample("Before", day: 1))]) == "nothing")
        #expect(verdict(entry, [one.live(event: .sample("By hand", day: 1))]) == "refuse update")
        #expect(verdict(entry, [one.live(event: .sample("Event 1", day: 1, location: "Elsewhere"))]) == "refuse update")
        #expect(verdict(entry, [.stranger(id)]) == "refuse update")
        let gone = result == .applied ? "refuse update" : "nothing"
        #expect(verdict(entry, []) == gone && verdict(entry, [one.live(status: .cancelled)]) == gone)
    }

    @Test func `what Google wrote down otherwise is still as the run left it`() {
        let normalized = one.live(etag: 5, event: .sample("event 1", day: 1))
        #expect(verdict(entry(.update), [normalized]) == "update")
        #expect(verdict(entry(.update, nil), [normalized]) == "refuse update")
    }

    @Test(arguments: [JournalRecord.Result.applied, nil])
    func `a created event is deleted only where it is as the run left it`(result: JournalRecord.Result?) {
        let entry = entry(.create, result)
        #expect(verdict(entry, [one.live(etag: 5)]) == "delete")
        #expect(verdict(entry, []) == "nothing")
        #expect(verdict(entry, [one.live(status: .cancelled)]) == "nothing")
        #expect(verdict(entry, [one.live(event: .sample("By hand"))]) == "refuse delete")
        // Where the answer is not known, a stranger under the id means that nothing of ours was made.
        #expect(verdict(entry, [.stranger(id)]) == (result == .applied ? "refuse delete" : "nothing"))
    }

    @Test func `a killed run may have made a successor of the id it intended`() {
        let successor = EventID(derivedFrom: one.page, generation: 1)
        let plan = plan(entry(.create, nil), [.stranger(id), one.live(id: successor)])
        #expect(plan.lines.map(\.action) == [.delete] && plan.lines.map(\.eventID) == [successor])
    }

    @Test(arguments: [JournalRecord.Result.applied, nil])
    func `a deleted event is revived under its id`(result: JournalRecord.Result?) {
        let entry = entry(.delete, result)
        let plan = plan(entry, [one.live(etag: 7, status: .cancelled)])
        guard case .change(.event(.create(let creation)))? = plan.lines.first else {
            Issue.record("another change")
            return
        }
        #expect(creation.id == id && creation.tombstone == .number(7) && creation.desired.event == old)
        #expect(verdict(entry, []) == "create")
        #expect(verdict(entry, [one.live(event: old)]) == "nothing")
        let edited = verdict(entry, [one.live(event: .sample("By hand"))])
        #expect(edited == (result == .applied ? "refuse create" : "nothing"))
    }

    @Test func `a created event that somebody touched stays, whatever its managed fields say`() {
        let touched = one.live(etag: 6)
        #expect(verdict(entry(.create), [touched]) == "refuse delete")
        // A later run changed it, and that was taken back.
        let changes = [later(.update, etag: 5), later(.update, run: 3, etag: 6)]
        #expect(verdict(entry(.create), [touched], later: changes) == "delete")
        #expect(verdict(entry(.create), [one.live(etag: 7)], later: changes) == "refuse delete")
        #expect(verdict(entry(.create), [one.live(etag: 6, event: old)], later: changes) == "refuse delete")
        var series = one.live()
        series.isSeries = true
        #expect(verdict(entry(.create, nil), [series]) == "refuse delete")
    }

    @Test(arguments: [JournalRecord.Action.create, .update, .delete])
    func `what certainly was not written is not taken back`(action: JournalRecord.Action) {
        let events: [JournalRecord.Action: [LiveEvent]] = [.create: [one.live()], .update: [one.live()]]
        for result in [JournalRecord.Result.failed, .stale, .skipped] {
            #expect(verdict(entry(action, result), events[action] ?? []) == "nothing")
        }
        #expect(verdict(entry(action, nil), events[action] ?? []) != "nothing")
    }

    @Test func `where a later run wrote, an unknown outcome is not guessed`() {
        let left = one.live(event: .sample("Event 1", day: 1))
        for result in [JournalRecord.Result.applied, nil] {
            #expect(verdict(entry(.create, nil), [one.live()], later: [later(.update, result)]) == "refuse delete")
            #expect(verdict(entry(.update, nil), [left], later: [later(.update, result)]) == "refuse update")
            #expect(verdict(entry(.update, .applied), [left], later: [later(.update, result)]) == "update")
        }
        #expect(verdict(entry(.update, nil), [left], later: [later(.update, .stale)]) == "update")
    }

    @Test func `an undo that was killed does not stand in its own way`() {
        let undo = RunID(rawValue: 2)
        let left = one.live(event: .sample("Event 1", day: 1))
        let tombstone = one.live(status: .cancelled)
        let unanswered = later(.delete, nil)
        #expect(verdict(entry(.create, nil), [one.live()], later: [unanswered], undoneBy: [undo]) == "delete")
        #expect(verdict(entry(.update, nil), [left], later: [later(.update, nil)], undoneBy: [undo]) == "update")
        #expect(verdict(entry(.delete), [tombstone], later: [later(.create, nil)], undoneBy: [undo]) == "create")
    }

    @Test func `a deleted event comes back if a run was the last to delete it`() {
        let tombstone = one.live(status: .cancelled)
        let revived = later(.create)
        #expect(verdict(entry(.delete), [tombstone], later: [revived]) == "refuse create")
        #expect(verdict(entry(.delete), [tombstone], later: [revived, later(.delete, run: 3)]) == "create")
    }

    @Test func `a page that has another event now gets no second one`() {
        let other = one.live(id: EventID(rawValue: "another"), event: old)
        let tombstone = one.live(status: .cancelled)
        var entry = entry(.delete)
        entry.intent.reason = Reason.trashed.rawValue
        #expect(verdict(entry, [tombstone, other]) == "refuse create")
        var copy = entry
        (copy.seq, copy.subject.event) = (2, other.id)
        // Both were removed by the run, and one is back already.
        #expect(verdict(entry, [tombstone, other], later: [copy]) == "create")
        var instance = other
        instance.recurringEvent = EventID(rawValue: "series")
        #expect(verdict(entry, [tombstone, instance]) == "create")
        entry.intent.reason = Reason.duplicate.rawValue
        let plan = plan(entry, [tombstone, other])
        guard case .change(.event(.create(let creation)))? = plan.lines.first else {
            Issue.record("another change")
            return
        }
        #expect(creation.restoration?.mayTakeSuccessor == false)
    }

    @Test func `a created event that is deleted gives the link of before back`() {
        let plan = plan(entry(.create), [one.live(etag: 5)])
        guard case .change(.event(.delete(let deletion)))? = plan.lines.first else {
            Issue.record("another change")
            return
        }
        #expect(deletion.link == .restore(one.link(hash: old.sampleHash)))
    }

    @Test func `calendars stay, and the plan says so`() {
        var entry = entry(.create)
        entry.subject = JournalRecord.Subject(organization: "acm", resource: .calendar, calendar: .sample)
        let plan = plan(entry, [])
        #expect(plan.status == .noChanges && plan.warnings.map(\.code) == ["calendar_kept"])
    }
}
