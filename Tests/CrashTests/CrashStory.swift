import Emulation
import Foundation
import TestSupport

/// A run in which everything happens: one organization's calendar is created and filled, in another's, which has been kept
/// for a while, pages and events have changed in every way.
struct CrashStory: Sendable {
    private let world: World
    private let state: Data
    private let organizations: [ModelOrganization]

    /// What came of a story with crashes.
    struct Outcome {
        /// False: the run had ended before the point was reached.
        var wasKilled: Bool
        /// How the run after the crash ended, and the plan after that.
        var apply: Child.End
        var plan: Child.End
        var findings: Findings
        /// What the run and the plan printed.
        var printed: String

        var isGood: Bool { apply == .exited(0) && plan == .exited(0) && findings.isEmpty }
    }

    /// Lets one organization be applied in peace, then has people change things, and declares the other.
    ///
    /// - Parameters:
    ///   - size: pages of the new organization.
    ///   - narrows: whether the other calendar is shared with less people from then on, which no undo takes back.
    static func prepare(size: Int, narrows: Bool = true) async throws -> CrashStory {
        var world = try World.empty()
        let columns = ModelColumns(repeats: true)
        var acm = ModelOrganization("acm", number: 1, columns: columns, in: &world)
        acm.addPages(40, to: &world)
        acm.sharing = ["reader public", "writer user:officer@example.org", "reader group:members@example.org"]
        let other = world.addCalendar("Somebody else's")
        world.addEvent(to: other, "Choir", start: "2027-05-01")
        let (applied, state) = try await Bench.run(world, [acm]) { bench in
            let end = try await bench.apply()
            guard end == .exited(0) else { throw Unprepared(printed: bench.text("apply.txt")) }
            return (try bench.emulator.withWorld { $0 }, try bench.stateFile())
        }
        world = applied
        try people(change: &acm, in: &world)
        // One rule goes, one gives less.
        if narrows { acm.sharing = ["freeBusyReader public", "writer user:officer@example.org"] }
        var film = ModelOrganization("film", number: 2, columns: columns, in: &world)
        film.addPages(size, to: &world)
        film.sharing = ["reader public", "writer user:officer@example.org"]
        // The next plan is empty, so each of them is told in the end.
        film.isTold = true
        return CrashStory(world: world, state: state, organizations: [acm, film])
    }

    private struct Unprepared: Error { var printed: String }

    private static func people(change acm: inout ModelOrganization, in world: inout World) throws {
        guard let calendar = world.google.calendars.values.first(where: { $0.summary == "ACM Events" })?.id else {
            throw Unprepared(printed: "there is no calendar")
        }
        let events = world.google.calendars[calendar]?.liveEvents ?? []
        func event(_ page: Int) -> String {
            events.first { $0.marks["notionPageId"] == ModelPage(page, of: 1).id }?.id ?? ""
        }
        // By hand in Google: drift, a removed event, copies, an event of a stranger.
        world.editEvent(event(20), of: calendar) { $0.fields["summary"] = "Renamed by hand" }
        world.editEvent(event(21), of: calendar) {
            $0.end = .day("2027-12-24"); $0.start = .day("2027-12-23")
        }
        world.editEvent(event(22), of: calendar) { $0.fields["status"] = "cancelled" }
        // Two occurrences of series of days, which stay as people made them.
        world.editInstance("\(event(15))_20270123", of: calendar) { $0.fields["status"] = "cancelled" }
        world.editInstance("\(event(30))_20270207", of: calendar) { $0.fields["summary"] = "By hand" }
        // A copy as it was is a duplicate; one of which somebody made something else is that person's.
        let twin = world.google.calendars[calendar]?.liveEvents.first { $0.id == event(23) }
        if let twin, let copy = world.addEvent(to: calendar, "Event 23", start: "2027-03-03", marks: twin.marks) {
            world.editEvent(copy, of: calendar) { event in
                (event.fields, event.start, event.end) = (twin.fields, twin.start, twin.end)
            }
        }
        let marks = [GoogleEvent.copyMark: "by hand", "notionPageId": ModelPage(24, of: 1).id]
        world.addEvent(to: calendar, "Copy", start: "2027-03-03", marks: marks)
        world.addEvent(to: calendar, "A birthday", start: "2027-04-04")
        // The predecessor's event of a page that is new to us.
        acm.addPages(3, to: &world)
        world.addEvent(to: calendar, "As of old", start: "2027-03-03", marks: ["notionPageId": ModelPage(41, of: 1).id])
        // In Notion, from the back, so that the numbers before stay.
        acm.edit(12, in: &world) { $0.title = "Another title" }
        acm.edit(11, in: &world) { $0.location = "Somewhere else" }
        acm.edit(10, in: &world) { $0.time = .minutes(start: 90_000, length: 45) }
        for index in [9, 7, 5, 3] { acm.trash(index, in: &world) }
        acm.removeDate(1, in: &world)
    }

    /// What came of a run that was killed and taken back.
    struct Undone {
        var wasKilled: Bool
        /// How the undo ended that nobody killed; nil where the run had not begun.
        var undo: Child.End?
        /// Events that are not as they were before the run.
        var differences: [String]
        /// How the apply after the release ended, the plan after that, and what is not as the model says.
        var apply: Child.End
        var plan: Child.End
        var findings: Findings
        var printed: String

        var isGood: Bool {
            (undo ?? .exited(0)) == .exited(0) && differences.isEmpty && apply == .exited(0) && plan == .exited(0)
                && findings.isEmpty
        }
    }

    /// Kills a run, kills its undo, undoes it in peace, then releases.
    ///
    /// - Parameter crashes: of the run, and of its undo.
    func undo(_ crashes: (run: CrashPoint, undo: CrashPoint)) async throws -> Undone {
        try await Bench.run(world, organizations, state: state) { bench in
            let (before, sharedBefore) = (try bench.shown(), try bench.shared())
            let wasKilled = try await bench.apply(into: crashes.run) == .killed
            var end: Child.End?
            // The run before is that of the preparation.
            if try await bench.hasRun(2) {
                _ = try await bench.run(["undo", "2"], into: crashes.undo)
                end = try await bench.run(["undo", "2"], output: "undo.txt")
            }
            let (after, sharedAfter) = (try bench.shown(), try bench.shared())
            let ids = Set(before.keys).union(after.keys).sorted()
            let rules = Set(sharedBefore.keys).union(sharedAfter.keys).sorted()
                .filter { sharedBefore[$0] != sharedAfter[$0] }
                .map { "\($0): \(sharedBefore[$0] ?? "none"), now \(sharedAfter[$0] ?? "none")" }
            // What was taken back is allowed no more.
            let apply = try await bench.apply("--release", "acm", "--release", "film", "--allow-sharing", "film")
            let plan = try await bench.plan()
            return Undone(
                wasKilled: wasKilled,
                undo: end,
                differences: ids.filter { before[$0] != after[$0] }.map { id in
                    "\(id): \(before[id].map { "\($0)" } ?? "none"), now \(after[id].map { "\($0)" } ?? "none")"
                } + rules,
                apply: apply,
                plan: plan,
                findings: try await bench.findings(),
                printed: bench.text("undo.txt") + bench.text("apply.txt") + bench.text("plan.txt")
            )
        }
    }

    /// Runs into the crashes one after the other, then once to the end, and looks at everything.
    func run(into crashes: [CrashPoint]) async throws -> Outcome {
        try await Bench.run(world, organizations, state: state) { bench in
            var wasKilled = true
            for crash in crashes where wasKilled {
                wasKilled = try await bench.apply(into: crash) == .killed
            }
            let apply = try await bench.apply()
            let plan = try await bench.plan()
            return Outcome(
                wasKilled: wasKilled,
                apply: apply,
                plan: plan,
                findings: try await bench.findings(),
                printed: bench.text("apply.txt") + bench.text("plan.txt")
            )
        }
    }
}
