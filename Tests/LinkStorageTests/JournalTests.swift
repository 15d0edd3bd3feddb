import Foundation
import LinkStorage
import ReconcileModel
import Testing
import TestSupport

/// The journal: what was about to be written, what became of it, and the deletes of the last day.
struct JournalTests {
    private let one = DesiredEvent.sample(1)
    private let day = 86_400

    private func recentDeletes(_ bench: StateBench) async throws -> Int? {
        try await bench.snapshot().organizations["acm"]?.recentDeletes.count
    }

    @Test func `intents are numbered in their order, across calls`() async throws {
        let bench = try StateBench()
        let (store, run) = try await bench.prepared()
        let intents = (1...3).map { number in
            let desired = DesiredEvent.sample(number)
            let creation = EventCreation(desired: desired, id: EventID(derivedFrom: desired.page), reason: .newPage)
            return JournalIntent(
                change: .event(.create(creation)),
                organization: "acm",
                calendar: .sample,
                isAllowedByName: false
            )
        }
        #expect(try await store.record(intents, in: run) == [1, 2, 3])
        #expect(try await store.record(intents, in: run) == [4, 5, 6])
        #expect(try await store.record([], in: run) == [])
        let second = try await store.beginRun(kind: "apply", who: nil, gitRevision: "abc")
        #expect(try await store.record(intents, in: second) == [1, 2, 3])
    }

    @Test func `an intent holds what stood there and what is to stand there`() async throws {
        let bench = try StateBench()
        let (store, run) = try await bench.prepared()
        let live = one.live(event: .sample("Before", day: 1, description: nil))
        let update = Change.event(.update(EventUpdate(desired: one, live: live, fields: [.summary], reason: .edited)))
        let intent = JournalIntent(change: update, organization: "acm", calendar: .sample, isAllowedByName: false)
        _ = try await store.record([intent], in: run)
        let before = try #require(try bench.ask("SELECT before_image FROM journal", as: String.self))
        let after = try #require(try bench.ask("SELECT intent FROM journal", as: String.self))
        let decoder = JSONDecoder()
        #expect(try decoder.decode(EventImage.self, from: Data(after.utf8)) == EventImage(one.event))
        let image = try decoder.decode(EventImage.self, from: Data(before.utf8))
        #expect(image == EventImage(live))
        // The bytes that older versions wrote.
        #expect(
            before.hasPrefix(
                #"{"displayZone":"America/Phoenix","end":"2026-11-21T18:00:00Z","location":"BYENG 210","marks":{"#
            )
        )
        #expect(before.hasSuffix(#"},"start":"2026-11-21T17:00:00Z","summary":"Before"}"#))
        #expect(try bench.ask("SELECT result FROM journal", as: String.self) == nil)
    }

    @Test func `a result and its link are written together`() async throws {
        let bench = try StateBench()
        let (store, run) = try await bench.prepared()
        let creation = EventCreation(desired: one, id: EventID(derivedFrom: one.page), reason: .newPage)
        let intent = JournalIntent(
            change: .event(.create(creation)),
            organization: "acm",
            calendar: .sample,
            isAllowedByName: false
        )
        let numbers = try await store.record([intent], in: run)
        let successor = EventID(derivedFrom: one.page, generation: 1)
        let results = numbers.map {
            JournalResult(
                seq: $0,
                outcome: .applied,
                etag: .number(9),
                event: successor,
                link: .set(one.link(event: successor))
            )
        }
        try await store.record(results, in: run, organization: "acm")
        #expect(try bench.ask("SELECT result FROM journal") == "applied")
        #expect(try bench.ask("SELECT etag_after FROM journal") == "\"9\"")
        #expect(try bench.ask("SELECT google_calendar_event_id FROM journal") == successor.rawValue)
        #expect(try await bench.snapshot().organizations["acm"]?.links == [one.page: one.link(event: successor)])
    }

    @Test func `results without an organization that is known change no links`() async throws {
        let bench = try StateBench()
        let (store, run) = try await bench.prepared()
        try await recordDelete(of: one, by: store, in: run, organization: "nobody")
        try await store.update(links: [.set(one.link())], organization: "nobody")
        #expect(try await bench.snapshot().organizations.keys.sorted() == ["acm"])
        #expect(try await bench.snapshot().organizations["acm"]?.links.isEmpty == true)
    }

    @Test(arguments: [
        (
            Outcome.failed(Failure(code: "x", message: "Refused.", hint: "Share it.")), "failed",
            "Refused. Share it." as String?
        ),
        (.stale("somebody changed it"), "stale", "somebody changed it"), (.skipped("blocked"), "skipped", "blocked"),
        (.applied, "applied", nil),
    ])
    func `outcomes are kept with their reason`(outcome: Outcome, word: String, reason: String?) async throws {
        let bench = try StateBench()
        let (store, run) = try await bench.prepared()
        try await recordDelete(of: one, by: store, in: run, outcome: outcome)
        #expect(try bench.ask("SELECT result FROM journal") == word)
        #expect(try bench.ask("SELECT error FROM journal", as: String.self) == reason)
    }

    @Test func `a finished run tells its counts`() async throws {
        let bench = try StateBench()
        let (store, run) = try await bench.prepared()
        let failure = Failure(code: "x", message: "y")
        for outcome in [Outcome.applied, .applied, .failed(failure), .stale("z"), .skipped("s")] {
            try await recordDelete(of: one, by: store, in: run, outcome: outcome)
        }
        bench.clock.advance(seconds: 60)
        try await store.finishRun(run, outcome: "failed")
        #expect(try bench.ask("SELECT applied || ' ' || failed || ' ' || outcome FROM runs") == "2 2 failed")
        #expect(try bench.ask("SELECT finished_at FROM runs") == "2026-11-20T17:01:00Z")
    }

    @Test func `deletes count for a day`() async throws {
        let bench = try StateBench()
        let (store, run) = try await bench.prepared()
        try await recordDelete(of: .sample(1), by: store, in: run)
        bench.clock.advance(seconds: day / 2)
        try await recordDelete(of: .sample(2), by: store, in: run)
        #expect(try await recentDeletes(bench) == 2)
        bench.clock.advance(seconds: day / 2 - 1)
        #expect(try await recentDeletes(bench) == 2)
        bench.clock.advance(seconds: 1)
        #expect(try await recentDeletes(bench) == 1)
        bench.clock.advance(seconds: day / 2)
        #expect(try await recentDeletes(bench) == 0)
    }

    @Test func `deletes count by event, over all runs`() async throws {
        let bench = try StateBench()
        let (store, run) = try await bench.prepared()
        try await recordDelete(of: .sample(1), by: store, in: run)
        let second = try await store.beginRun(kind: "apply", who: nil, gitRevision: nil)
        try await recordDelete(of: .sample(1), by: store, in: second)
        try await recordDelete(of: .sample(2), by: store, in: second)
        #expect(try await recentDeletes(bench) == 2)
        #expect(try await store.snapshot().organizations["acm"]?.recentDeletes.count == 2)
    }

    @Test func `an intent without a result counts: a killed run may have deleted it`() async throws {
        let bench = try StateBench()
        let (store, run) = try await bench.prepared()
        let change = Change.event(.delete(EventDeletion(live: one.live(), page: one.page, reason: .trashed)))
        let intent = JournalIntent(change: change, organization: "acm", calendar: .sample, isAllowedByName: false)
        _ = try await store.record([intent], in: run)
        try await store.update(links: [.set(one.link())], organization: "acm")
        #expect(try await recentDeletes(bench) == 1)
        #expect(try await bench.snapshot().organizations["acm"]?.links.count == 1)
    }

    @Test func `a write of which nobody knows counts like one without an answer`() async throws {
        let bench = try StateBench()
        let (store, run) = try await bench.prepared()
        let change = Change.event(.delete(EventDeletion(live: one.live(), page: one.page, reason: .trashed)))
        let intent = JournalIntent(change: change, organization: "acm", calendar: .sample, isAllowedByName: false)
        for seq in try await store.record([intent], in: run) {
            var result = JournalResult(seq: seq, outcome: .failed(Failure(code: "calendar", message: "no answer")))
            result.isUnclear = true
            try await store.record([result], in: run, organization: "acm")
        }
        #expect(try await recentDeletes(bench) == 1)
        let record = try #require(try StateContents.read(path: bench.path)?.journal.first)
        #expect(record.result == nil && record.mayHaveHappened && record.error?.contains("no answer") == true)
    }

    @Test func `an insert that met an event of ours is an update of it`() async throws {
        let bench = try StateBench()
        let (store, run) = try await bench.prepared()
        let creation = Change.event(
            .create(EventCreation(desired: one, id: EventID(derivedFrom: one.page), reason: .newPage))
        )
        let intent = JournalIntent(change: creation, organization: "acm", calendar: .sample, isAllowedByName: false)
        let live = one.live(event: .sample("Before", day: 1))
        for seq in try await store.record([intent], in: run) {
            var result = JournalResult(seq: seq, outcome: .applied, etag: .number(2))
            result.found = (live, [.summary])
            try await store.record([result], in: run, organization: "acm")
        }
        let record = try #require(try StateContents.read(path: bench.path)?.journal.first)
        #expect(record.action == .update && record.fields == [.summary])
        #expect(record.before == live.event && record.marksBefore == live.marks && record.after == one.event)
    }

    @Test func `an event that is alive is not counted among the deleted`() async throws {
        let bench = try StateBench()
        let (store, run) = try await bench.prepared()
        for number in 1...3 { try await recordDelete(of: .sample(number), by: store, in: run) }
        let record = try #require(try await bench.snapshot().organizations["acm"])
        let alive = try #require(record.recentDeletes.min())
        #expect(record.countedDeletes(without: { $0 == alive }) == 2)
        #expect(record.countedDeletes(without: { _ in false }) == 3)
    }

    @Test func `deletes that were allowed, failed or of others do not count`() async throws {
        let bench = try StateBench()
        let (store, run) = try await bench.prepared()
        try await store.remember(.sample("ieee"), database: .sample, calendar: nil)
        try await recordDelete(of: .sample(1), by: store, in: run, isAllowedByName: true)
        try await recordDelete(of: .sample(2), by: store, in: run, outcome: .stale("changed"))
        try await recordDelete(of: .sample(3), by: store, in: run, organization: "ieee")
        let creation = EventCreation(desired: one, id: EventID(derivedFrom: one.page), reason: .newPage)
        let intent = JournalIntent(
            change: .event(.create(creation)),
            organization: "acm",
            calendar: .sample,
            isAllowedByName: false
        )
        for seq in try await store.record([intent], in: run) {
            try await store.record([JournalResult(seq: seq, outcome: .applied)], in: run, organization: "acm")
        }
        #expect(try await recentDeletes(bench) == 0)
    }
}
