import CalendarAPI
import ReconcileModel
import Testing
import TestSupport

@testable import Applying

/// Deleting an event, whatever is answered.
struct DeletionTaskTests {
    private let one = DesiredEvent.sample(1)

    private func run(_ answers: [Answer], isExact: Bool = false, live: LiveEvent? = nil) throws -> Script {
        let live = live ?? one.live()
        let deletion = EventDeletion(live: live, page: one.page, reason: .trashed, isExact: isExact)
        return try Script(.delete(deletion), answers)
    }

    @Test func `a delete on the condition of what was seen`() throws {
        let script = try run([.deleted])
        #expect(script.calls == ["delete …1 if \"1\""] && script.end?.words == "applied gone")
        #expect(script.end?.isGone == true && script.end?.event == EventID(derivedFrom: one.page))
    }

    @Test(arguments: [CalendarError.notFound, .gone(reason: "deleted")])
    func `what is gone already is somebody else's deed, unless a try got no answer`(error: CalendarError) throws {
        #expect(try run([.error(error)]).end?.words == "unchanged gone")
        #expect(try run([.error(.preconditionFailed), .error(error)]).end?.words == "unchanged gone")
        #expect(try run([.repeated(.error(error))]).end?.words == "applied gone")
        #expect(try run([.repeated(.error(.preconditionFailed)), .error(error)]).end?.words == "applied gone")
    }

    @Test func `412: deleted in the meantime needs no delete`() throws {
        let script = try run([.error(.preconditionFailed), .event(one.live(etag: 2, status: .cancelled))])
        #expect(script.calls == ["delete …1 if \"1\"", "get …1"] && script.end?.words == "unchanged gone")
    }

    @Test func `412: only what is not ours changed, so it is deleted`() throws {
        let script = try run([.error(.preconditionFailed), .event(one.live(etag: 5)), .deleted])
        #expect(script.calls == ["delete …1 if \"1\"", "get …1", "delete …1 if \"5\""])
        #expect(script.end?.words == "applied gone")
    }

    @Test(arguments: [
        DesiredEvent.sample(1).live(etag: 5, event: .sample("Somebody's")),
        DesiredEvent.sample(2).live(id: EventID(derivedFrom: .number(1)), etag: 5),
        LiveEvent.stranger(EventID(derivedFrom: .number(1))),
    ])
    func `412: an event that somebody changed or took over stays`(live: LiveEvent) throws {
        let script = try run([.error(.preconditionFailed), .event(live)])
        #expect(script.calls.count == 2 && script.end?.words == "stale" && script.end?.isGone == false)
    }

    @Test func `412: an undo deletes nothing that was touched since`() throws {
        let script = try run([.error(.preconditionFailed), .event(one.live(etag: 5))], isExact: true)
        #expect(script.calls == ["delete …1 if \"1\"", "get …1"] && script.end?.words == "stale")
        let gone = try run([.error(.preconditionFailed), .error(.gone(reason: "deleted"))], isExact: true)
        #expect(gone.end?.words == "unchanged gone")
    }

    @Test func `only what was asked and not answered is unclear`() throws {
        #expect(try run([.lost, .error(.rateLimited(reason: "x"))]).end?.isUnclear == true)
        #expect(try run([.lost, .event(one.live())]).end?.isUnclear == false)
        #expect(try run([.error(.rateLimited(reason: "x"))]).end?.isUnclear == false)
    }

    @Test(arguments: [Answer.lost, .unavailable, .error(.malformedAnswer(reason: "not JSON"))])
    func `an unclear answer: what is there decides`(answer: Answer) throws {
        #expect(try run([answer, .event(one.live(etag: 2, status: .cancelled))]).end?.words == "applied gone")
        #expect(try run([answer, .error(.notFound)]).end?.words == "applied gone")
        #expect(try run([answer, .event(one.live())]).end?.words == "failed")
        #expect(try run([answer, .error(.rateLimited(reason: "x"))]).end?.words == "failed")
    }

    @Test(arguments: [
        CalendarError.forbidden(reason: "forbidden", message: ""), .rateLimited(reason: "x"),
        .notSent(after: .unauthorized(message: "")), .conflict(reason: "conflict"),
    ])
    func `a clear refusal is a failure at once`(error: CalendarError) throws {
        let script = try run([.error(error)])
        #expect(script.calls.count == 1 && script.end?.words == "failed" && script.end?.isGone == false)
    }

    @Test func `an event that keeps changing comes to an end`() throws {
        let round = [Answer.error(.preconditionFailed), .event(one.live(etag: 5))]
        let script = try run(Array(repeating: round, count: 30).flatMap(\.self))
        #expect(script.end?.words == "stale" && script.calls.count == 8)
    }
}
