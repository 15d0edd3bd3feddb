import Emulation
import Foundation
import TestSupport
import Testing

/// Whoever takes leave of a calendar or an organization, and is killed, only has to do it again.
struct LeavingCrashTests {
    enum Deed: String, CaseIterable, Sendable {
        case calendarDelete, removeEvents, keepEvents

        var command: [String] {
            switch self {
            case .calendarDelete: ["calendar", "delete", "film", "--confirm-name", "FILM Events"]
            case .removeEvents: ["retire", "film", "--remove-events"]
            case .keepEvents: ["retire", "film", "--keep-events"]
            }
        }

        var asks: Bool { self != .calendarDelete }
    }

    @Test(arguments: Deed.allCases, [CrashPoint.Instant.beforeRequest, .afterRequest, .afterWrite])
    func `a killed leave is completed by the next`(deed: Deed, instant: CrashPoint.Instant) async throws {
        var points = 0
        for number in Harness.numbers {
            let crash = CrashPoint(instant: instant, number: number)
            let wasKilled = try await Self.leave(deed, into: crash)
            points += 1
            guard wasKilled else { break }
        }
        #expect(points > 2, "hardly anything was killed")
    }

    /// - Returns: whether the first try was killed.
    private static func leave(_ deed: Deed, into crash: CrashPoint) async throws -> Bool {
        var world = try World.empty()
        var film = ModelOrganization("film", number: 1, in: &world)
        film.addPages(12, to: &world)
        film.sharing = ["reader public"]
        var acm = ModelOrganization("acm", number: 2, in: &world)
        acm.addPages(3, to: &world)
        return try await Bench.run(world, [film, acm]) { bench in
            #expect(try await bench.apply() == .exited(0), "\(bench.text("apply.txt"))")
            let calendar = try bench.emulator.withWorld { world -> String? in
                let id = world.google.calendars.values.first { $0.summary == "FILM Events" }?.id
                if let id { world.addEvent(to: id, "A birthday", start: "2027-04-04") }
                return id
            }
            let id = try #require(calendar)
            try bench.declare("film", as: nil)
            let wasKilled = try await bench.run(deed.command, into: crash, asks: deed.asks) == .killed
            let end = try await bench.run(deed.command, output: "again.txt", asks: deed.asks)
            let plan = try await bench.plan()
            let printed = "\(deed) \(crash)\n\(bench.text("again.txt"))\(bench.text("plan.txt"))"
            #expect(end == .exited(0) && plan == .exited(0), "\(printed)")
            #expect(!bench.text("plan.txt").contains("film"), "\(printed)")
            try bench.emulator.withWorld { world in
                let left = world.google.calendars[id]
                switch deed {
                case .calendarDelete: #expect(left == nil, "\(printed)")
                case .removeEvents: #expect(left?.liveEvents.map(\.summary) == ["A birthday"], "\(printed)")
                case .keepEvents:
                    #expect(left?.liveEvents.count == 13, "\(printed)")
                    #expect(left?.liveEvents.allSatisfy(\.marks.isEmpty) == true, "\(printed)")
                }
                #expect(left?.rules["default"].map(\.isDeleted) ?? true, "\(printed)")
                #expect(left?.description?.contains("reconcile:") != true || deed == .calendarDelete, "\(printed)")
            }
            return wasKilled
        }
    }
}
