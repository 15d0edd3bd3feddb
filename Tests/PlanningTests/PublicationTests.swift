import Planning
import ReconcileModel
import Testing
import TestSupport

/// What subscribers are to see, decided from what was read, planned and done.
struct PublicationTests {
    private func contents(
        _ state: OrganizationState,
        last: [DesiredEvent] = [],
        done: (PlanLine) -> Outcome = { $0.isHeld ? .skipped("blocked") : .applied }
    ) -> [PageID: EventContent] {
        let observed = OrganizationObservation(organization: .sample(), content: .observed(state))
        guard let plan = Planner().plan(Observation(organizations: [observed])).organizations.first else { return [:] }
        let report = OrganizationReport(plan: plan) { done($1) }
        let last = Dictionary(last.map { ($0.page, $0.event) }) { first, _ in first }
        return Publication(after: report, of: state, last: last).contents
    }

    private let one = DesiredEvent.sample(1)
    private let two = DesiredEvent.sample(2)

    @Test func `pages that ask for an event are shown as they ask`() {
        let old = DesiredEvent.sample(1, .sample("Before"))
        let shown = contents(.sample(desired: [one, two], events: [old.live()], links: [old.link()]), last: [old])
        #expect(shown == [one.page: one.event, two.page: two.event])
    }

    @Test func `an invalid page keeps what was published, or what its event says`() {
        let state = OrganizationState.sample(events: [one.live()], links: [one.link()], invalid: [one.page])
        #expect(contents(state, last: [one]) == [one.page: one.event])
        #expect(contents(state) == [one.page: one.event])
        // Never in the calendar, and yet nobody said that it is gone.
        #expect(contents(.sample(invalid: [one.page]), last: [one]) == [one.page: one.event])
    }

    @Test(arguments: [Absence.trashed, .archived, .undated, .moved, .filteredOut, .gone])
    func `a proven absence goes when the event goes`(absence: Absence) {
        let state = OrganizationState.sample(
            desired: [two],
            events: [one.live(), two.live()],
            links: [one.link(), two.link()],
            absences: [one.page: absence]
        )
        #expect(contents(state, last: [one, two]).keys.sorted() == [two.page])
        let failed = contents(state, last: [one, two]) { change in
            change.action == .delete ? .failed(Failure(code: "x", message: "No.")) : .applied
        }
        #expect(failed.keys.sorted() == [one.page, two.page])
    }

    @Test(arguments: [Absence.present, .unknown("no answer"), nil])
    func `an absence that is not proven keeps its event`(absence: Absence?) {
        var state = OrganizationState.sample(desired: [two], events: [one.live(), two.live()], links: [one.link()])
        state.pages[one.page] = absence.map { .absent($0) }
        #expect(contents(state, last: [one, two]).keys.sorted() == [one.page, two.page])
    }

    @Test func `an incomplete listing takes nothing away`() {
        let failure = Failure(code: "notion_listing_incomplete", message: "Not all.")
        let state = OrganizationState.sample(desired: [two], listing: .incomplete(failure))
        #expect(contents(state, last: [one]).keys.sorted() == [one.page, two.page])
    }

    @Test func `what was shown ahead of the calendar and is gone since, goes`() {
        #expect(contents(.sample(desired: [two]), last: [one, two]) == [two.page: two.event])
    }

    @Test func `deletes that a limit holds back keep their events`() {
        let all = (1...12).map { DesiredEvent.sample($0) }
        let state = OrganizationState.sample(
            desired: Array(all.dropFirst(8)),
            events: all.map { $0.live() },
            links: all.map { $0.link() },
            absences: Dictionary(uniqueKeysWithValues: all.prefix(8).map { ($0.page, .trashed) })
        )
        #expect(contents(state, last: all).count == 12)
        #expect(contents(state).count == 12)
    }

    @Test func `what people wrote into fields that pages do not decide is not shown`() {
        let event = EventContent.sample(description: "Not from the page", location: "Nor this")
        let state = OrganizationState.sample(
            events: [one.live(event: event)],
            links: [one.link()],
            invalid: [one.page],
            managedFields: [.summary, .start, .end]
        )
        #expect(contents(state)[one.page] == event.limited(to: []))
    }

    @Test func `an event that is not shown to us keeps what was published, whatever its page asks for`() {
        var hidden = one.live()
        (hidden.marks, hidden.isHidden) = (nil, true)
        hidden.event?.summary = ""
        var state = OrganizationState.sample(desired: [two], events: [hidden, two.live()], links: [one.link()])
        state.pages[one.page] = .absent(.trashed)
        #expect(contents(state, last: [one, two]) == [one.page: one.event, two.page: two.event])
        let edited = DesiredEvent.sample(1, .sample("Edited"))
        state = .sample(desired: [edited], events: [hidden], links: [one.link()])
        #expect(contents(state, last: [one]) == [one.page: one.event])
    }

    @Test func `strangers and parts of series are not shown`() {
        let part = one.live(id: EventID(rawValue: "part"), recurringEvent: EventID(rawValue: "series"))
        let state = OrganizationState.sample(events: [.stranger(EventID(rawValue: "stranger")), part])
        #expect(contents(state).isEmpty)
    }

    @Test func `a duplicate that goes takes nothing with it`() {
        let copy = one.live(id: EventID(rawValue: "copy"))
        let state = OrganizationState.sample(desired: [one], events: [one.live(), copy], links: [one.link()])
        #expect(contents(state, last: [one]) == [one.page: one.event])
    }

    @Test func `a revision moves with the content, and never back`() {
        let now = Timestamp.day(0)
        func publish(
            _ last: [PageID: PublishedEvent],
            _ event: EventContent,
            _ now: Timestamp
        ) -> [PageID: PublishedEvent] {
            PublishedEvent.revised(last, to: [one.page: (event, event.sampleHash)], at: now)
        }
        let first = publish([:], .sample("A"), now)
        #expect(publish(first, .sample("A"), now.adding(seconds: 900)) == first)
        let second = publish(first, .sample("B"), now)
        let third = publish(second, .sample("A"), now.adding(seconds: -86_400))
        let revisions = [first, second, third].compactMap { $0[one.page]?.revision }
        #expect(revisions.map(\.sequence) == revisions.map(\.sequence).sorted())
        #expect(Set(revisions.map(\.sequence)).count == 3)
        #expect(Set(revisions.map(\.changedAt)).count == 3)
        #expect(revisions.map(\.changedAt) == revisions.map(\.changedAt).sorted())
        #expect(PublishedEvent.revised(third, to: [:], at: now).isEmpty)
    }

    @Test func `after an undo, what people wrote into fields that pages do not decide is not shown`() {
        let before = EventContent.sample("Before", description: "By hand", location: "By hand")
        var live = one.live(event: .sample("After", description: "By hand", location: "By hand"))
        live.etag = .number(2)
        let desired = DesiredEvent(page: one.page, event: before, hash: one.hash)
        let update = EventUpdate(desired: desired, live: live, fields: [.summary], reason: .undone)
        var target = Target.sample
        target.memory.managedFields = [.summary, .start, .end]
        let plan = OrganizationPlan.planned(.sample(), [.update(update)], target: target)
        let report = OrganizationReport(plan: plan) { _, _ in .applied }
        #expect(Publication.contents(undoing: report, last: [:]) == [one.page: before.limited(to: [])])
    }

    /// Page 1, weekly, as its page asks for it; its second occurrence renamed by hand, its third cancelled.
    private var series: (desired: DesiredEvent, live: LiveEvent, exceptions: [SeriesException]) {
        var desired = one
        desired.event[.recurrence] = .text("RRULE:FREQ=WEEKLY\nTZID:America/Phoenix")
        var renamed = desired.event
        (renamed.summary, renamed.start, renamed.end) = ("By hand", .instant(.day(9)), .instant(.day(9, hour: 20)))
        renamed[.recurrence] = .empty
        let exceptions = [
            SeriesException(.instant(.day(8)), renamed), SeriesException(.instant(.day(15)), nil),
        ]
        var live = desired.live()
        live.event?.exceptions = exceptions
        live.isSeries = true
        return (desired, live, exceptions)
    }

    @Test func `what people made of occurrences is shown, with the page's texts where they left those`() throws {
        var (desired, live, exceptions) = series
        desired.event.location = "Room 9"
        let state = OrganizationState.sample(desired: [desired], events: [live], links: [one.link()])
        let shown = try #require(contents(state)[one.page]?.exceptions)
        #expect(shown.map(\.original) == exceptions.map(\.original))
        #expect(shown.first?.content?.summary == "By hand" && shown.first?.content?.location == "Room 9")
        #expect(shown.first?.content?.start == .instant(.day(9)) && shown.last?.content == nil)
        #expect(shown.first?.content?.recurrence == nil)
    }

    @Test func `with another rule or start they are forgotten, once that is written`() {
        var (desired, live, _) = series
        desired.event[.recurrence] = .text("RRULE:FREQ=DAILY\nTZID:America/Phoenix")
        desired.hash = desired.event.sampleHash
        let state = OrganizationState.sample(desired: [desired], events: [live], links: [one.link()])
        #expect(contents(state)[one.page]?.exceptions == [])
        let failed = contents(state) { _ in .failed(Failure(code: "x", message: "No.")) }
        #expect(failed[one.page]?.exceptions.count == 2)
        live.event?[.recurrence] = .empty
        let single = OrganizationState.sample(desired: [one], events: [live], links: [one.link()])
        #expect(contents(single)[one.page]?.exceptions == [])
    }

    @Test func `what cannot be read keeps the exceptions as the calendar has them`() {
        let (desired, live, exceptions) = series
        let state = OrganizationState.sample(events: [live], links: [one.link()], invalid: [one.page])
        #expect(contents(state, last: [desired])[one.page]?.exceptions.map(\.original) == exceptions.map(\.original))
    }
}
