import Planning
import ReconcileModel
import Testing
import TestSupport

/// Several live events that are marked with one page.
struct DuplicateTests {
    private let one = DesiredEvent.sample(1)
    private let first = EventID(rawValue: "aaaaa")
    private let second = EventID(rawValue: "bbbbb")
    private var own: EventID { EventID(derivedFrom: one.page) }

    private func copies() -> [LiveEvent] {
        [
            one.live(id: first, created: "2026-10-03T10:00:00.000Z"),
            one.live(id: second, created: "2026-10-02T10:00:00.000Z"),
            one.live(created: "2026-10-05T10:00:00.000Z"),
        ]
    }

    private func deleted(_ plan: OrganizationPlan) -> Set<EventID> { Set(plan.deletions.map(\.live.id)) }

    @Test func `the linked one stays`() {
        let plan = plan(.sample(desired: [one], events: copies(), links: [one.link(event: first)]))
        #expect(deleted(plan) == [second, own] && plan.unchanged == 1)
        #expect(plan.deletions.allSatisfy { $0.reason == .duplicate && $0.page == one.page })
    }

    @Test func `without a link, the one with the page's own id stays`() {
        let plan = plan(.sample(desired: [one], events: copies()))
        #expect(deleted(plan) == [first, second])
        #expect(plan.words.sorted() == ["adopt 1 adopted", "delete 1 duplicate", "delete 1 duplicate"])
    }

    @Test func `a link to an event that is gone does not count`() {
        let link = one.link(event: EventID(rawValue: "purged"))
        #expect(deleted(plan(.sample(desired: [one], events: copies(), links: [link]))) == [first, second])
    }

    @Test func `else the oldest stays, and one of unknown age goes`() {
        var unknown = one.live(id: EventID(rawValue: "00000"))
        unknown.created = nil
        let plan = plan(.sample(desired: [one], events: Array(copies().dropLast()) + [unknown]))
        #expect(deleted(plan) == [first, unknown.id])
    }

    @Test func `of two of one age the smaller id stays`() {
        let events = [one.live(id: second), one.live(id: first)]
        #expect(deleted(plan(.sample(desired: [one], events: events))) == [second])
    }

    @Test func `tombstones are no duplicates`() {
        let events = [one.live(), one.live(id: first, status: .cancelled)]
        #expect(plan(.sample(desired: [one], events: events, links: [one.link()])).words.isEmpty)
    }

    @Test func `instances of a series are never touched`() {
        let events = [one.live(), one.live(id: first, recurringEvent: own), one.live(id: second, recurringEvent: own)]
        let plan = plan(.sample(desired: [one], events: events, links: [one.link()]))
        #expect(plan.words.isEmpty && plan.unchanged == 1)
    }

    @Test func `instances of a series stay also when their page is in the trash`() {
        let events = [one.live(), one.live(id: first, recurringEvent: own)]
        let plan = plan(.sample(events: events, links: [one.link()], absences: [one.page: .trashed]))
        #expect(deleted(plan) == [own])
    }

    @Test func `all copies of a page in the trash go`() {
        let plan = plan(
            .sample(events: copies(), links: [one.link(event: first)], absences: [one.page: .trashed]),
            allowedDeletes: 3
        )
        #expect(deleted(plan) == [first, second, own])
        #expect(plan.deletions.first { $0.live.id == first }?.reason == .trashed)
        #expect(plan.deletions.count { $0.reason == .duplicate } == 2)
    }

    @Test func `an incomplete listing removes no duplicates`() {
        let failure = Failure(code: "query_incomplete", message: "Cut.")
        #expect(plan(.sample(desired: [one], events: copies(), listing: .incomplete(failure))).deletions.isEmpty)
    }
}
