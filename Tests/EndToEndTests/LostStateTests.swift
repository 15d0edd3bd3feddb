import Emulation
import Foundation
import Testing

/// What a state that was lost takes along, and what Google still tells.
struct LostStateTests {
    @Test func `deletes of the last day count although the state is gone`() async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<5)
            await scenario.expectApplied()
            try scenario.deleteState()
            try scenario.trash(5..<10)
            let first = await scenario.apply()
            #expect(first.code == 1)
            #expect(first.status == "blocked")
            #expect(first.message?.contains("5 were within the last day") == true, "\(first.message ?? "")")
            #expect(first.warnings == ["state_unknown"], "\(first.output)")
            #expect(first.output.contains("5 deleted within the last day"))
            // The new state does not forget it at once.
            let second = await scenario.apply()
            #expect(second.status == "blocked")
            #expect(second.warnings.isEmpty)
            try scenario.expectEvents(15)

            scenario.clock.advance(by: .seconds(25 * 3600))
            await scenario.expectApplied()
            try scenario.expectEvents(10)
            await scenario.expectConverged()
        }
    }

    @Test(arguments: [false, true])
    func `they count under a new prefix, too`(isGiven: Bool) async throws {
        let given = "given@group.calendar.google.com"
        let more = isGiven ? "google_calendar_id: \(given)" : ""
        try await Scenario.run(
            pages: 20,
            declaration: more,
            build: { world, _ in world.addCalendar("Given", timeZone: "America/Phoenix", id: given) }
        ) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<5)
            await scenario.expectApplied()
            try scenario.deleteState()
            try scenario.trash(5..<10)
            try scenario.rename("acm", to: "asu", more: more)
            let applied = await scenario.apply()
            #expect(applied.code == 1 && applied.status == "blocked", "\(applied.output)")
            #expect(applied.message?.contains("5 were within the last day") == true, "\(applied.message ?? "")")
            #expect(applied.warnings.contains("state_unknown"))
        }
    }

    @Test func `a rebuilt state counts them, too`() async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<5)
            await scenario.expectApplied()
            try scenario.deleteState()
            #expect(await scenario.reconcile("state", "rebuild").code == 0)
            try scenario.trash(5..<10)
            #expect(await scenario.apply().status == "blocked")
            try scenario.expectEvents(15)
        }
    }

    @Test func `a state that is kept counts what it did, and not what people did`() async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            let ids = try (0..<5).map { try scenario.event(of: $0).id }
            try scenario.trash(0..<5)
            for id in ids { try scenario.editEvent(id) { $0.fields["status"] = "cancelled" } }
            await scenario.expectConverged()
            try scenario.trash(5..<10)
            await scenario.expectApplied()
            try scenario.expectEvents(10)
        }
    }

    @Test func `events that come back do not count`() async throws {
        try await Scenario.run(pages: 10) { scenario in
            await scenario.expectApplied()
            for page in 0..<8 { try scenario.editEvent(of: page) { $0.fields["status"] = "cancelled" } }
            try scenario.deleteState()
            try scenario.trash([9])
            await scenario.expectApplied()
            try scenario.expectEvents(9)
            await scenario.expectConverged()
        }
    }

    @Test func `a first run and a calendar of the predecessor are no lost state`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            #expect(await scenario.plan().warnings.isEmpty)
            let calendar = try scenario.emulator.withWorld { world in
                let calendar = world.addCalendar("ACM")
                world.addEvent(
                    to: calendar,
                    "Event 0",
                    start: "2027-01-01T10:00:00-07:00",
                    marks: ["notionPageId": World.page(0)]
                )
                return calendar
            }
            try scenario.declare("acm", database: scenario.database, more: "google_calendar_id: \(calendar)")
            #expect(await scenario.plan().warnings.isEmpty)
            let rebuilt = await scenario.reconcile("state", "rebuild", "--format", "json")
            #expect(rebuilt.code == 0 && rebuilt.errors.isEmpty, "\(rebuilt.errors)")
            #expect(rebuilt.organizations.map { $0["history_lost"] as? Bool } == [false], "\(rebuilt.output)")
            #expect(await scenario.apply().warnings.isEmpty)
        }
    }

    @Test func `whoever reads only errors learns of it, once`() async throws {
        try await Scenario.run(pages: 4) { scenario in
            await scenario.expectApplied()
            try scenario.deleteState()
            let apply = ["apply", "--auto-approve", "--quiet"]
            for arguments in [["plan", "--quiet"], apply] {
                let ran = await scenario.reconcile(arguments)
                #expect(ran.code == 0, "\(ran.output)\(ran.errors)")
                #expect(ran.output.contains("warning: The calendar of acm was written before"), "\(ran.output)")
                #expect(ran.errors.hasPrefix("warning: acm: The calendar of acm was written before"), "\(ran.errors)")
            }
            let next = await scenario.reconcile(apply)
            #expect(next.code == 0 && next.output.isEmpty && next.errors.isEmpty, "\(next.output)\(next.errors)")
        }
    }

    @Test func `the service tells it in its answer and its log`() async throws {
        try await Scenario.run(pages: 4) { scenario in
            await scenario.expectApplied()
            try scenario.deleteState()
            try await ServiceScenario.run(in: scenario) { service in
                let all = try await service.post("/api/calendar/sync-all")
                #expect(all.status == 200, "\(all.text)")
                let results = all.json["organization_results"] as? [[String: Any]]
                let warnings = results?.first?["warnings"] as? [[String: Any]]
                #expect(warnings?.map { $0["code"] as? String } == ["state_unknown"], "\(all.text)")
                let told = service.log.text.split(separator: "\n").filter { $0.contains("was written before") }
                #expect(told.count == 1 && told.first?.contains("error") == true, "\(service.log.text)")
                let next = try await service.post("/api/calendar/sync-all")
                #expect(!next.text.contains("warnings"), "\(next.text)")
            }
        }
    }

    @Test(arguments: [false, true])
    func `a rebuilt state says what the marks could not give back`(isDamaged: Bool) async throws {
        let loss = "A hold, the history that undo needs, and what was allowed by name"
        try await Scenario.run(pages: 4) { scenario in
            await scenario.expectApplied()
            let sound = await scenario.reconcile("state", "rebuild")
            #expect(sound.code == 0 && !sound.output.contains(loss), "\(sound.output)")
            for format in [[], ["--format", "json"]] {
                try scenario.deleteState()
                if isDamaged {
                    try Data(repeating: 0x5A, count: 8_192).write(to: URL(filePath: scenario.statePath))
                }
                let rebuilt = await scenario.reconcile(["state", "rebuild"] + format)
                #expect(rebuilt.code == 0, "\(rebuilt.output)\(rebuilt.errors)")
                #expect(rebuilt.errors.contains("warning: \(loss)"), "\(rebuilt.errors)")
                if format.isEmpty {
                    #expect(rebuilt.output.contains("acm: 4 links\nwarning: "), "\(rebuilt.output)")
                    #expect(rebuilt.output.contains(loss), "\(rebuilt.output)")
                } else {
                    #expect(rebuilt.organizations.map { $0["history_lost"] as? Bool } == [true], "\(rebuilt.output)")
                }
            }
            let again = await scenario.reconcile("state", "rebuild", "--format", "json")
            #expect(again.organizations.map { $0["history_lost"] as? Bool } == [false], "\(again.output)")
        }
    }

    @Test func `forgetting links loses neither the count nor the warning's reason`() async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<5)
            await scenario.expectApplied()
            #expect(await scenario.reconcile("state", "forget", "acm", "--auto-approve").code == 0)
            try scenario.trash(5..<10)
            let ran = await scenario.apply()
            #expect(ran.status == "blocked")
            #expect(ran.warnings.isEmpty, "\(ran.output)")
        }
    }
}
