import ReconcileModel
import Reconciling
import Synchronization
import TestSupport
import Testing

@testable import Serving

struct SyncCoordinatorTests {
    /// What runs were asked for, and a gate before the end of each.
    private final class Runs: Sendable {
        let asked = Mutex<[[String]]>([])
        let (begun, begin) = AsyncStream<Void>.makeStream()
        private let gate = AsyncStream<Void>.makeStream()

        func carryOut(_ prefixes: [String]) async -> SyncCoordinator.Answer {
            asked.withLock { $0.append(prefixes) }
            begin.yield()
            for await _ in gate.stream { break }
            return .success(prefixes.map(Self.synced))
        }

        func endOne() { gate.continuation.yield() }

        private static func synced(_ prefix: String) -> SyncedOrganization {
            let organization = Organization(prefix: prefix, name: prefix)
            let plan = OrganizationPlan.planned(organization)
            return SyncedOrganization(report: OrganizationReport(plan: plan, outcomes: []), listing: nil, links: [:])
        }
    }

    @Test func `what is asked for during a run goes with the next one, together`() async throws {
        let runs = Runs()
        let coordinator = SyncCoordinator { prefixes, _ in await runs.carryOut(prefixes) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await coordinator.run() }
            async let first = coordinator.sync(["acm"], .sync)
            var begun = runs.begun.makeAsyncIterator()
            _ = await begun.next()
            async let second = coordinator.sync(["film", "acm"], .webhook)
            async let third = coordinator.sync(["chess"], .schedule)
            while coordinator.queueLength < 2 { await Task.yield() }
            runs.endOne()
            _ = await begun.next()
            runs.endOne()
            let answers = await [first, second, third]
            let prefixes = try answers.map { try $0.get().map(\.prefix) }
            #expect(prefixes == [["acm"], ["acm", "film"], ["chess"]])
            #expect(runs.asked.withLock(\.self) == [["acm"], ["acm", "chess", "film"]])
            group.cancelAll()
        }
    }

    @Test func `who waits when the service ends is told so`() async throws {
        let runs = Runs()
        let coordinator = SyncCoordinator { prefixes, _ in await runs.carryOut(prefixes) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await coordinator.run() }
            async let first = coordinator.sync(["acm"], .sync)
            var begun = runs.begun.makeAsyncIterator()
            _ = await begun.next()
            async let second = coordinator.sync(["film"], .sync)
            while coordinator.queueLength < 1 { await Task.yield() }
            group.cancelAll()
            _ = await first
            guard case .failure(let failure) = await second else {
                Issue.record("it was carried out")
                return
            }
            #expect(failure.code == "stopping")
        }
        let late = await coordinator.sync(["acm"], .sync)
        guard case .failure = late else {
            Issue.record("it was carried out after the end")
            return
        }
    }

    @Test func `an errand waits for the run under way, and the next run for it`() async {
        let runs = Runs()
        let coordinator = SyncCoordinator { prefixes, _ in await runs.carryOut(prefixes) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await coordinator.run() }
            async let first = coordinator.sync(["acm"], .sync)
            var begun = runs.begun.makeAsyncIterator()
            _ = await begun.next()
            async let errand = Self.runs(begunBeforeErrandOf: coordinator, runs)
            async let second = coordinator.sync(["film"], .sync)
            while coordinator.queueLength < 2 { await Task.yield() }
            runs.endOne()
            #expect(await errand == 1)
            _ = await begun.next()
            runs.endOne()
            _ = await (first, second)
            group.cancelAll()
        }
        #expect(await Self.runs(begunBeforeErrandOf: coordinator, runs) == nil)
    }

    /// How many runs had begun when an errand was carried out; nil where it was not.
    private static func runs(begunBeforeErrandOf coordinator: SyncCoordinator, _ runs: Runs) async -> Int? {
        try? await coordinator.betweenRuns { () async throws(Failure) in runs.asked.withLock(\.count) }
    }
}
