import GRDB
import ReconcileModel
import Testing
import TestSupport

@testable import LinkStorage

/// Questions to the state that do not read all of it.
struct RunHistoryTests {
    /// Runs 1 to 6: one that wrote to acm, one that wrote nothing, one whose write failed, one that skipped everything, one that
    /// was killed, one that wrote to ieee.
    private func bench() async throws -> StateBench {
        let bench = try StateBench()
        let (store, first) = try await bench.prepared()
        try await recordDelete(of: .sample(1), by: store, in: first)
        for number in 2...6 {
            let run = try await store.beginRun(kind: "apply", who: nil, gitRevision: nil)
            switch number {
            case 3:
                let failure = Failure(code: "x", message: "no")
                try await recordDelete(of: .sample(2), by: store, in: run, outcome: .failed(failure))
            case 4: try await recordDelete(of: .sample(2), by: store, in: run, outcome: .skipped("blocked"))
            case 5:
                let one = DesiredEvent.sample(3)
                let change = Change.event(.delete(EventDeletion(live: one.live(), page: one.page, reason: .trashed)))
                _ = try await store.record(
                    [JournalIntent(change: change, organization: "acm", calendar: .sample, isAllowedByName: false)],
                    in: run
                )
            case 6: try await recordDelete(of: .sample(4), by: store, in: run, organization: "ieee")
            default: break
            }
        }
        return bench
    }

    private func numbers(_ bench: StateBench, _ request: RunHistory.Request) throws -> [Int64]? {
        try RunHistory.read(path: bench.path, request)?.runs.map(\.id.rawValue)
    }

    @Test func `runs that wrote nothing are left out, unless asked for`() async throws {
        let bench = try await bench()
        #expect(try numbers(bench, RunHistory.Request()) == [6, 5, 3, 1])
        #expect(try numbers(bench, RunHistory.Request(isComplete: true)) == [6, 5, 4, 3, 2, 1])
    }

    @Test func `a limit tells whether there is more`() async throws {
        let bench = try await bench()
        let two = try #require(try RunHistory.read(path: bench.path, RunHistory.Request(limit: 2)))
        #expect(two.runs.map(\.id.rawValue) == [6, 5] && two.isCut)
        let four = try #require(try RunHistory.read(path: bench.path, RunHistory.Request(limit: 4)))
        #expect(four.runs.count == 4 && !four.isCut)
    }

    @Test func `of one organization its runs are listed, with what they did there`() async throws {
        let bench = try await bench()
        #expect(try numbers(bench, RunHistory.Request(organization: "ieee")) == [6])
        #expect(try numbers(bench, RunHistory.Request(organization: "acm")) == [5, 3, 1])
        #expect(try RunHistory.read(path: bench.path, RunHistory.Request(organization: "film")) == nil)
    }

    @Test func `a run is shown with its own entries alone`() async throws {
        let bench = try await bench()
        let (run, journal) = try #require(try RunHistory.read(RunID(rawValue: 3), path: bench.path))
        #expect(run.counts.failed == 1 && journal.map(\.run.rawValue) == [3])
        #expect(try RunHistory.read(RunID(rawValue: 7), path: bench.path) == nil)
        #expect(try RunHistory.read(RunID(rawValue: 1), path: bench.folder.file("none.db")) == nil)
    }

    @Test func `an undo gets the journal from its run on, and no links`() async throws {
        let bench = try await bench()
        let contents = try #require(try StateContents.read(.since(RunID(rawValue: 5)), path: bench.path))
        #expect(Set(contents.journal.map(\.run.rawValue)) == [5, 6] && contents.runs.map(\.id.rawValue) == [6, 5])
        #expect(contents.organizations.map(\.prefix) == ["acm"] && contents.organizations[0].links.isEmpty)
        let organizations = try #require(try StateContents.read(.organizations, path: bench.path))
        #expect(organizations.runs.isEmpty && organizations.journal.isEmpty)
    }

    @Test func `pages are looked up by an index, whoever has them`() async throws {
        let bench = try StateBench()
        let (store, _) = try await bench.prepared()
        try await store.remember(.sample("ieee"), database: .sample, calendar: .sample)
        for number in 1...3 {
            try await store.update(links: [.set(DesiredEvent.sample(number).link())], organization: "acm")
        }
        func owners(_ numbers: [Int]) throws -> Set<String> {
            try PageOwners.prefixes(of: Set(numbers.map { DesiredEvent.sample($0).page }), path: bench.path)
        }
        #expect(try owners([2, 9]) == ["acm"])
        #expect(try owners([9]).isEmpty && owners([]).isEmpty)
        let queue = try DatabaseQueue(path: bench.path)
        let steps = try await queue.read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(PageOwners.query)", arguments: ["x"])
                .compactMap { $0["detail"] as String? }
        }
        #expect(steps.contains { $0.contains("links_by_page") } && !steps.contains { $0.hasPrefix("SCAN") }, "\(steps)")
    }
}
