import LinkStorage
import ReconcileModel
import Testing
import TestSupport

/// The journal: what was about to be written, what became of it, and the deletes of the last day.
struct JournalTests {
    private let one = DesiredEvent.sample(1)
    private let day = 86_400

    private func recentDeletes(_ bench: StateBench) async throws -> Int? {
        try await bench.door.snapshot().deletes["acm"]?.counted.count
    }

    @Test(arguments: StateMaker.all)
    func `intents are numbered in their order, across calls`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        let intents = (1...3).map { JournalIntent.creation(of: .sample($0)) }
        #expect(try await session.record(intents, in: run) == [1, 2, 3])
        #expect(try await session.record(intents, in: run) == [4, 5, 6])
        #expect(try await session.record([], in: run) == [])
        let second = try await session.beginRun(RunRecord.Origin(kind: "apply", gitRevision: "abc"))
        #expect(try await session.record(intents, in: second) == [1, 2, 3])
    }

    @Test(arguments: StateMaker.all)
    func `an intent holds what stood there and what is to stand there`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        let live = one.live(event: .sample("Before", day: 1, description: nil))
        let update = Change.event(.update(EventUpdate(desired: one, live: live, fields: [.summary], reason: .edited)))
        let intent = JournalIntent(change: update, organization: "acm", calendar: .sample, isAllowedByName: false)
        _ = try await session.record([intent], in: run)
        let record = try #require(try await bench.contents().journal.first)
        #expect(record.intent.action == .update && record.intent.reason == "edited")
        #expect(record.intent.fields == [.summary] && record.intent.after == one.event)
        #expect(record.before.content == live.event && record.before.marks == live.marks)
        #expect(record.before.content?.summary == "Before" && record.before.content?.description == nil)
        #expect(record.end.result == nil && record.before.link == nil && record.intendedAt == "2026-11-20T17:00:00Z")
    }

    @Test(arguments: StateMaker.all)
    func `a result and its link are written together`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        let intent = JournalIntent.creation(of: one)
        let numbers = try await session.record([intent], in: run)
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
        try await session.record(results, in: run, organization: "acm")
        let record = try #require(try await bench.contents().journal.first)
        #expect(
            record.end == JournalRecord.End(result: .applied, etag: .number(9)) && record.subject.event == successor
        )
        #expect(try await bench.door.links(of: "acm") == [one.page: one.link(event: successor)])
    }

    @Test(arguments: StateMaker.all)
    func `results without an organization that is known change no links`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        try await session.recordDelete(of: one, in: run, organization: "nobody")
        try await session.update(links: [.set(one.link())], organization: "nobody")
        #expect(try await bench.door.snapshot().organizations.keys.sorted() == ["acm"])
        #expect(try await bench.door.links(of: "acm").isEmpty)
    }

    @Test(
        arguments: StateMaker.all,
        [
            (
                Outcome.failed(Failure(code: "x", message: "Refused.", hint: "Share it.")), "failed",
                "Refused. Share it." as String?
            ),
            (.stale("somebody changed it"), "stale", "somebody changed it"),
            (.skipped("blocked"), "skipped", "blocked"),
            (.applied, "applied", nil),
        ]
    )
    func `outcomes are kept with their reason`(
        maker: StateMaker,
        kept: (outcome: Outcome, word: String, reason: String?)
    ) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        try await session.recordDelete(of: one, in: run, outcome: kept.outcome)
        let record = try #require(try await bench.contents().journal.first)
        #expect(record.end.result?.rawValue == kept.word && record.end.error == kept.reason)
    }

    @Test(arguments: StateMaker.all)
    func `a finished run tells its counts`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        let failure = Failure(code: "x", message: "y")
        for outcome in [Outcome.applied, .applied, .failed(failure), .stale("z"), .skipped("s")] {
            try await session.recordDelete(of: one, in: run, outcome: outcome)
        }
        bench.clock.advance(seconds: 60)
        try await session.finishRun(run, outcome: "failed")
        let record = try #require(try await bench.contents().runs.first)
        #expect(record.outcome == "failed" && record.finishedAt == "2026-11-20T17:01:00Z")
        #expect(record.counts.deleted == 2 && record.counts.failed == 2 && record.counts.unknown == 0)
    }

    @Test(arguments: StateMaker.all)
    func `deletes count for a day`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        try await session.recordDelete(of: .sample(1), in: run)
        bench.clock.advance(seconds: day / 2)
        try await session.recordDelete(of: .sample(2), in: run)
        #expect(try await recentDeletes(bench) == 2)
        bench.clock.advance(seconds: day / 2 - 1)
        #expect(try await recentDeletes(bench) == 2)
        bench.clock.advance(seconds: 1)
        #expect(try await recentDeletes(bench) == 1)
        bench.clock.advance(seconds: day / 2)
        #expect(try await recentDeletes(bench) == 0)
    }

    @Test(arguments: StateMaker.all)
    func `deletes count by event, over all runs`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        try await session.recordDelete(of: .sample(1), in: run)
        let second = try await session.beginRun(RunRecord.Origin(kind: "apply"))
        try await session.recordDelete(of: .sample(1), in: second)
        try await session.recordDelete(of: .sample(2), in: second)
        #expect(try await recentDeletes(bench) == 2)
        #expect(try await session.snapshot().deletes["acm"]?.counted.count == 2)
    }

    @Test(arguments: StateMaker.all)
    func `an intent without a result counts: a killed run may have deleted it`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        let intent = JournalIntent.deletion(of: one)
        _ = try await session.record([intent], in: run)
        try await session.update(links: [.set(one.link())], organization: "acm")
        #expect(try await recentDeletes(bench) == 1)
        #expect(try await bench.door.links(of: "acm").count == 1)
    }

    @Test(arguments: StateMaker.all)
    func `a write of which nobody knows counts like one without an answer`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        let intent = JournalIntent.deletion(of: one)
        for seq in try await session.record([intent], in: run) {
            var result = JournalResult(seq: seq, outcome: .failed(Failure(code: "calendar", message: "no answer")))
            result.isUnclear = true
            try await session.record([result], in: run, organization: "acm")
        }
        #expect(try await recentDeletes(bench) == 1)
        let record = try #require(try await bench.contents().journal.first)
        #expect(record.end.result == nil && record.mayHaveHappened && record.end.error?.contains("no answer") == true)
    }

    @Test(arguments: StateMaker.all)
    func `an insert that met an event of ours is an update of it`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        let intent = JournalIntent.creation(of: one)
        let live = one.live(event: .sample("Before", day: 1))
        for seq in try await session.record([intent], in: run) {
            var result = JournalResult(seq: seq, outcome: .applied, etag: .number(2))
            result.found = (live, [.summary])
            try await session.record([result], in: run, organization: "acm")
        }
        let record = try #require(try await bench.contents().journal.first)
        #expect(record.intent.action == .update && record.intent.fields == [.summary])
        #expect(record.before == JournalRecord.Before(content: live.event, marks: live.marks))
        #expect(record.intent.after == one.event)
    }

    @Test(arguments: StateMaker.all)
    func `an event that is alive is not counted among the deleted`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        for number in 1...3 { try await session.recordDelete(of: .sample(number), in: run) }
        let deletes = try #require(try await bench.door.snapshot().deletes["acm"])
        let alive = try #require(deletes.counted.min())
        #expect(deletes.count(without: { $0 == alive }) == 2)
        #expect(deletes.count(without: { _ in false }) == 3)
    }

    @Test(arguments: StateMaker.all)
    func `deletes that were allowed, failed or of others do not count`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        try await session.remember(.sample("ieee"), database: .sample, calendar: nil)
        try await session.recordDelete(of: .sample(1), in: run, isAllowedByName: true)
        try await session.recordDelete(of: .sample(2), in: run, outcome: .stale("changed"))
        try await session.recordDelete(of: .sample(3), in: run, organization: "ieee")
        let intent = JournalIntent.creation(of: one)
        for seq in try await session.record([intent], in: run) {
            try await session.record([JournalResult(seq: seq, outcome: .applied)], in: run, organization: "acm")
        }
        #expect(try await recentDeletes(bench) == 0)
    }
}
