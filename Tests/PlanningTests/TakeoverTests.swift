import Planning
import ReconcileModel
import TestSupport
import Testing

/// Another database: what certainly is the same event is kept.
struct TakeoverTests {
    private static let former = DatabaseChange(database: DatabaseID(rawValue: "11111111-1111-4111-8111-111111111111"))

    /// Events of former pages 1… and pages 101… of the new database, by title and day.
    private func state(
        _ old: [(title: String, day: Int)],
        _ new: [(title: String, day: Int)],
        listing: ListingState = .complete
    ) -> OrganizationState {
        let before = old.enumerated().map { DesiredEvent.sample($0 + 1, .sample($1.title, day: $1.day)) }
        let after = new.enumerated().map { DesiredEvent.sample($0 + 101, .sample($1.title, day: $1.day)) }
        var state = OrganizationState.sample(desired: after, events: before.map { $0.live() }, listing: listing)
        state.databaseChange = Self.former
        for event in before { state.pages[event.page] = .absent(.replaced) }
        return state
    }

    @Test func `the same title at the same time is the same event`() {
        let plan = plan(state([("A", 1), ("B", 2), ("C", 3)], [(" A ", 1), ("B", 3), ("C", 3)]))
        #expect(
            plan.words == [
                "update 101 database_changed []", "delete 2 database_changed", "create 102 new_page",
                "update 103 database_changed []",
            ]
        )
        #expect(plan.deletions.map(\.page) == [.number(2)])
        #expect(plan.creations.map(\.desired.page) == [.number(102)])
    }

    @Test(arguments: [([1, 1], [1]), ([1], [1, 1]), ([1, 1], [1, 1])])
    func `twins on either side are not certain`(old: [Int], new: [Int]) {
        let plan = plan(state(old.map { ("A", $0) }, new.map { ("A", $0) }))
        #expect(plan.deletions.count == old.count && plan.creations.count == new.count)
    }

    @Test func `nothing is decided where not all pages are known`() {
        let failure = Failure(code: "notion_listing_incomplete", message: "A page is missing.")
        let plan = plan(state([("A", 1)], [("A", 1), ("B", 2)], listing: .incomplete(failure)))
        #expect(plan.lines.isEmpty && plan.status == .error)
    }

    @Test func `the calendar is not marked anew while deletes are blocked`() {
        let old = (1...7).map { ("Old \($0)", $0) }
        let outdated = CalendarMark(prefix: "acm", database: Self.former.database)
        var state = state(old, [("New", 9)])
        state.calendar = .existing(.sample(description: outdated.line))
        let blocked = plan(state)
        #expect(blocked.status == .blocked && !blocked.lines.contains { $0.resource == .calendar })
        let allowed = plan(state, allowedDeletes: 7)
        #expect(allowed.lines.first?.reason == .databaseChanged && allowed.lines.first?.resource == .calendar)
        #expect(allowed.target?.databaseChange == Self.former)
    }

    @Test(arguments: [("acm", true), ("asu", false)])
    func `an outdated mark within HTML is changed where it stands`(prefix: String, isChanged: Bool) {
        let (old, new) = (
            CalendarMark(prefix: "asu", database: .sample), CalendarMark(prefix: prefix, database: .sample)
        )
        let html = "Join us!<br><br>\(old.line)<br>"
        let plan = plan(.sample(calendar: .existing(.sample(description: html))), for: .sample(prefix))
        guard case .change(.calendar(.update(let update)))? = plan.lines.first else {
            #expect(!isChanged)
            return
        }
        #expect(isChanged && update.reason == .renamed)
        #expect(update.description == "Join us!<br><br>\(new.line)<br>")
    }
}
