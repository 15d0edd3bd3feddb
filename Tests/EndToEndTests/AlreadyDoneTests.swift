import Emulation
import Foundation
import Testing

/// What stands there already as it was wanted: it is a run's deed only where that run may have written it.
struct AlreadyDoneTests {
    /// A change, and how it comes that it is done before the run does it.
    enum Case: String, CaseIterable, Sendable {
        case update, deletion, creation

        var method: String {
            switch self {
            case .update: "PATCH"
            case .deletion: "DELETE"
            case .creation: "POST"
            }
        }

        /// The regular expression of the path of its request.
        var path: String { self == .creation ? "/.events$/" : "/.events.[^/]+$/" }

        /// Asks for the change in Notion.
        func ask(_ scenario: Scenario) throws {
            switch self {
            case .update: try scenario.retitle(1, "New")
            case .deletion: try scenario.trash([1])
            case .creation: _ = try scenario.emulator.withWorld { $0.addPage(10, to: scenario.database) }
            }
        }

        /// Makes the change at Google: as a person, or as a run with another state does.
        func make(_ world: inout World, in calendar: String, _ database: String) {
            switch self {
            case .update: world.editEvent(World.eventID(1), of: calendar) { $0.fields["summary"] = "New" }
            case .deletion: world.editEvent(World.eventID(1), of: calendar) { $0.fields["status"] = "cancelled" }
            case .creation:
                let marks = [
                    "notionPageId": World.page(10), "reconcileOrg": "acm", "reconcileDatabase": database,
                    "reconcileEvent": World.eventID(10),
                ]
                let start = "2027-01-11T10:00:00-07:00"
                world.addEvent(to: calendar, "Event 10", start: start, marks: marks, id: World.eventID(10))
            }
        }
    }

    private func undo(_ scenario: Scenario, _ run: String = "2") async -> Scenario.Ran {
        await scenario.reconcile("undo", run, "--auto-approve", "--format", "json")
    }

    /// What people see of each event.
    private func titles(_ scenario: Scenario) throws -> [String: String?] { try scenario.events().mapValues(\.summary) }

    private func doMeanwhile(_ what: Case, _ scenario: Scenario) throws {
        let calendar = try #require(try scenario.calendar())
        scenario.emulator.beforeNext(what.method, "/calendar/v3/calendars/") { emulator in
            try? emulator.withWorld { what.make(&$0, in: calendar, scenario.database) }
        }
    }

    // MARK: - Somebody else's deed

    @Test(arguments: Case.allCases)
    func `what somebody did just before the run is not its deed, and no undo takes it back`(what: Case) async throws {
        try await Scenario.run(pages: 8) { scenario in
            await scenario.expectApplied()
            try what.ask(scenario)
            try doMeanwhile(what, scenario)
            let applied = await scenario.apply()
            #expect(applied.code == 0, "\(applied.output)\(applied.errors)")
            #expect(applied.changes.map(\.outcome) == ["unchanged"], "\(applied.output)")
            #expect(applied.changes.first?.explanation.contains("already") == true)
            await scenario.expectConverged()
            let before = try titles(scenario)
            let undone = await undo(scenario)
            #expect(undone.code == 0 && undone.changes.isEmpty, "\(undone.output)")
            #expect(try titles(scenario) == before)
        }
    }

    @Test(arguments: Case.allCases)
    func `a try that was not carried out does not make it the run's`(what: Case) async throws {
        // A tombstone does not tell who deleted it.
        guard what != .deletion else { return }
        try await Scenario.run(pages: 8) { scenario in
            await scenario.expectApplied()
            try what.ask(scenario)
            try doMeanwhile(what, scenario)
            scenario.emulator.add(
                Fault(.resetBefore, .first(count: 1), api: "google", method: what.method, path: what.path)
            )
            let applied = await scenario.apply()
            #expect(applied.code == 0 && applied.changes.map(\.outcome) == ["unchanged"], "\(applied.output)")
            let before = try titles(scenario)
            #expect(await undo(scenario).changes.isEmpty)
            #expect(try titles(scenario) == before)
        }
    }

    @Test func `people's deeds are no deletes of ours, and fill no limit`() async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            try scenario.trash(1...5)
            scenario.emulator.beforeNext("POST", "/batch/") { emulator in
                try? emulator.withWorld { world in
                    for page in 1...5 {
                        world.editEvent(World.eventID(page), of: calendar) { $0.fields["status"] = "cancelled" }
                    }
                }
            }
            let applied = await scenario.apply()
            #expect(Set(applied.changes.map(\.outcome)) == ["unchanged"], "\(applied.output)")
            try scenario.trash(6...9)
            await scenario.expectApplied()
            try scenario.expectEvents(11)
        }
    }

    @Test func `a calendar that somebody renamed just so is not said to be changed`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            try scenario.declare("acm", database: scenario.database, more: "calendar: {name: New}")
            scenario.emulator.beforeNext("PATCH", "/calendar/v3/calendars/") { emulator in
                try? emulator.withWorld { world in
                    world.google.calendars[calendar]?.summary = "New"
                    world.google.calendars[calendar]?.changed += 1
                    world.serial += 1
                }
            }
            let applied = await scenario.apply()
            #expect(applied.code == 0 && applied.changes.map(\.outcome) == ["unchanged"], "\(applied.output)")
            await scenario.expectConverged()
        }
    }

    @Test func `a sync in which somebody was faster is a success that claims nothing`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "New")
            try doMeanwhile(.update, scenario)
            try await ServiceScenario.run(in: scenario) { service in
                let answer = try await service.post("/api/calendar/acm/sync")
                #expect(answer.status == 200, "\(answer.text)")
                #expect(answer.processed.filter { $0.status != "unchanged" }.isEmpty, "\(answer.text)")
                #expect(answer.processed.count == 3)
                let events = try await service.get("/api/calendar/acm/events").events
                #expect(events.contains { $0["title"] as? String == "New" })
            }
        }
    }

    // MARK: - The run's own deed

    @Test(arguments: Case.allCases, [false, true])
    func `what an unanswered try of the run did is its deed, and is taken back`(
        what: Case,
        isBatched: Bool
    ) async throws {
        try await Scenario.run(pages: 8) { scenario in
            await scenario.expectApplied()
            let before = try titles(scenario)
            try what.ask(scenario)
            if isBatched { try scenario.retitle(3, "Another") }
            let lost = Fault(
                .resetAfter,
                .first(count: 1),
                api: "google",
                method: isBatched ? "POST" : what.method,
                path: isBatched ? "/batch/" : what.path
            )
            scenario.emulator.add(lost)
            await scenario.expectApplied()
            #expect(try titles(scenario) != before)
            let undone = await undo(scenario)
            #expect(undone.code == 0 && undone.changes.count == (isBatched ? 2 : 1), "\(undone.output)")
            #expect(try titles(scenario) == before)
        }
    }

    @Test(arguments: [401, 403, 429])
    func `what an unanswered try did is not lost where the next one is refused`(status: Int) async throws {
        try await Scenario.run(pages: 4) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "New")
            let path = Case.update.path
            scenario.emulator.add(
                Fault(.resetAfter, .first(count: 1), api: "google", method: "PATCH", path: path)
            )
            let body =
                #"{"error":{"errors":[{"domain":"calendar","reason":"requiredAccessLevel","message":"No"}],"code":403,"message":"No"}}"#
            let refusal = Fault.Action.respond(status: status, body: status == 403 ? body : nil)
            scenario.emulator.add(Fault(refusal, api: "google", method: "PATCH", path: path))
            _ = await scenario.apply()
            scenario.emulator.removeFaults()
            #expect(try scenario.event(of: 1).summary == "New")
            let undone = await undo(scenario)
            #expect(undone.code == 0 && undone.changes.map(\.outcome) == ["applied"], "\(undone.output)")
            #expect(try scenario.event(of: 1).summary == "Event 1")
        }
    }
}
