import Foundation
import GRDB
import ReconcileModel
import Testing
import TestSupport

@testable import LinkStorage

/// What the rows look like to other versions and programs, and how they are found.
struct RowTests {
    private let one = DesiredEvent.sample(1)

    @Test func `an intent is kept as images of what stood there and what is to stand there`() async throws {
        let bench = try FileBench()
        let (session, run) = try await bench.prepared()
        let live = one.live(event: .sample("Before", day: 1, description: nil))
        let update = Change.event(.update(EventUpdate(desired: one, live: live, fields: [.summary], reason: .edited)))
        let intent = JournalIntent(change: update, organization: "acm", calendar: .sample, isAllowedByName: false)
        _ = try await session.record([intent], in: run)
        let before = try #require(try bench.ask("SELECT before_image FROM journal", as: String.self))
        let after = try #require(try bench.ask("SELECT intent FROM journal", as: String.self))
        let decoder = JSONDecoder()
        #expect(try decoder.decode(EventImage.self, from: Data(after.utf8)) == EventImage(one.event))
        let image = try decoder.decode(EventImage.self, from: Data(before.utf8))
        #expect(image == EventImage(live))
        // The bytes that older versions wrote.
        let start = #"{"displayZone":"America/Phoenix","end":"2026-11-21T18:00:00Z","location":"BYENG 210","marks":{"#
        #expect(before.hasPrefix(start))
        #expect(before.hasSuffix(#"},"start":"2026-11-21T17:00:00Z","summary":"Before"}"#))
        #expect(try bench.ask("SELECT result FROM journal", as: String.self) == nil)
    }

    @Test func `a result is kept in plain words`() async throws {
        let bench = try FileBench()
        let (session, run) = try await bench.prepared()
        let successor = EventID(derivedFrom: one.page, generation: 1)
        for seq in try await session.record([.creation(of: one)], in: run) {
            let result = JournalResult(seq: seq, outcome: .applied, etag: .number(9), event: successor)
            try await session.record([result], in: run, organization: "acm")
        }
        #expect(try bench.ask("SELECT result FROM journal") == "applied")
        #expect(try bench.ask("SELECT etag_after FROM journal") == "\"9\"")
        #expect(try bench.ask("SELECT google_calendar_event_id FROM journal") == successor.rawValue)
        #expect(
            try bench.ask("SELECT resource || ' ' || action || ' ' || reason FROM journal") == "event create new_page"
        )
    }

    @Test func `a finished run keeps its counts, for programs that read no journal`() async throws {
        let bench = try FileBench()
        let (session, run) = try await bench.prepared()
        let failure = Failure(code: "x", message: "y")
        for outcome in [Outcome.applied, .applied, .failed(failure), .stale("z"), .skipped("s")] {
            try await session.recordDelete(of: one, in: run, outcome: outcome)
        }
        bench.clock.advance(seconds: 60)
        try await session.finishRun(run, outcome: "failed")
        #expect(try bench.ask("SELECT applied || ' ' || failed || ' ' || outcome FROM runs") == "2 2 failed")
        #expect(try bench.ask("SELECT finished_at FROM runs") == "2026-11-20T17:01:00Z")
    }

    @Test func `pages are looked up by an index`() async throws {
        let bench = try FileBench()
        _ = try await bench.prepared()
        let queue = try DatabaseQueue(path: bench.path)
        let steps = try await queue.read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(Link.owners)", arguments: ["x"])
                .compactMap { $0["detail"] as String? }
        }
        #expect(steps.contains { $0.contains("links_by_page") } && !steps.contains { $0.hasPrefix("SCAN") }, "\(steps)")
    }
}
