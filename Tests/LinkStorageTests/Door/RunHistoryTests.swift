import LinkStorage
import ReconcileModel
import Testing
import TestSupport

/// Questions to the state that do not read all of it.
struct RunHistoryTests {
    /// Runs 1 to 6: one that wrote to acm, one that wrote nothing, one whose write failed, one that skipped everything, one that
    /// was killed, one that wrote to ieee.
    private func bench(_ maker: StateMaker) async throws -> StateBench {
        let bench = try maker.bench()
        let (session, first) = try await bench.prepared()
        try await session.recordDelete(of: .sample(1), in: first)
        for number in 2...6 {
            let run = try await session.beginRun(RunRecord.Origin(kind: "apply"))
            switch number {
            case 3:
                let failure = Failure(code: "x", message: "no")
                try await session.recordDelete(of: .sample(2), in: run, outcome: .failed(failure))
            case 4: try await session.recordDelete(of: .sample(2), in: run, outcome: .skipped("blocked"))
            case 5: _ = try await session.record([.deletion(of: .sample(3))], in: run)
            case 6: try await session.recordDelete(of: .sample(4), in: run, organization: "ieee")
            default: break
            }
        }
        return bench
    }

    private func numbers(_ bench: StateBench, _ request: RunHistory.Request) async throws -> [Int64]? {
        try await bench.door.history(request)?.runs.map(\.id.rawValue)
    }

    @Test(arguments: StateMaker.all)
    func `runs that wrote nothing are left out, unless asked for`(maker: StateMaker) async throws {
        let bench = try await bench(maker)
        #expect(try await numbers(bench, RunHistory.Request()) == [6, 5, 3, 1])
        #expect(try await numbers(bench, RunHistory.Request(isComplete: true)) == [6, 5, 4, 3, 2, 1])
    }

    @Test(arguments: StateMaker.all)
    func `a limit tells whether there is more`(maker: StateMaker) async throws {
        let bench = try await bench(maker)
        let two = try #require(try await bench.door.history(RunHistory.Request(limit: 2)))
        #expect(two.runs.map(\.id.rawValue) == [6, 5] && two.isCut)
        let four = try #require(try await bench.door.history(RunHistory.Request(limit: 4)))
        #expect(four.runs.count == 4 && !four.isCut)
    }

    @Test(arguments: StateMaker.all)
    func `of one organization its runs are listed, with what they did there`(maker: StateMaker) async throws {
        let bench = try await bench(maker)
        #expect(try await numbers(bench, RunHistory.Request(organization: "ieee")) == [6])
        #expect(try await numbers(bench, RunHistory.Request(organization: "acm")) == [5, 3, 1])
        #expect(try await bench.door.history(RunHistory.Request(organization: "film")) == nil)
    }

    @Test(arguments: StateMaker.all)
    func `a run is shown with its own entries alone`(maker: StateMaker) async throws {
        let bench = try await bench(maker)
        let (run, journal) = try #require(try await bench.door.run(RunID(rawValue: 3)))
        #expect(run.counts.failed == 1 && journal.map(\.run.rawValue) == [3])
        #expect(try await bench.door.run(RunID(rawValue: 7)) == nil)
        #expect(try await maker.bench().door.run(RunID(rawValue: 1)) == nil)
    }

    @Test(arguments: StateMaker.all)
    func `an undo gets the journal from its run on, and no links`(maker: StateMaker) async throws {
        let bench = try await bench(maker)
        let contents = try #require(try await bench.door.contents(.since(RunID(rawValue: 5))))
        #expect(Set(contents.journal.map(\.run.rawValue)) == [5, 6] && contents.runs.map(\.id.rawValue) == [6, 5])
        #expect(contents.organizations.map(\.prefix) == ["acm"] && contents.links.isEmpty)
        let organizations = try #require(try await bench.door.contents(.organizations))
        #expect(organizations.runs.isEmpty && organizations.journal.isEmpty)
    }

    @Test(arguments: StateMaker.all)
    func `pages are looked up, whoever has them`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, _) = try await bench.prepared()
        try await session.remember(.sample("ieee"), database: .sample, calendar: .sample)
        for number in 1...3 {
            try await session.update(links: [.set(DesiredEvent.sample(number).link())], organization: "acm")
        }
        func owners(_ numbers: [Int]) async throws -> Set<String> {
            try await bench.door.owners(of: Set(numbers.map { DesiredEvent.sample($0).page }))
        }
        #expect(try await owners([2, 9]) == ["acm"])
        #expect(try await owners([9]).isEmpty)
        #expect(try await owners([]).isEmpty)
    }
}
