import Planning
import ReconcileModel
import Testing
import TestSupport

/// Pages whose event is in the calendar already.
struct ExistingEventTests {
    private let one = DesiredEvent.sample(1)
    private let foreignHash = ContentHash(rawValue: "0123456789abcdef0123456789abcdef")

    @Test func `an event that is linked and equal is nothing to do`() {
        let plan = plan(.sample(desired: [one], events: [one.live()], links: [one.link()]))
        #expect(plan.words.isEmpty && plan.unchanged == 1 && plan.status == .noChanges)
        #expect(plan.message == nil && plan.warnings.isEmpty)
    }

    @Test func `with hash and etag of the last write, fields that look different are how Google writes them`() {
        let live = one.live(event: .sample("Normalized by Google", day: 7))
        let plan = plan(.sample(desired: [one], events: [live], links: [one.link()]))
        #expect(plan.words.isEmpty && plan.unchanged == 1)
    }

    @Test func `versions that are not known do not hide what differs`() {
        let live = one.live(event: .sample("Renamed by somebody", day: 1))
        var (blank, link) = (live, one.link())
        (blank.etag, link.written.etag) = (ETag(rawValue: ""), ETag(rawValue: ""))
        let plan = plan(.sample(desired: [one], events: [blank], links: [link]))
        #expect(plan.words == ["update 1 drift [\"summary\"]"])
    }

    @Test func `another etag alone is no change`() {
        let plan = plan(.sample(desired: [one], events: [one.live(etag: 2)], links: [one.link(etag: 1)]))
        #expect(plan.words.isEmpty && plan.unchanged == 1)
    }

    @Test func `an equal event without a link is adopted, which is not a change`() {
        let plan = plan(.sample(desired: [one], events: [one.live(etag: 4)]))
        #expect(plan.words == ["adopt 1 adopted"] && plan.status == .noChanges && plan.unchanged == 0)
        guard case .change(.adopt(let adoption))? = plan.lines.first else {
            Issue.record("no adoption")
            return
        }
        #expect(adoption == EventAdoption(desired: one, event: EventID(derivedFrom: one.page), etag: .number(4)))
    }

    @Test func `an equal event of the predecessor is adopted under its own id`() {
        let live = one.live(id: EventID(rawValue: "predecessor1"), organization: nil)
        let plan = plan(.sample(desired: [one], events: [live]))
        #expect(plan.words == ["adopt 1 adopted"] && plan.lines.first?.eventID == live.id)
    }

    @Test func `an event that a person made equal to the page is linked anew`() {
        let link = one.link(hash: foreignHash)
        let plan = plan(.sample(desired: [one], events: [one.live()], links: [link]))
        #expect(plan.words == ["adopt 1 adopted"])
    }

    @Test func `a link to an event that is another copy is replaced`() {
        let link = one.link(event: EventID(rawValue: "purgedlongago"))
        let plan = plan(.sample(desired: [one], events: [one.live()], links: [link]))
        #expect(plan.words == ["adopt 1 adopted"])
    }

    @Test(arguments: [
        // The page changed: what was written last has another hash.
        (link: true, etag: 1, isPageEdited: true, "update 1 edited [\"summary\"]"),
        (link: true, etag: 2, isPageEdited: true, "update 1 edited [\"summary\"]"),
        // The page did not: somebody changed the event.
        (link: true, etag: 2, isPageEdited: false, "update 1 drift [\"summary\"]"),
        // Without the link the mark on the event says what was written.
        (link: false, etag: 2, isPageEdited: true, "update 1 edited [\"summary\"]"),
        (link: false, etag: 2, isPageEdited: false, "update 1 drift [\"summary\"]"),
    ])
    func `an update says who changed it`(link: Bool, etag: Int, isPageEdited: Bool, words: String) {
        let written = isPageEdited ? DesiredEvent.sample(1, .sample("Old", day: 1)) : one
        var live = written.live(etag: etag, event: .sample("Old", day: 1))
        live.marks?.hash = written.hash
        let links = link ? [written.link(etag: 1)] : []
        let plan = plan(.sample(desired: [one], events: [live], links: links))
        #expect(plan.words == [words] && plan.status == .changes)
    }

    @Test func `a different event that we never wrote is taken over`() {
        let live = one.live(organization: nil, event: .sample("Old", day: 1))
        #expect(plan(.sample(desired: [one], events: [live])).words == ["update 1 adopted [\"summary\"]"])
    }

    @Test func `an update names exactly the fields that differ, in their order`() {
        var event = one.event
        (event.summary, event.end, event.description) = ("Other", .instant(.day(1, hour: 20)), nil)
        let plan = plan(.sample(desired: [one], events: [one.live(etag: 2, event: event)], links: [one.link()]))
        #expect(plan.words == ["update 1 drift [\"summary\", \"end\", \"description\"]"])
    }

    @Test func `fields that no property decides are left alone`() {
        var event = one.event
        (event.location, event.description) = ("Moved by hand", "Written by hand")
        func words(managing fields: Set<EventField>) -> [String] {
            let live = one.live(etag: 2, event: event)
            return plan(.sample(desired: [one], events: [live], links: [one.link()], managedFields: fields)).words
        }
        #expect(words(managing: [.summary, .start, .end, .location]) == ["update 1 drift [\"location\"]"])
        #expect(words(managing: [.summary, .start, .end]).isEmpty)
    }

    @Test func `an event without readable times gets every managed field`() {
        var live = one.live(etag: 2)
        live.event = nil
        let plan = plan(
            .sample(desired: [one], events: [live], links: [one.link()], managedFields: [.summary, .start, .end])
        )
        #expect(plan.words == ["update 1 drift [\"summary\", \"start\", \"end\"]"])
    }

    @Test(arguments: [
        ("Kickoff", "Kickoff "), ("Cafe\u{301}", "Café"), ("a\nb", "a\r\nb"), ("a\nb", "a\rb"), ("\n a", "a"),
    ])
    func `texts that people see as equal are equal`(wanted: String, live: String) {
        let desired = DesiredEvent.sample(1, .sample(wanted, description: wanted, location: nil))
        let event = EventContent.sample(live, description: live, location: "")
        let plan = plan(
            .sample(desired: [desired], events: [desired.live(etag: 2, event: event)], links: [desired.link()])
        )
        #expect(plan.words.isEmpty)
    }

    @Test func `the zone of display is never compared`() {
        var event = one.event
        event.displayZone = "Europe/Berlin"
        let plan = plan(.sample(desired: [one], events: [one.live(etag: 2, event: event)], links: [one.link()]))
        #expect(plan.words.isEmpty)
    }

    @Test func `a day is not the instant at which it begins`() throws {
        let date = try #require(CivilDate("2026-11-20"))
        var event = one.event
        (event.start, event.end) = (.date(date), .date(date.adding(days: 1)))
        let plan = plan(.sample(desired: [one], events: [one.live(etag: 2, event: event)], links: [one.link()]))
        #expect(plan.words == ["update 1 drift [\"start\", \"end\"]"])
    }
}
