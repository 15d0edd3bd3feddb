import CalendarAPI
import ReconcileModel
import Testing
import TestSupport

@testable import Applying

/// Changing fields of an event, whatever is answered.
struct UpdateTaskTests {
    private let one = DesiredEvent.sample(1)

    /// The event as it was seen: its summary is not what the page wants.
    private func seen(etag: Int = 1) -> LiveEvent {
        var event = one.event
        event.summary = "Old"
        return one.live(etag: etag, event: event)
    }

    private func run(_ answers: [Answer], seen: LiveEvent? = nil) throws -> Script {
        let update = EventUpdate(desired: one, live: seen ?? self.seen(), fields: [.summary], reason: .edited)
        return try Script(.update(update), answers)
    }

    @Test func `a patch of the changed fields, on the condition of what was seen`() throws {
        let script = try run([.event(one.live(etag: 2))])
        #expect(script.calls == ["patch …1 if \"1\""] && script.lastPatch == ["summary"])
        #expect(script.end?.words == "applied linked \"2\"" && script.end?.linked?.desired == one)
    }

    @Test func `an event without an etag is changed without a condition`() throws {
        var seen = seen()
        seen.etag = ETag(rawValue: "")
        #expect(try run([], seen: seen).calls == ["patch …1"])
    }

    @Test func `a patch that Google answers with a deleted event is stale`() throws {
        let script = try run([.event(one.live(etag: 2, status: .cancelled))])
        #expect(script.end?.words == "stale" && script.end?.linked == nil)
    }

    @Test func `412: it is as the page wants it now, by somebody else's hand`() throws {
        let script = try run([.error(.preconditionFailed), .event(one.live(etag: 7))])
        #expect(script.calls == ["patch …1 if \"1\"", "get …1"] && script.end?.words == "unchanged linked \"7\"")
    }

    @Test func `412 after a try without an answer: ours where it carries what that sent`() throws {
        let own = try run([.repeated(.error(.preconditionFailed)), .event(one.live(etag: 7))])
        #expect(own.end?.words == "applied linked \"7\"")
        var other = one.live(etag: 7)
        other.marks?.hash = ContentHash(rawValue: "other")
        let others = try run([.repeated(.error(.preconditionFailed)), .event(other)])
        #expect(others.end?.words == "unchanged linked \"7\"")
        #expect(try run([.lost, .event(other)]).end?.words == "unchanged linked \"7\"")
        // Also where it was written again in between, for what people own had changed.
        let twice = try run([
            .repeated(.error(.preconditionFailed)), .event(seen(etag: 5)), .error(.preconditionFailed),
            .event(one.live(etag: 7)),
        ])
        #expect(twice.end?.words == "applied linked \"7\"")
    }

    @Test(arguments: [
        CalendarError.forbidden(reason: "forbidden", message: ""), .rateLimited(reason: "x"),
        .conflict(reason: "conflict"),
    ])
    func `a refusal of a repetition says nothing of the try before`(error: CalendarError) throws {
        let written = try run([.repeated(.error(error)), .event(one.live(etag: 7))])
        #expect(written.calls == ["patch …1 if \"1\"", "get …1"] && written.end?.words == "applied linked \"7\"")
        #expect(try run([.repeated(.error(error)), .event(seen(etag: 1))]).end?.words == "failed")
        let unreadable = try run([.repeated(.error(error)), .error(error)])
        #expect(unreadable.end?.words == "failed" && unreadable.end?.isUnclear == true)
    }

    @Test func `412: only what is not ours changed, so it is written again`() throws {
        let script = try run([.error(.preconditionFailed), .event(seen(etag: 7)), .event(one.live(etag: 8))])
        #expect(script.calls == ["patch …1 if \"1\"", "get …1", "patch …1 if \"7\""])
        #expect(script.end?.words == "applied linked \"8\"")
    }

    @Test func `412: a field of ours changed in another way, which is not overwritten`() throws {
        var event = one.event
        event.summary = "Somebody's"
        let script = try run([.error(.preconditionFailed), .event(one.live(etag: 7, event: event))])
        #expect(script.calls.count == 2 && script.end?.words == "stale" && script.end?.linked == nil)
    }

    @Test func `412: an event that had no readable times is not overwritten`() throws {
        var seen = seen()
        seen.event = nil
        let script = try run([.error(.preconditionFailed), .event(self.seen(etag: 7))], seen: seen)
        #expect(script.end?.words == "stale")
    }

    @Test(arguments: [
        DesiredEvent.sample(1).live(status: .cancelled),
        DesiredEvent.sample(2).live(id: EventID(derivedFrom: .number(1))),
        LiveEvent.stranger(EventID(derivedFrom: .number(1))),
    ])
    func `412: an event that is deleted or another's now is left alone`(live: LiveEvent) throws {
        let script = try run([.error(.preconditionFailed), .event(live)])
        #expect(script.calls.count == 2 && script.end?.words == "stale")
    }

    @Test(arguments: [CalendarError.notFound, .gone(reason: "deleted")])
    func `an event that is gone makes the update stale`(error: CalendarError) throws {
        #expect(try run([.error(error)]).end?.words == "stale")
        #expect(try run([.error(.preconditionFailed), .error(error)]).end?.words == "stale")
    }

    @Test(arguments: [Answer.lost, .unavailable, .error(.malformedAnswer(reason: "not JSON")), .deleted])
    func `an unclear answer: what is there decides`(answer: Answer) throws {
        #expect(try run([answer, .event(one.live(etag: 9))]).end?.words == "applied linked \"9\"")
        let undone = try run([answer, .event(seen(etag: 1))])
        #expect(undone.calls.count == 2 && undone.end?.words == "failed")
        #expect(try run([answer, .error(.service(status: 500))]).end?.words == "failed")
    }

    @Test(arguments: [
        CalendarError.forbidden(reason: "forbidden", message: ""), .badRequest(reason: "invalid", message: ""),
        .rateLimited(reason: "x"), .notSent(after: .unauthorized(message: "")), .conflict(reason: "conflict"),
    ])
    func `a clear refusal is a failure at once`(error: CalendarError) throws {
        let script = try run([.error(error)])
        #expect(script.calls.count == 1 && script.end?.words == "failed" && script.end?.linked == nil)
    }

    @Test func `an event that keeps changing comes to an end`() throws {
        let round = [Answer.error(.preconditionFailed), .event(seen(etag: 7))]
        let script = try run(Array(repeating: round, count: 30).flatMap(\.self))
        #expect(script.end?.words == "stale" && script.calls.count == 8)
    }
}
