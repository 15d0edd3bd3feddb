import ReconcileModel
import Testing
import TestSupport

@Suite struct PageFindingTests {
    private static let wanted = DesiredEvent.sample(1)

    private static let findings: [PageFinding] = [.wants(wanted), .invalid, .absent(.undated), .absent(.trashed)]

    /// A page may be looked at twice, before and after somebody's edit.
    @Test(arguments: findings, findings)
    func `of a page that is seen twice what asks for more stands, in either order`(
        _ first: PageFinding,
        _ second: PageFinding
    ) {
        var pages: [PageID: PageFinding] = [:]
        pages.add(first, of: Self.wanted.page)
        pages.add(second, of: Self.wanted.page)
        let found = pages[Self.wanted.page]
        let both = [first, second]
        if both.contains(.wants(Self.wanted)) {
            #expect(found == .wants(Self.wanted))
        } else if both.contains(.invalid) {
            // Invalid is not absent, whatever else is said of the page.
            #expect(found == .invalid)
        } else {
            #expect(found == second)
        }
    }

    @Test func `the newer of two events of a page is asked for`() {
        var pages: [PageID: PageFinding] = [:]
        var edited = Self.wanted
        edited.event.summary = "Edited"
        for one in [Self.wanted, edited] { pages.add(.wants(one), of: one.page) }
        #expect(pages.desired.map(\.event.summary) == ["Edited"])
    }

    @Test(arguments: [
        (Absence.trashed, Reason.trashed), (.archived, .archived), (.undated, .undated), (.moved, .moved),
        (.filteredOut, .filteredOut), (.gone, .gone), (.replaced, .databaseChanged),
    ])
    func `a proof is the reason of a delete`(_ absence: Absence, _ reason: Reason) {
        #expect(absence.isProof && absence.reason == reason)
    }

    @Test(arguments: [Absence.neverSeen, .present, .unknown("Notion answered 503")])
    func `without a proof there is no reason`(_ absence: Absence) {
        #expect(!absence.isProof && absence.reason == nil)
    }
}
