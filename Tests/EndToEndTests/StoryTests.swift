import Emulation
import Foundation
import Testing

/// The main line: plan, apply, plan, and what people do in between.
struct StoryTests {
    @Test func `plan, apply, plan`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            let first = await scenario.plan()
            #expect(first.code == 2)
            #expect(first.changes.map(\.action) == ["create", "create", "create", "create"])
            #expect(FileManager.default.fileExists(atPath: scenario.statePath) == false)

            let applied = await scenario.apply()
            #expect(applied.code == 0, "\(applied.output)\(applied.errors)")
            #expect(applied.changes.allSatisfy { $0.outcome == "applied" })

            let second = await scenario.plan()
            #expect(second.code == 0)
            #expect(second.changes.isEmpty)
        }
    }

    @Test func `an edited page becomes one update with the changed fields`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            #expect(await scenario.apply().code == 0)
            try scenario.emulator.withWorld { world in
                world.editPage(World.page(1)) { $0.values["title"] = RichText.text("Moved event") }
            }
            let plan = await scenario.plan()
            #expect(plan.code == 2)
            #expect(plan.changes.map(\.reason) == ["edited"])
            #expect(plan.changes.first?.fields == ["summary"])
            #expect(await scenario.apply().code == 0)
            #expect(await scenario.plan().code == 0)
        }
    }

    @Test(arguments: ["Location", "Description"])
    func `a property found by its usual name is missed when it is renamed`(name: String) async throws {
        try await Scenario.run(pages: 3) { scenario in
            #expect(await scenario.apply().code == 0)
            try scenario.emulator.withWorld { world in
                world.editProperty(name, of: scenario.database) { $0.name = "Renamed" }
            }
            let plan = await scenario.plan()
            #expect(plan.code == 1)
            #expect(plan.status == "error")
            #expect(plan.message?.contains(name.lowercased()) == true)
            #expect(plan.changes.isEmpty)
            try scenario.emulator.withWorld { world in
                world.editProperty("Renamed", of: scenario.database) { $0.name = name }
            }
            #expect(await scenario.plan().code == 0)
        }
    }

    @Test func `a property that was removed on purpose is let go of by declaring so`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.editProperty("Location") { $0.name = "Old location" }
            #expect(await scenario.plan().code == 1)
            try scenario.declare("acm", database: scenario.database, more: "properties: {location: null}")
            let before = scenario.writes
            #expect(await scenario.apply().code == 0)
            #expect(scenario.writes == before)
            await scenario.expectConverged()
        }
    }

    @Test func `an event changed by hand is restored, and named as drift`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.editEvent(of: 1) { $0.fields["summary"] = "Renamed by hand" }
            let plan = await scenario.plan()
            #expect(plan.code == 2)
            #expect(plan.changes.map(\.reason) == ["drift"])
            #expect(plan.changes.first?.fields == ["summary"])
            await scenario.expectApplied()
            #expect(try scenario.event(of: 1).summary == "Event 1")
            await scenario.expectConverged()
        }
    }

    @Test func `an event deleted by hand comes back under its id`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.editEvent(of: 1) { $0.fields["status"] = "cancelled" }
            #expect(await scenario.plan().changes.map(\.reason) == ["revived"])
            await scenario.expectApplied()
            #expect(try scenario.event(of: 1).id == World.eventID(1))
            await scenario.expectConverged()
        }
    }

    @Test func `a page in the trash takes its event along, and no other`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.trash([1])
            let plan = await scenario.plan()
            #expect(plan.code == 2)
            #expect(plan.changes.map(\.action) == ["delete"])
            #expect(plan.changes.map(\.reason) == ["trashed"])
            await scenario.expectApplied()
            #expect(try Set(scenario.events().keys) == [World.eventID(0), World.eventID(2)])
            await scenario.expectConverged()
        }
    }

    @Test func `an event that people added is untouched for ever`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let id = try scenario.addEvent("Board dinner", marks: ["somebodyElse": "yes"])
            let added = try #require(try scenario.events()[id])
            for round in 1...5 {
                try scenario.retitle(1, "Title \(round)")
                #expect(await scenario.plan().changes.map(\.event) == [World.eventID(1)])
                await scenario.expectApplied()
            }
            try scenario.trash([2])
            await scenario.expectApplied()
            let kept = try #require(try scenario.events()[id])
            #expect(kept.etag == added.etag)
            #expect(kept.fields == added.fields)
            await scenario.expectConverged()
        }
    }

    @Test func `what people add to our events survives updates`() async throws {
        let guests: [String: JSONValue] = [
            "attendees": [["email": "ada@example.edu", "responseStatus": "accepted"]],
            "colorId": "7",
            "attachments": [["fileUrl": "https://drive.example.edu/agenda", "title": "Agenda"]],
            "transparency": "transparent",
        ]
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.editEvent(of: 1) { event in
                event.fields.merge(guests) { _, new in new }
                event.fields["extendedProperties"]?["private"]?["reminderBot"] = "on"
            }
            await scenario.expectConverged()
            try scenario.retitle(1, "New title")
            let plan = await scenario.plan()
            #expect(plan.changes.map(\.reason) == ["edited"])
            #expect(plan.changes.first?.fields == ["summary"])
            await scenario.expectApplied()
            let event = try scenario.event(of: 1)
            #expect(event.summary == "New title")
            for (name, value) in guests { #expect(event.fields[name] == value) }
            #expect(event.marks["reminderBot"] == "on")
            await scenario.expectConverged()
        }
    }

    @Test func `without its state file, everything is recognized and nothing is written`() async throws {
        try await Scenario.run(pages: 5) { scenario in
            await scenario.expectApplied()
            let before = try scenario.events().mapValues(\.etag)
            try scenario.deleteState()
            scenario.emulator.resetRequests()

            let plan = await scenario.plan()
            #expect(plan.code == 0)
            #expect(plan.status == "no_changes")
            #expect(plan.changes.allSatisfy { $0.action == "adopt" })
            #expect(["create", "update", "delete", "adopt"].map(plan.count) == [0, 0, 0, 5])

            let applied = await scenario.expectApplied()
            #expect(applied.changes.map(\.action) == Array(repeating: "adopt", count: 5))
            #expect(scenario.writes == 0)
            #expect(try scenario.events().mapValues(\.etag) == before)
            await scenario.expectConverged()
            #expect(scenario.writes == 0)
        }
    }
}
