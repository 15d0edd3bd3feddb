import Planning
import ReconcileModel
import TestSupport
import Testing

/// What goes with an organization, and what stays.
struct RetirementPlannerTests {
    private let one = DesiredEvent.sample(1)
    private let two = DesiredEvent.sample(2)

    private func state(
        _ events: [LiveEvent],
        linked: [DesiredEvent] = [],
        role: CalendarRole = .owner
    ) -> OrganizationState {
        let mark = CalendarMark(prefix: "acm", database: .sample)
        let calendar = LiveCalendar(
            id: .sample,
            etag: .number(1),
            summary: "ACM Events",
            description: mark.appended(to: "Talks"),
            isCreatedByUs: true,
            access: CalendarAccess(role: role, account: "reconcile@example.org")
        )
        var state = OrganizationState(
            database: .sample,
            calendar: .existing(calendar),
            ownership: EventOwnership(prefixes: ["acm"], otherPrefixes: ["film"])
        )
        state.events = Dictionary(events.map { ($0.id, $0) }) { first, _ in first }
        state.links = Dictionary(linked.map { ($0.page, $0.link()) }) { first, _ in first }
        state.account = "reconcile@example.org"
        return state
    }

    private func plan(_ state: OrganizationState, _ events: RetiredEvents = .removed) -> OrganizationPlan {
        RetirementPlanner(.sample(), state, events: events).plan()
    }

    @Test func `our events go, or only our marks, and the calendar's mark at last`() {
        let state = state([one.live(), two.live(), .stranger(EventID(rawValue: "choir"))], linked: [one])
        #expect(plan(state).words == ["delete 1 retired", "delete 2 retired", "update calendar retired"])
        let kept = plan(state, .kept)
        #expect(kept.words == ["update 1 retired", "update 2 retired", "update calendar retired"])
        #expect(kept.lines.allSatisfy { if case .change(.event(.update)) = $0 { false } else { true } })
        guard case .change(.calendar(.update(let update)))? = kept.lines.last else {
            return #expect(Bool(false), "the mark stays")
        }
        #expect(update.description == "Talks" && update.summary == nil && update.timeZone == nil)
    }

    @Test func `what is another organization's, deleted or a part of a series stays`() {
        var other = two.live()
        other.marks?.organization = "film"
        var instance = one.live(id: EventID(rawValue: "instance"))
        instance.recurringEvent = EventID(derivedFrom: one.page)
        let deleted = DesiredEvent.sample(3).live(status: .cancelled)
        #expect(
            plan(state([one.live(), other, instance, deleted])).words == [
                "delete 1 retired", "update calendar retired",
            ]
        )
    }

    @Test func `an event that names a page and nobody who wrote it is left alone, unless it is linked`() {
        var old = one.live()
        old.marks = EventMarks(page: one.page)
        #expect(plan(state([old])).words == ["update calendar retired"])
        #expect(plan(state([old])).warningCodes.contains("event_unclaimed"))
        #expect(plan(state([old], linked: [one])).words == ["delete 1 retired", "update calendar retired"])
    }

    @Test func `what Google does not show keeps the organization from leaving`() {
        var hidden = one.live()
        (hidden.marks, hidden.isHidden) = (nil, true)
        let plan = plan(state([hidden, two.live()], linked: [one], role: .writerWithoutPrivateAccess))
        #expect(plan.status == .error && plan.message?.contains("became private") == true)
        #expect(plan.words == ["delete 2 retired"])
        // Owners alone change a calendar.
        #expect(plan.warningCodes == ["calendar_mark_kept"])
    }

    @Test func `on a calendar that may only be read nothing is tried`() {
        let plan = plan(state([one.live()], role: .reader))
        #expect(plan.status == .error && plan.target == nil)
    }

    @Test func `rules that we made go, whatever became of them, and others stay`() {
        var state = state([])
        state.sharing = .read([
            LiveAccessRule(.writer, .everybody), LiveAccessRule(.writer, .user("officer@example.org")),
            LiveAccessRule(.owner, .user("reconcile@example.org")),
        ])
        state.grants = [AccessGrant(.everybody, made: .reader, calendar: .sample)]
        #expect(plan(state).words == ["delete writer public retired", "update calendar retired"])
        state.sharing = .unreadable(Failure(code: "sharing_unreadable", message: "x"))
        #expect(plan(state).status == .error)
    }
}
