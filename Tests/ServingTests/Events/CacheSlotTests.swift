import ReconcileModel
import TestSupport
import Testing

@testable import Serving

struct CacheSlotTests {
    private let policy = CacheSlot.Policy(
        timeToLive: .seconds(300),
        staleness: .seconds(3600),
        pause: .seconds(15)
    )

    @Test(arguments: [
        (0, CacheSlot.Decision.answer), (299, .answer), (300, .answerAndRead), (3599, .answerAndRead),
        (3600, .waitForReading),
    ])
    func `what is done depends on the age`(seconds: Int, decision: CacheSlot.Decision) {
        var slot = CacheSlot()
        #expect(slot.decision(at: .seconds(10), policy) == .waitForReading)
        let isTaken = slot.replace(with: .titled("A"), begun: .seconds(10))
        #expect(isTaken)
        #expect(slot.decision(at: .seconds(10 + seconds), policy) == decision)
        #expect(slot.age(at: .seconds(10 + seconds)) == .seconds(seconds))
    }

    @Test func `after a failure nothing is read for a while, as long as there is an answer`() {
        var slot = CacheSlot()
        slot.fail(at: .seconds(1))
        #expect(slot.decision(at: .seconds(2), policy) == .waitForReading)
        _ = slot.replace(with: .titled("A"), begun: .zero)
        slot.fail(at: .seconds(400))
        #expect(slot.decision(at: .seconds(414), policy) == .answer)
        #expect(slot.decision(at: .seconds(415), policy) == .answerAndRead)
    }

    @Test func `what is known to be outdated is read anew, whatever its age`() {
        var slot = CacheSlot()
        _ = slot.replace(with: .titled("A"), begun: .seconds(10))
        slot.outdate(at: .seconds(20))
        #expect(slot.decision(at: .seconds(21), policy) == .answerAndRead)
        #expect(slot.isStale(at: .seconds(21), policy))
        // Read before it was known: it may lack what is new.
        _ = slot.replace(with: .titled("B"), begun: .seconds(19))
        #expect(slot.decision(at: .seconds(22), policy) == .answerAndRead)
        slot.fail(at: .seconds(23))
        #expect(slot.decision(at: .seconds(24), policy) == .answer)
        _ = slot.replace(with: .titled("C"), begun: .seconds(20))
        #expect(slot.decision(at: .seconds(25), policy) == .answer)
        #expect(!slot.isStale(at: .seconds(25), policy))
    }

    @Test func `what was read before what is there is not taken`() {
        var slot = CacheSlot()
        let taken = [
            slot.replace(with: .titled("new"), begun: .seconds(20)),
            slot.replace(with: .titled("old"), begun: .seconds(19)),
        ]
        #expect(taken == [true, false])
        #expect(slot.entry?.listing.events.first?.event.summary == "new")
    }
}

extension EventsEntry {
    /// One event of this title.
    static func titled(_ title: String) -> EventsEntry {
        EventsEntry(
            .titled(title),
            of: Organization(prefix: "acm", name: "ACM"),
            id: 1,
            now: .day(0),
            refresh: .seconds(300)
        )
    }

    var title: String? { listing.events.first?.event.summary }
}

extension EventListing {
    static func titled(_ title: String) -> EventListing {
        let start = EventTime.instant(Timestamp(secondsSince1970: 1_795_000_000))
        let event = EventContent(summary: title, start: start, end: start)
        let page = PageID(rawValue: "00000000-0000-4000-8000-000000000001")
        let desired = DesiredEvent(page: page, event: event, hash: ContentHash(rawValue: title))
        return EventListing(prefix: "acm", events: [desired])
    }
}
