import CalendarAPI
import Foundation
import ReconcileModel
import TestSupport
import Testing

@testable import Applying

/// Taking our marks off an event, whatever is answered.
struct ReleaseTaskTests {
    private let one = DesiredEvent.sample(1)

    private func run(_ answers: [Answer]) throws -> Script {
        try Script(.release(EventRelease(live: one.live(), page: one.page)), answers)
    }

    /// The event as people have it from then on.
    private func free(etag: Int = 2) -> LiveEvent {
        var live = one.live(etag: etag)
        live.marks = nil
        return live
    }

    @Test func `the marks go on the condition of what was seen, and nothing else`() throws {
        let script = try run([.event(free())])
        #expect(script.calls == ["patch …1 if \"1\""] && script.end?.words == "applied gone")
        #expect(script.lastPatch.isEmpty)
        guard case .patch(_, let patch, _)? = script.sent.first else { return #expect(Bool(false), "no patch") }
        let text = String(decoding: patch.data, as: UTF8.self)
        for key in [
            "notionPageId", "reconcileOrg", "reconcileDatabase", "reconcileHash", "reconcileStored", "reconcileEvent",
        ] {
            #expect(text.contains("\"\(key)\":null"), "\(text)")
        }
    }

    @Test func `412: what people changed stays, and the marks go all the same`() throws {
        let changed = one.live(etag: 5, event: .sample("Somebody's"))
        let script = try run([.error(.preconditionFailed), .event(changed), .event(free(etag: 6))])
        #expect(script.calls == ["patch …1 if \"1\"", "get …1", "patch …1 if \"5\""])
        #expect(script.end?.words == "applied gone")
    }

    @Test(arguments: [CalendarError.notFound, .gone(reason: "deleted")])
    func `what is gone needs no release`(error: CalendarError) throws {
        #expect(try run([.error(error)]).end?.words == "unchanged gone")
        #expect(try run([.error(.preconditionFailed), .error(error)]).end?.words == "unchanged gone")
        let deleted = one.live(etag: 2, status: .cancelled)
        #expect(try run([.error(.preconditionFailed), .event(deleted)]).end?.words == "unchanged gone")
    }

    @Test(arguments: [Answer.lost, .unavailable])
    func `a lost answer is resolved by reading`(lost: Answer) throws {
        #expect(try run([lost, .event(free())]).end?.words == "applied gone")
        #expect(try run([lost, .event(one.live())]).end?.words == "failed")
        let unclear = try run([lost, lost])
        #expect(unclear.end?.words == "failed" && unclear.end?.isUnclear == true)
    }

    @Test func `an answer that has our marks is not believed`() throws {
        let script = try run([.event(one.live(etag: 2)), .event(one.live(etag: 1))])
        #expect(script.calls == ["patch …1 if \"1\"", "get …1"] && script.end?.words == "failed")
    }

    @Test func `412: an event that is another page's by now is not touched`() throws {
        let other = DesiredEvent.sample(2).live(id: EventID(derivedFrom: .number(1)), etag: 5)
        let script = try run([.error(.preconditionFailed), .event(other)])
        #expect(script.calls.count == 2 && script.end?.words == "stale")
    }
}
