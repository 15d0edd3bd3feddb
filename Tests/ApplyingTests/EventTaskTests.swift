import CalendarAPI
import Foundation
import ReconcileModel
import Testing
import TestSupport

@testable import Applying

/// Which changes need a call, and what the first one carries.
struct EventTaskTests {
    private let one = DesiredEvent.sample(1)

    private func firstCall(_ change: EventChange) -> EventCall {
        EventTask(change, organization: "acm", target: .sample).firstCall
    }

    @Test func `an insert carries content, marks and the address of the page`() throws {
        let creation = EventCreation(desired: one, id: EventID(derivedFrom: one.page), reason: .newPage)
        guard case .insert(let body) = firstCall(.create(creation)) else {
            Issue.record("not an insert")
            return
        }
        let object = try #require(JSONSerialization.jsonObject(with: body.data) as? [String: Any])
        #expect(object["summary"] as? String == "Event 1" && object["id"] as? String == creation.id.rawValue)
        let source = try #require(object["source"] as? [String: String])
        #expect(source["url"] == "https://app.notion.com/p/00000000000040008000000000000001")
        let marks = try #require(object["extendedProperties"] as? [String: [String: String]])
        #expect(
            marks["private"] == [
                "notionPageId": one.page.rawValue, "reconcileOrg": "acm", "reconcileHash": one.hash.rawValue,
                "reconcileDatabase": DatabaseID.sample.rawValue, "reconcileEvent": creation.id.rawValue,
            ]
        )
        // Guests, reminders and colours are people's.
        #expect(Set(object.keys).isDisjoint(with: ["attendees", "reminders", "colorId", "conferenceData"]))
    }

    @Test func `a patch completes the marks and leaves the source alone`() throws {
        let update = EventUpdate(desired: one, live: one.live(organization: nil), fields: [.location], reason: .adopted)
        guard case .patch(_, let patch, _) = firstCall(.update(update)) else {
            Issue.record("not a patch")
            return
        }
        let object = try #require(JSONSerialization.jsonObject(with: patch.data) as? [String: Any])
        #expect(Set(object.keys) == ["location", "extendedProperties"])
    }
}
