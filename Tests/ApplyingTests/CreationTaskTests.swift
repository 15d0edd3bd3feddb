import CalendarAPI
import Mapping
import ReconcileModel
import Testing
import TestSupport

@testable import Applying

/// Bringing an event into being, whatever is answered.
struct CreationTaskTests {
    private let one = DesiredEvent.sample(1)
    private var own: EventID { EventID(derivedFrom: one.page) }

    private func run(
        _ answers: [Answer],
        tombstone: ETag? = nil,
        id: EventID? = nil,
        managedFields: Set<EventField> = EventField.all
    ) throws -> Script {
        let creation = EventCreation(
            desired: one.limited(to: managedFields),
            id: id ?? own,
            reason: tombstone == nil ? .newPage : .revived,
            tombstone: tombstone
        )
        return try Script(.create(creation), answers)
    }

    private func live(etag: Int = 5, status: LiveEvent.Status = .live, summary: String? = nil) -> LiveEvent {
        var event = one.event
        event.summary = summary ?? event.summary
        return one.live(etag: etag, status: status, event: event)
    }

    @Test func `an insert that is answered is done`() throws {
        let script = try run([.event(live(etag: 3))])
        #expect(script.calls == ["insert …1"] && script.end?.words == "applied linked \"3\"")
        #expect(script.end?.linked?.event == own && script.end?.linked?.desired == one)
    }

    @Test func `409: ours and equal is somebody else's deed, and linked`() throws {
        let script = try run([.error(.duplicate), .event(live(etag: 4))])
        #expect(script.calls == ["insert …1", "get …1"] && script.end?.words == "unchanged linked \"4\"")
    }

    @Test func `409 after a try without an answer: ours where it carries what that sent`() throws {
        let own = try run([.repeated(.error(.duplicate)), .event(live(etag: 4))])
        #expect(own.calls == ["insert …1", "get …1"] && own.end?.words == "applied linked \"4\"")
        var other = live(etag: 4)
        other.marks?.hash = ContentHash(rawValue: "other")
        #expect(try run([.repeated(.error(.duplicate)), .event(other)]).end?.words == "unchanged linked \"4\"")
        // Another event than the one that the lost try may have made.
        let successor = one.live(id: EventID(derivedFrom: one.page, generation: 1), etag: 7)
        let next = try run([
            .repeated(.error(.duplicate)), .event(.stranger(self.own)), .error(.duplicate), .event(successor),
        ])
        #expect(next.end?.words == "unchanged linked \"7\"")
    }

    @Test func `an alignment without an answer is an update of what was found`() throws {
        let script = try run([
            .error(.duplicate), .event(live(etag: 4, summary: "Old")), .repeated(.error(.preconditionFailed)),
            .event(live(etag: 5)),
        ])
        #expect(script.end?.words == "applied linked \"5\"" && script.end?.found?.fields == [.summary])
    }

    @Test(arguments: [
        CalendarError.forbidden(reason: "forbidden", message: ""), .rateLimited(reason: "quotaExceeded"),
    ])
    func `a refusal of a repetition says nothing of the try before`(error: CalendarError) throws {
        let made = try run([.repeated(.error(error)), .event(live(etag: 4))])
        #expect(made.calls == ["insert …1", "get …1"] && made.end?.words == "applied linked \"4\"")
        let unreadable = try run([.repeated(.error(error)), .error(error)])
        #expect(unreadable.end?.words == "failed" && unreadable.end?.isUnclear == true)
    }

    @Test func `409: ours and different is changed, on the condition of what was seen`() throws {
        let script = try run([.error(.duplicate), .event(live(etag: 4, summary: "Old")), .event(live(etag: 5))])
        #expect(script.calls == ["insert …1", "get …1", "patch …1 if \"4\""])
        #expect(script.lastPatch == ["summary"] && script.end?.words == "applied linked \"5\"")
        // It is an update, and what stood there can be brought back.
        #expect(script.end?.found?.event.event?.summary == "Old" && script.end?.found?.fields == [.summary])
    }

    @Test func `what may be our own unanswered write is not called an update`() throws {
        let script = try run([.lost, .event(live(etag: 4, summary: "Old")), .event(live(etag: 5))])
        #expect(script.calls.count == 3 && script.end?.outcome == .applied && script.end?.found == nil)
    }

    @Test func `409: ours and different only in what people manage is done`() throws {
        var event = one.event
        (event.location, event.description) = ("By hand", nil)
        let script = try run(
            [.error(.duplicate), .event(one.live(etag: 4, event: event))],
            managedFields: [.summary, .start, .end]
        )
        #expect(script.calls.count == 2 && script.end?.words == "unchanged linked \"4\"")
    }

    @Test func `409: a deleted one is revived with all fields`() throws {
        let script = try run([.error(.duplicate), .event(live(etag: 4, status: .cancelled)), .event(live(etag: 5))])
        #expect(script.calls == ["insert …1", "get …1", "patch …1 if \"4\""])
        #expect(
            script.lastPatch == Set(["status"] + (EventField.allCases.filter { $0.kind != .setting }).map(\.googleKey))
        )
        #expect(script.end?.words == "applied linked \"5\"")
    }

    @Test func `409: a deleted one of which only the id is left is revived`() throws {
        let tombstone = LiveEvent(id: own, etag: .number(4), status: .cancelled)
        let script = try run([.error(.duplicate), .event(tombstone), .event(live(etag: 5))])
        #expect(script.calls.last == "patch …1 if \"4\"" && script.end?.outcome == .applied)
    }

    @Test func `409: a stranger's event is left alone, a successor is used`() throws {
        let successor = EventID(derivedFrom: one.page, generation: 1)
        let script = try run([.error(.duplicate), .event(.stranger(own)), .event(one.live(id: successor, etag: 7))])
        #expect(script.calls == ["insert …1", "get …1", "insert …1s1"])
        #expect(script.end?.linked?.event == successor && script.end?.words == "applied linked \"7\"")
    }

    @Test(arguments: [LiveEvent.Status.live, .cancelled])
    func `409: an event with the mark of another page is left alone`(status: LiveEvent.Status) throws {
        let occupant = DesiredEvent.sample(2).live(id: own, status: status)
        #expect(try run([.error(.duplicate), .event(occupant)]).calls.last == "insert …1s1")
    }

    @Test func `409: an instance of a series is left alone`() throws {
        let instance = one.live(recurringEvent: EventID(rawValue: "series"))
        #expect(try run([.error(.duplicate), .event(instance)]).calls.last == "insert …1s1")
    }

    @Test func `409, yet it is gone: the id is burnt`() throws {
        #expect(try run([.error(.duplicate), .error(.gone(reason: "deleted"))]).calls.last == "insert …1s1")
    }

    @Test func `409, yet nothing can be read: only after a while is the id taken for burnt`() throws {
        let misses = Array(repeating: Answer.error(.notFound), count: 4)
        let lagging = try run([.error(.duplicate)] + misses + [.event(live(etag: 4))])
        #expect(lagging.end?.words == "unchanged linked \"4\"")
        #expect(lagging.calls.filter { $0.hasPrefix("insert") } == ["insert …1"])
        #expect(try run([.error(.duplicate)] + misses + [.error(.notFound)]).calls.last == "insert …1s1")
    }

    @Test func `409: a private event whose content is not shown is no reason for a second one`() throws {
        var hidden = live(etag: 4)
        (hidden.marks, hidden.isHidden) = (nil, true)
        let script = try run([.error(.duplicate), .event(hidden)])
        #expect(script.calls == ["insert …1", "get …1"] && script.end?.words == "stale")
    }

    @Test func `what Google stores differently is noted on the event`() throws {
        var stored = live(etag: 3)
        stored.event?.description = "Bring"
        var marked = stored
        marked.etag = .number(4)
        marked.marks?.stored = ContentHash(of: stored.event ?? one.event)
        let script = try run([.event(stored), .event(marked)])
        #expect(script.calls == ["insert …1", "patch …1 if \"3\""] && script.lastPatch == [])
        #expect(script.end?.words == "applied linked \"4\"" && script.end?.storedHash == marked.marks?.stored)
        #expect(script.end?.warnings.map(\.code) == ["stored_differently"])
        #expect(script.end?.warnings.first?.message.contains("lost \" a laptop.\"") == true)
        // Without the mark it is as good.
        let unmarked = try run([.event(stored), .error(.preconditionFailed)])
        #expect(unmarked.end?.words == "applied linked \"3\"" && unmarked.end?.storedHash == marked.marks?.stored)
    }

    @Test func `an answer that does not have what was sent is looked at`() throws {
        var other = live(etag: 3)
        other.marks?.hash = ContentHash(rawValue: "other")
        let script = try run([.event(other), .event(live(etag: 4))])
        #expect(script.calls == ["insert …1", "get …1"] && script.end?.words == "applied linked \"4\"")
        var moved = live(etag: 3)
        moved.event?.end = .instant(.day(9))
        #expect(try run([.event(moved), .error(.notFound)]).end?.words == "failed")
    }

    @Test(arguments: [Answer.lost, .unavailable, .error(.malformedAnswer(reason: "not JSON")), .deleted])
    func `an unclear answer: what is there decides`(answer: Answer) throws {
        let there = try run([answer, .event(live(etag: 6))])
        #expect(there.calls == ["insert …1", "get …1"] && there.end?.words == "applied linked \"6\"")
        let missing = try run([answer, .error(.notFound)])
        #expect(missing.calls == ["insert …1", "get …1"] && missing.end?.words == "failed")
        let unreadable = try run([answer, .error(.rateLimited(reason: "quota"))])
        #expect(unreadable.end?.words == "failed" && unreadable.end?.isUnclear == true)
        #expect(missing.end?.isUnclear == false)
    }

    @Test(arguments: [
        CalendarError.forbidden(reason: "forbidden", message: ""), .badRequest(reason: "invalid", message: ""),
        .notFound,
        .rateLimited(reason: "quotaExceeded"), .unauthorized(message: ""), .notSent(after: .unauthorized(message: "")),
        .quotaExceeded(reason: "quota", message: ""),
    ])
    func `a clear refusal is a failure at once`(error: CalendarError) throws {
        let script = try run([.error(error)])
        #expect(script.calls == ["insert …1"] && script.end?.words == "failed" && script.end?.linked == nil)
    }

    @Test func `a conflict of two calls is looked at`() throws {
        let script = try run([.error(.conflict(reason: "conflict")), .event(live(etag: 6))])
        #expect(script.calls == ["insert …1", "get …1"] && script.end?.outcome == .done)
    }

    // MARK: - Revival

    @Test func `a tombstone is revived on the condition of its etag`() throws {
        let script = try run([.event(live(etag: 4))], tombstone: .number(3))
        #expect(script.calls == ["patch …1 if \"3\""] && script.end?.words == "applied linked \"4\"")
        #expect(
            script.lastPatch == Set(["status"] + (EventField.allCases.filter { $0.kind != .setting }).map(\.googleKey))
        )
    }

    @Test func `a revival leaves fields alone that no property decides`() throws {
        let script = try run([.event(live(etag: 4))], tombstone: .number(3), managedFields: [.summary, .start, .end])
        #expect(script.lastPatch == ["status", "summary", "start", "end"])
    }

    @Test(arguments: [
        CalendarError.forbidden(reason: "forbidden", message: "Forbidden"), .notFound, .gone(reason: "deleted"),
    ])
    func `a tombstone that cannot be revived makes way for a successor`(error: CalendarError) throws {
        let script = try run([.error(error)], tombstone: .number(3))
        #expect(script.calls == ["patch …1 if \"3\"", "insert …1s1"])
    }

    @Test func `a revival that is answered with a deleted event makes way for a successor`() throws {
        let script = try run([.event(live(etag: 4, status: .cancelled))], tombstone: .number(3))
        #expect(script.calls.last == "insert …1s1")
    }

    @Test func `a revival that may not write at all is a failure`() throws {
        let error = CalendarError.forbidden(reason: "requiredAccessLevel", message: "")
        let script = try run([.error(error)], tombstone: .number(3))
        #expect(script.calls.count == 1 && script.end?.words == "failed")
    }

    @Test func `a tombstone of the predecessor makes way for the page's own id`() throws {
        let script = try run([.error(.notFound)], tombstone: .number(3), id: EventID(rawValue: "predecessor1"))
        #expect(script.calls.last == "insert …1")
    }

    @Test func `412 on a revival: it is looked at and revived as it is now`() throws {
        let script = try run(
            [.error(.preconditionFailed), .event(live(etag: 8, status: .cancelled)), .event(live(etag: 9))],
            tombstone: .number(3)
        )
        #expect(script.calls == ["patch …1 if \"3\"", "get …1", "patch …1 if \"8\""])
        #expect(script.end?.words == "applied linked \"9\"")
    }

    @Test func `a revival whose answer is lost is looked at`() throws {
        let script = try run([.lost, .event(live(etag: 8))], tombstone: .number(3))
        #expect(script.calls == ["patch …1 if \"3\"", "get …1"] && script.end?.words == "applied linked \"8\"")
    }

    // MARK: - Restoring in an undo

    private func restore(_ answers: [Answer], mayTakeSuccessor: Bool = true) throws -> Script {
        let creation = EventCreation(
            desired: one,
            id: own,
            reason: .undone,
            tombstone: .number(3),
            restoration: .init(marks: nil, link: .linkUnversioned, mayTakeSuccessor: mayTakeSuccessor)
        )
        return try Script(.create(creation), answers)
    }

    @Test func `an undo leaves alone what somebody brought back and edited`() throws {
        let edited = try restore([.error(.preconditionFailed), .event(live(etag: 8, summary: "By hand"))])
        #expect(edited.calls == ["patch …1 if \"3\"", "get …1"] && edited.end?.words == "stale")
        let equal = try restore([.error(.preconditionFailed), .event(live(etag: 8))])
        #expect(equal.calls.count == 2 && equal.end?.words == "unchanged linked \"8\"")
    }

    @Test func `an undo takes no other id where the page has an event`() throws {
        let script = try restore([.error(.notFound)], mayTakeSuccessor: false)
        #expect(script.calls.count == 1 && script.end?.words == "stale")
    }

    @Test func `an undo takes over no event that has another id`() throws {
        let successor = EventID(derivedFrom: one.page, generation: 1)
        let taken = try restore([.error(.notFound), .error(.duplicate), .event(one.live(id: successor, etag: 7))])
        #expect(taken.calls.last == "get …1s1" && taken.end?.words == "stale")
        let buried = one.live(id: successor, etag: 7, status: .cancelled)
        let next = try restore([.error(.notFound), .error(.duplicate), .event(buried)])
        #expect(next.calls.last == "insert …1s2")
        let ours = try restore([.error(.notFound), .lost, .event(one.live(id: successor, etag: 7))])
        #expect(ours.end?.words == "applied linked \"7\"")
    }

    // MARK: - Ends

    @Test func `412 while aligning: it is looked at again`() throws {
        let script = try run([
            .error(.duplicate), .event(live(etag: 4, summary: "Old")), .error(.preconditionFailed),
            .event(live(etag: 5)),
        ])
        #expect(script.calls.last == "get …1" && script.end?.words == "unchanged linked \"5\"")
        #expect(script.end?.found == nil)
    }

    @Test(arguments: [
        [Answer.error(.duplicate), .event(.stranger(EventID(derivedFrom: .number(1))))],
        [.error(.duplicate), .error(.notFound)],
    ])
    func `ids that are all taken come to an end`(round: [Answer]) throws {
        let script = try run(Array(repeating: round, count: 30).flatMap(\.self))
        #expect(script.end?.words == "failed" && script.calls.count <= 20)
        #expect(
            Set(script.calls.filter { $0.hasPrefix("insert") }).count == script.calls.count { $0.hasPrefix("insert") }
        )
    }

    @Test(arguments: [
        [Answer.event(DesiredEvent.sample(1).live(event: .sample("Old"))), .error(.preconditionFailed)],
        [.event(DesiredEvent.sample(1).live(status: .cancelled)), .error(.preconditionFailed)],
        [.event(DesiredEvent.sample(1).live(event: .sample("Old"))), .lost],
    ])
    func `an event that keeps changing comes to an end`(round: [Answer]) throws {
        let script = try run([.error(.duplicate)] + Array(repeating: round, count: 30).flatMap(\.self))
        #expect(script.end?.words == "failed" && script.calls.count <= 20)
    }
}
