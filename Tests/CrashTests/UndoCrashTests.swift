import Emulation
import Foundation
import LinkStorage
import ReconcileModel
import Testing
import TestSupport

/// A run that was killed is taken back, although the undo is killed as well; and after the release it is made up for.
struct UndoCrashTests {
    @Test(arguments: [CrashPoint.Instant.beforeRequest, .afterRequest, .afterWrite])
    func `a killed run is taken back by an undo that was killed, too`(instant: CrashPoint.Instant) async throws {
        let story = try await CrashStory.prepare(size: Harness.isFull ? 130 : 30, narrows: false)
        var random = SeededGenerator(seed: 1)
        var points = 0
        for number in Harness.numbers {
            let run = CrashPoint(instant: instant, number: number)
            let isOnDisk = instant.isOnDisk
            let undo = CrashPoint(instant: instant, number: .random(in: isOnDisk ? 10...60 : 2...9, using: &random))
            let outcome = try await story.undo((run, undo))
            #expect(
                outcome.isGood,
                """
                \(run), \(undo): \(outcome.undo.map { "\($0)" } ?? "no run"), \(outcome.apply), \(outcome.plan)
                \(outcome.differences.joined(separator: "\n"))
                \(outcome.findings)
                \(outcome.printed)
                """
            )
            points += 1
            // The last one was not killed: a whole run is taken back.
            guard outcome.wasKilled else { break }
        }
        #expect(points > 3, "hardly anything was killed")
        print("undo matrix, \(instant.rawValue): \(points) runs taken back")
    }
}

extension Bench {
    /// What people see of each live event, and what we know it by.
    struct Shown: Equatable {
        var event: ModelPage.Event
        var marks: [String: String]
        var fields: [String: JSONValue]
    }

    func shown() throws -> [String: Shown] {
        try emulator.withWorld { world in
            let events = world.google.calendars.values.flatMap(\.liveEvents)
            return Dictionary(events.map { ($0.id, Shown($0)) }) { first, _ in first }
        }
    }

    /// Who has which role beside the owners, by calendar and rule.
    func shared() throws -> [String: String] {
        try emulator.withWorld { world in
            let rules = world.google.calendars.flatMap { id, calendar in
                calendar.rules.filter { !$0.value.isDeleted && $0.value.role != .owner }
                    .map { ("the rule \($0.key) of \(id)", $0.value.role.rawValue) }
            }
            return Dictionary(rules) { first, _ in first }
        }
    }

    func hasRun(_ number: Int64) async throws -> Bool {
        try await SQLiteState(path: statePath) { Timestamp(secondsSince1970: 0) }.run(RunID(rawValue: number)) != nil
    }
}

extension Bench.Shown {
    init(_ event: GoogleEvent) {
        let fields = event.fields.filter { ["description", "attendees", "conferenceData"].contains($0.key) }
        self.init(event: event.shown, marks: event.marks, fields: fields)
    }
}
