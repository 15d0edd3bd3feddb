import Serving
import TestSupport
import Testing

struct ScheduleTests {
    private static let quarter = Duration.seconds(900)

    /// Organizations that were synchronized together at the given moment; chance moves nothing.
    private func schedule(_ intervals: [String: Duration], startedAt start: Duration = .zero) -> Schedule {
        var schedule = Schedule()
        schedule.adopt(intervals, at: start, chance: 0)
        _ = schedule.begin(at: start, chance: 0.5)
        return schedule
    }

    @Test func `the first run of an organization follows soon, for all of them together`() {
        var schedule = Schedule(firstRunWithin: .seconds(10))
        #expect(schedule.nextDue == nil)
        schedule.adopt(["acm": Self.quarter, "film": .seconds(3600)], at: .seconds(100), chance: 0.7)
        #expect(schedule.nextDue == .seconds(107))
        #expect(schedule.begin(at: .seconds(106), chance: 0.5).isEmpty)
        #expect(schedule.begin(at: .seconds(107), chance: 0.5) == ["acm", "film"])
        #expect(schedule.due(of: "acm") == .seconds(1007) && schedule.due(of: "film") == .seconds(3707))
    }

    @Test func `chance moves the next run by a twentieth of the interval, and a minute at most`() {
        for (chance, due) in [(0.0, 855), (0.5, 900), (0.75, 922.5)] {
            var schedule = schedule(["acm": Self.quarter])
            _ = schedule.begin(at: Self.quarter, chance: chance)
            #expect(schedule.due(of: "acm") == Self.quarter + .seconds(due))
        }
        var daily = schedule(["acm": .seconds(86_400)])
        _ = daily.begin(at: .seconds(86_400), chance: 0)
        #expect(daily.due(of: "acm") == .seconds(2 * 86_400 - 60))
    }

    @Test func `who is due shortly afterwards takes part, others wait`() {
        var schedule = schedule(["acm": .seconds(600), "film": .seconds(650), "robotics": .seconds(700)])
        #expect(schedule.begin(at: .seconds(599), chance: 0.5).isEmpty)
        #expect(schedule.begin(at: .seconds(600), chance: 0.5) == ["acm", "film"])
        #expect(schedule.nextDue == .seconds(700))
    }

    @Test func `a short interval is not run ahead by others`() {
        var schedule = schedule(["acm": .seconds(60), "film": .seconds(70)])
        #expect(schedule.begin(at: .seconds(60), chance: 0.5) == ["acm"])
    }

    @Test(arguments: [(899, 900), (900, 1800), (901, 1800), (3601, 4500), (86_400, 87_300)])
    func `runs that a long one missed are left out`(end: Int, due: Int) {
        var schedule = schedule(["acm": Self.quarter])
        schedule.finish(["acm"], at: .seconds(end))
        #expect(schedule.due(of: "acm") == .seconds(due))
    }

    @Test func `a run that comes late is one run`() {
        var schedule = schedule(["acm": Self.quarter])
        #expect(schedule.begin(at: .seconds(100_000), chance: 0.5) == ["acm"])
        #expect(schedule.nextDue == .seconds(100_900))
    }

    @Test func `organizations come and go`() {
        var schedule = schedule(["acm": Self.quarter, "film": Self.quarter])
        schedule.adopt(["film": Self.quarter, "robotics": Self.quarter], at: .seconds(300), chance: 0.2)
        #expect(schedule.due(of: "acm") == nil)
        #expect(schedule.due(of: "film") == Self.quarter)
        #expect(schedule.due(of: "robotics") == .seconds(302))
        #expect(schedule.begin(at: .seconds(302), chance: 0.5) == ["robotics"])
        // One that vanishes while it is synchronized does not come back at the end.
        schedule.adopt([:], at: .seconds(303), chance: 0)
        schedule.finish(["robotics"], at: .seconds(303))
        #expect(schedule.nextDue == nil)
    }

    @Test func `another interval counts from the last run`() {
        var schedule = schedule(["acm": Self.quarter, "film": Self.quarter])
        schedule.adopt(["acm": .seconds(300), "film": .seconds(3600)], at: .seconds(400), chance: 0)
        #expect(schedule.due(of: "acm") == .seconds(300))
        #expect(schedule.due(of: "film") == .seconds(3600))
        #expect(schedule.begin(at: .seconds(400), chance: 0.5) == ["acm"])
        var fresh = Schedule()
        fresh.adopt(["acm": Self.quarter], at: .zero, chance: 0.5)
        fresh.adopt(["acm": .seconds(60)], at: .seconds(1), chance: 0)
        #expect(fresh.due(of: "acm") == .seconds(5))
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `intervals are kept, and equal ones stay together`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let intervals = Dictionary(
            uniqueKeysWithValues: (0..<8).map {
                ("org\($0)", Duration.seconds(60 * Int.random(in: 1...60, using: &random)))
            }
        )
        var schedule = Schedule()
        schedule.adopt(intervals, at: .zero, chance: 0.5)
        var last: [String: Duration] = [:]
        for _ in 0..<500 {
            guard let now = schedule.nextDue else { return #expect(Bool(false), "seed \(seed): nothing is scheduled") }
            let prefixes = schedule.begin(at: now, chance: Double.random(in: 0..<1, using: &random))
            #expect(!prefixes.isEmpty)
            for prefix in prefixes {
                guard let interval = intervals[prefix] else { continue }
                let together = intervals.filter { $0.value == interval }.keys
                #expect(together.allSatisfy(prefixes.contains))
                let slack = min(interval / 20, .seconds(60))
                if let last = last[prefix] {
                    let pause = now - last
                    #expect(pause >= interval - slack * 3 && pause <= interval + slack, "seed \(seed): \(prefix)")
                }
                last[prefix] = now
            }
        }
    }
}
