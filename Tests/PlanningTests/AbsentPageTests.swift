import Planning
import ReconcileModel
import Testing
import TestSupport

/// Events whose pages ask for none: only what is proven is deleted.
struct AbsentPageTests {
    private let one = DesiredEvent.sample(1)
    private let two = DesiredEvent.sample(2)

    private func state(_ absence: Absence?, listing: ListingState = .complete) -> OrganizationState {
        .sample(
            desired: [two],
            events: [one.live(), two.live()],
            links: [one.link(), two.link()],
            listing: listing,
            absences: absence.map { [one.page: $0] } ?? [:]
        )
    }

    @Test(arguments: [
        (Absence.trashed, "trashed"), (.archived, "archived"), (.undated, "undated"), (.moved, "moved"),
        (.filteredOut, "filtered_out"), (.gone, "gone"),
    ])
    func `a proven absence deletes the event and names the proof`(absence: Absence, reason: String) {
        let plan = plan(state(absence))
        #expect(plan.words == ["delete 1 \(reason)"] && plan.status == .changes && plan.unchanged == 1)
        #expect(plan.deletions.first?.live.etag == .number(1) && plan.warnings.isEmpty)
    }

    @Test(arguments: [
        (Absence.present, "page_not_listed"), (.unknown("Notion answered 503"), "page_not_proven_absent"),
    ])
    func `without proof the event stays, with a warning`(absence: Absence, code: String) {
        let plan = plan(state(absence))
        #expect(plan.words.isEmpty && plan.status == .noChanges && plan.target?.staleLinks == [])
        #expect(plan.warningCodes == [code] && plan.warnings.first?.page == one.page)
        #expect(plan.warnings.first?.message.contains("\"Event 1\"") == true)
    }

    @Test func `a page that nobody looked at proves nothing`() {
        #expect(plan(state(nil)).words.isEmpty)
    }

    @Test func `the event of an invalid page stays as it is`() {
        var invalid = state(nil)
        invalid.pages[one.page] = .invalid
        let plan = plan(invalid)
        #expect(plan.words.isEmpty && plan.target?.staleLinks == [])
    }

    @Test func `duplicates of an invalid page stay too`() {
        let copies = [one.live(), one.live(id: EventID(rawValue: "aaaaa"))]
        #expect(plan(.sample(events: copies, invalid: [one.page])).words.isEmpty)
    }

    @Test func `an incomplete listing deletes nothing and is an error`() {
        let failure = Failure(code: "query_incomplete", message: "Notion cut the listing.", hint: "Run again.")
        let plan = plan(state(.trashed, listing: .incomplete(failure)))
        #expect(plan.words.isEmpty && plan.status == .error && plan.target?.staleLinks == [])
        #expect(plan.message == "Notion cut the listing." && plan.hint == "Run again.")
    }

    @Test func `an incomplete listing still creates and updates what was read`() {
        var event = two.event
        event.summary = "Drifted"
        let failure = Failure(code: "query_incomplete", message: "Cut.")
        let three = DesiredEvent.sample(3)
        let plan = plan(
            .sample(
                desired: [two, three],
                events: [one.live(), two.live(etag: 2, event: event)],
                links: [one.link(), two.link()],
                listing: .incomplete(failure),
                absences: [one.page: .gone]
            )
        )
        #expect(plan.words == ["update 2 drift [\"summary\"]", "create 3 new_page"] && plan.status == .error)
    }

    @Test func `an organization that never deletes is told what it keeps`() {
        let plan = plan(state(.trashed), for: .sample(deletions: .never))
        #expect(plan.words.isEmpty && plan.status == .noChanges)
        #expect(plan.warningCodes == ["deletion_withheld"])
        #expect(plan.warnings.first?.message.contains("(trashed)") == true)
    }

    @Test func `an event of another organization's mark is left alone`() {
        let neighbour = one.live(organization: "ieee")
        let plan = plan(.sample(events: [neighbour], absences: [one.page: .gone]))
        #expect(plan.words.isEmpty && plan.warningCodes == ["event_of_another_organization"])
    }

    @Test func `an event of the predecessor, which marked no organization, is ours`() {
        let plan = plan(.sample(events: [one.live(organization: nil)], absences: [one.page: .gone]))
        #expect(plan.words == ["delete 1 gone"])
    }

    @Test func `an unmarked event is nobody's to delete, even where a link names it`() {
        let stranger = LiveEvent.stranger(EventID(derivedFrom: one.page))
        let plan = plan(.sample(events: [stranger], links: [one.link()], absences: [one.page: .trashed]))
        #expect(plan.words.isEmpty && plan.target?.staleLinks == [one.page])
    }

    @Test func `a link whose page and event are both gone is stale`() {
        let plan = plan(.sample(links: [one.link()], absences: [one.page: .gone]))
        #expect(plan.words.isEmpty && plan.status == .noChanges && plan.target?.staleLinks == [one.page])
    }

    @Test func `no link is stale while the listing is incomplete`() {
        let failure = Failure(code: "query_incomplete", message: "Cut.")
        let plan = plan(.sample(links: [one.link()], listing: .incomplete(failure)))
        #expect(plan.target?.staleLinks == [])
    }

    @Test func `tombstones of absent pages are left to Google`() {
        let plan = plan(.sample(events: [one.live(status: .cancelled)], absences: [one.page: .trashed]))
        #expect(plan.words.isEmpty)
    }
}
