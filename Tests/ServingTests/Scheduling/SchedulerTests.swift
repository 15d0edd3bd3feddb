import ReconcileModel
import Reconciling
import Serving
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct SchedulerTests {
    private let clock = SteppedClock()

    private func organization(_ prefix: String, interval: Int? = nil) -> Organization {
        var organization = Organization.sample(prefix)
        organization.syncInterval = interval
        return organization
    }

    private func scheduler(_ declarations: Declarations, _ runs: ScriptedRuns) -> Scheduler {
        let clock = clock
        return Scheduler(
            declarations: declarations,
            clock: clock,
            now: { Timestamp.day(0).adding(seconds: Int(clock.now.offset.components.seconds)) },
            random: { 0.5 },
            run: runs.run
        )
    }

    @Test func `active organizations that are synchronized are run, at their intervals`() async throws {
        var (inactive, manual) = (organization("old"), organization("manual"))
        (inactive.isActive, manual.isSyncEnabled) = (false, false)
        let runs = ScriptedRuns()
        let declarations = Declarations([organization("acm"), organization("film", interval: 3600), inactive, manual])
        let scheduler = scheduler(declarations, runs)
        try await withServices(scheduler) {
            await clock.waitForSleepers()
            #expect(clock.remainingSleeps == [.seconds(5)])
            #expect(scheduler.nextRun(of: "acm") == .day(0).adding(seconds: 5))
            clock.advance(by: .seconds(5))
            #expect(await runs.next() == ScriptedRuns.Run(prefixes: ["acm", "film"], trigger: .schedule))
            await clock.waitForSleepers()
            #expect(scheduler.nextRun(of: "acm") == .day(0).adding(seconds: 905))
            #expect(scheduler.nextRun(of: "film") == .day(0).adding(seconds: 3605))
            #expect(["old", "manual", "nobody"].compactMap(scheduler.nextRun).isEmpty)
            clock.advance(by: .seconds(899))
            await clock.waitForSleepers()
            #expect(runs.all.count == 1)
            clock.advance(by: .seconds(1))
            #expect(await runs.next()?.prefixes == ["acm"])
        }
        #expect(runs.all.count == 2)
    }

    @Test func `runs do not overlap, and those that a long one missed are left out`() async throws {
        let runs = ScriptedRuns(areHeld: true)
        let scheduler = scheduler(Declarations([organization("acm")]), runs)
        try await withServices(scheduler) {
            await clock.waitForSleepers()
            clock.advance(by: .seconds(5))
            #expect(await runs.next() != nil)
            clock.advance(by: .seconds(3600))
            #expect(runs.all.count == 1 && clock.remainingSleeps.isEmpty)
            #expect(scheduler.nextRun(of: "acm") == .day(0).adding(seconds: 3605))
            runs.end()
            await clock.waitForSleepers()
            #expect(runs.all.count == 1)
            #expect(scheduler.nextRun(of: "acm") == .day(0).adding(seconds: 5 + 5 * 900))
        }
    }

    @Test func `what is declared later is run soon, what is no more is not`() async throws {
        let runs = ScriptedRuns()
        let declarations = Declarations([organization("acm")])
        let scheduler = scheduler(declarations, runs)
        try await withServices(scheduler) {
            await clock.waitForSleepers()
            clock.advance(by: .seconds(5))
            #expect(await runs.next()?.prefixes == ["acm"])
            await clock.waitForSleepers()
            declarations.replace(with: [organization("film")])
            clock.advance(by: .seconds(10))
            await clock.waitForSleepers()
            #expect(scheduler.nextRun(of: "acm") == nil)
            clock.advance(by: .seconds(5))
            #expect(await runs.next()?.prefixes == ["film"])
        }
        #expect(runs.all.count == 2)
    }

    @Test func `without organizations it waits for some`() async throws {
        let runs = ScriptedRuns()
        let declarations = Declarations([])
        try await withServices(scheduler(declarations, runs)) {
            await clock.waitForSleepers()
            declarations.replace(with: [organization("acm")])
            clock.advance(by: .seconds(10))
            await clock.waitForSleepers()
            clock.advance(by: .seconds(5))
            #expect(await runs.next()?.prefixes == ["acm"])
        }
    }

    @Test func `a graceful shutdown waits for the run that is under way, and starts no other`() async throws {
        let runs = ScriptedRuns(areHeld: true)
        let scheduler = scheduler(Declarations([organization("acm")]), runs)
        try await withServices(scheduler) {
            await clock.waitForSleepers()
            clock.advance(by: .seconds(5))
            #expect(await runs.next() != nil)
            clock.advance(by: .seconds(3600))
            // The end comes after the shutdown has begun, or just before: both end the same way.
            Task { runs.end() }
        }
        #expect(runs.finished == 1 && runs.all.count == 1)
        #expect(clock.remainingSleeps.isEmpty)
    }

    @Test func `cancellation ends it`() async throws {
        let scheduler = scheduler(Declarations([organization("acm")]), ScriptedRuns())
        let task = Task { try await scheduler.run() }
        await clock.waitForSleepers()
        task.cancel()
        try await task.value
        #expect(clock.remainingSleeps.isEmpty)
    }
}
