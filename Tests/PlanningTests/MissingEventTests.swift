import Planning
import ReconcileModel
import Testing
import TestSupport

/// Pages whose event is not in the calendar.
struct MissingEventTests {
    private let one = DesiredEvent.sample(1)
    private var ownID: EventID { EventID(derivedFrom: one.page) }

    @Test func `a new page gets an event with the id that belongs to it`() {
        let plan = plan(.sample(desired: [one]))
        #expect(plan.words == ["create 1 new_page"] && plan.status == .changes)
        #expect(plan.creations == [EventCreation(desired: one, id: ownID, reason: .newPage)])
        #expect(ownID.rawValue == "00000000000040008000000000000001")
    }

    @Test func `an event that was purged is created again as drift`() {
        #expect(plan(.sample(desired: [one], links: [one.link()])).words == ["create 1 drift"])
    }

    @Test(arguments: [true, false], [true, false])
    func `a tombstone is revived, whether linked or marked or neither`(isLinked: Bool, isMarked: Bool) {
        var tombstone = one.live(etag: 5, status: .cancelled)
        if !isMarked { tombstone.marks = nil }
        let plan = plan(.sample(desired: [one], events: [tombstone], links: isLinked ? [one.link()] : []))
        #expect(plan.creations == [EventCreation(desired: one, id: ownID, reason: .revived, tombstone: .number(5))])
        #expect(plan.warnings.isEmpty)
    }

    @Test func `a tombstone of which only the id is left is revived`() {
        let tombstone = LiveEvent(id: ownID, etag: .number(5), status: .cancelled)
        #expect(plan(.sample(desired: [one], events: [tombstone])).words == ["create 1 revived"])
    }

    @Test func `the linked tombstone is preferred to the page's own id`() {
        let linked = one.live(id: EventID(rawValue: "predecessor1"), etag: 8, status: .cancelled)
        let own = one.live(etag: 5, status: .cancelled)
        let state = OrganizationState.sample(
            desired: [one],
            events: [own, linked],
            links: [one.link(event: linked.id)]
        )
        #expect(
            plan(state).creations
                == [EventCreation(desired: one, id: linked.id, reason: .revived, tombstone: .number(8))]
        )
    }

    @Test func `a stranger's live event under our id is left alone, and a successor is used`() {
        let state = OrganizationState.sample(desired: [one], events: [.stranger(ownID)])
        let result = plan(state)
        #expect(result.creations.map(\.id.rawValue) == ["00000000000040008000000000000001s1"])
        #expect(result.warningCodes == ["event_id_taken"] && result.warnings.first?.page == one.page)
        #expect(result.status == .changes)
    }

    @Test(arguments: [LiveEvent.Status.live, .cancelled])
    func `an event under our id with the mark of another page is left alone`(status: LiveEvent.Status) {
        let occupant = DesiredEvent.sample(2).live(id: ownID, status: status, organization: "other")
        let plan = plan(.sample(desired: [one], events: [occupant]))
        #expect(plan.creations.map(\.id) == [EventID(derivedFrom: one.page, generation: 1)])
        #expect(plan.words.count == 1)
    }

    @Test func `successors that are taken are passed by, each with a warning`() {
        let taken = (0..<3).map { LiveEvent.stranger(EventID(derivedFrom: one.page, generation: $0)) }
        let plan = plan(.sample(desired: [one], events: taken))
        #expect(plan.creations.map(\.id) == [EventID(derivedFrom: one.page, generation: 3)])
        #expect(plan.warningCodes == Array(repeating: "event_id_taken", count: 3))
    }

    @Test func `a tombstone of a successor is revived`() {
        let successor = one.live(id: EventID(derivedFrom: one.page, generation: 1), etag: 6, status: .cancelled)
        let plan = plan(.sample(desired: [one], events: [.stranger(ownID), successor]))
        #expect(plan.words == ["create 1 revived"] && plan.creations.first?.tombstone == .number(6))
    }

    @Test func `a linked event that lost its mark is a stranger's now`() {
        let plan = plan(.sample(desired: [one], events: [.stranger(ownID)], links: [one.link()]))
        #expect(
            plan.words == ["create 1 drift"]
                && plan.creations.first?.id == EventID(derivedFrom: one.page, generation: 1)
        )
    }

    @Test func `an instance of a series does not stand for the page's event`() {
        let series = EventID(rawValue: "series")
        let instance = one.live(id: EventID(rawValue: "series_20261120"), recurringEvent: series)
        #expect(plan(.sample(desired: [one], events: [instance])).words == ["create 1 new_page"])
    }
}
