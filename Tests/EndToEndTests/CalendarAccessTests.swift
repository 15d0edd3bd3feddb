import Emulation
import Foundation
import Testing

/// Calendars that our account may not write, or not see whole.
struct CalendarAccessTests {
    private static let shared = "shared@group.calendar.google.com"
    private static let person = "officer@example.org"

    private static func run(
        as role: AccessRole,
        _ body: @escaping @Sendable (Scenario) async throws -> Void
    ) async throws {
        try await Scenario.run(
            pages: 6,
            declaration: "google_calendar_id: \(shared)",
            build: { world, _ in
                world.addPerson(person)
                world.addCalendar("Shared", owner: person, sharedWith: [World.serviceAccount: role], id: shared)
            },
            body
        )
    }

    private static func events(_ scenario: Scenario) throws -> [GoogleEvent] {
        try scenario.emulator.withWorld { $0.google.calendars[shared]?.liveEvents ?? [] }
    }

    private static func share(_ scenario: Scenario, as role: AccessRole) throws {
        try scenario.emulator.withWorld { $0.share(shared, with: World.serviceAccount, as: role) }
    }

    /// Makes the event of a page private, as its officers do.
    private static func hide(_ scenario: Scenario, _ event: String) throws {
        try scenario.emulator.withWorld { $0.editEvent(event, of: shared) { $0.fields["visibility"] = "private" } }
    }

    // MARK: - Read-only

    @Test(arguments: [AccessRole.reader, .freeBusyReader])
    func `a calendar that may only be read is an error of the plan`(role: AccessRole) async throws {
        try await Self.run(as: role) { scenario in
            for ran in [await scenario.plan(), await scenario.apply()] {
                #expect(ran.code == 1)
                #expect(ran.status == "error")
                #expect(ran.message?.contains("\"Make changes to events\"") == true)
                #expect(ran.message?.contains(World.serviceAccount) == true)
            }
            #expect(scenario.writes == 0)
            let text = await scenario.reconcile("plan")
            #expect(text.output.components(separatedBy: "Make changes to events").count == 2)
            try Self.share(scenario, as: .writer)
            await scenario.expectApplied()
            #expect(try Self.events(scenario).count == 6)
            // Nothing to write: nothing is wrong.
            try Self.share(scenario, as: .reader)
            #expect(await scenario.plan().code == 0)
        }
    }

    /// Nothing of it is seen: neither what is in order, nor what was decided, nor which events are ours.
    @Test(arguments: ["kept", "lost", "rebuilt"])
    func `a calendar that shows only when somebody is busy is an error, whatever there is to do`(
        state: String
    ) async throws {
        try await Self.run(as: .writer) { scenario in
            // The predecessor's event, which a person edited since.
            try scenario.emulator.withWorld { world in
                world.addPage(9, to: scenario.database)
                let marks = ["notionPageId": World.page(9)]
                world.addEvent(to: Self.shared, "Old 9", start: "2027-01-10", marks: marks, id: "predecessor9")
            }
            await scenario.expectApplied()
            try scenario.emulator.withWorld {
                $0.editEvent("predecessor9", of: Self.shared) { $0.fields["summary"] = "Edited by hand" }
            }
            if state == "lost" { try scenario.deleteState() }
            if state == "rebuilt" {
                try scenario.deleteState()
                #expect(await scenario.reconcile("state", "rebuild").code == 0)
            }
            try Self.share(scenario, as: .freeBusyReader)
            for ran in [await scenario.plan(), await scenario.apply()] {
                #expect(ran.code == 1)
                #expect(ran.status == "error", "\(ran.output)")
                #expect(ran.message?.contains("\"Make changes to events\"") == true, "\(ran.output)")
            }
            try Self.share(scenario, as: .writer)
            await scenario.expectApplied()
            #expect(try Self.events(scenario).count == 7)
            await scenario.expectConverged()
        }
    }

    @Test func `an undo of what may only be read by now writes nothing`() async throws {
        try await Self.run(as: .writer) { scenario in
            await scenario.expectApplied()
            try Self.share(scenario, as: .reader)
            let writes = scenario.writes
            let undone = await scenario.reconcile("undo", "1", "--auto-approve")
            #expect(undone.code == 1)
            #expect(undone.output.contains("\"Make changes to events\""), "\(undone.output)")
            #expect(scenario.writes == writes)
        }
    }

    @Test func `access that is taken away stops the organization and is said once`() async throws {
        try await Self.run(as: .writer) { scenario in
            try scenario.emulator.withWorld { world in
                for page in 6..<200 { world.addPage(page, to: scenario.database) }
            }
            scenario.emulator.beforeNext("POST", "/batch/") { emulator in
                try? emulator.withWorld { $0.share(Self.shared, with: World.serviceAccount, as: .reader) }
            }
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.changes.allSatisfy { $0.outcome == "skipped" })
            #expect(applied.requests["google_batched"] == 50)
            #expect(
                applied.output.components(separatedBy: "requiredAccessLevel").count == 2,
                "\(applied.message ?? "")"
            )
            #expect(applied.message?.contains("\"Make changes to events\"") == true)
            try Self.share(scenario, as: .writer)
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }

    /// Google answers 404 for a calendar that is not shared any more.
    @Test(arguments: [1, 3, 194])
    func `a calendar that is unshared during a run stops the organization and is said once`(count: Int) async throws {
        try await Self.run(as: .writer) { scenario in
            await scenario.expectApplied()
            for page in 0..<min(count, 3) { try scenario.retitle(page, "New \(page)") }
            try scenario.emulator.withWorld { world in
                for page in 6..<(6 + max(0, count - 3)) { world.addPage(page, to: scenario.database) }
            }
            let (method, path) = count == 1 ? ("PATCH", "/calendar/") : ("POST", "/batch/")
            scenario.emulator.beforeNext(method, path) { emulator in
                try? emulator.withWorld { $0.share(Self.shared, with: World.serviceAccount, as: .none) }
            }
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.changes.count == count)
            #expect(applied.changes.allSatisfy { $0.outcome == "skipped" }, "\(applied.output)")
            #expect(applied.output.components(separatedBy: "is not shared with").count == 2, "\(applied.output)")
            #expect(applied.requests["google_batched"] ?? 0 <= 50)
            let lines = applied.errors.split(separator: "\n").filter { $0.hasPrefix("error:") }
            #expect(lines.count == 1, "\(applied.errors)")
            try Self.share(scenario, as: .writer)
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }

    @Test func `a calendar that is unshared during a run of deletes stops it, too`() async throws {
        try await Self.run(as: .writer) { scenario in
            await scenario.expectApplied()
            try scenario.trash([1, 2])
            scenario.emulator.beforeNext("POST", "/batch/") { emulator in
                try? emulator.withWorld { $0.share(Self.shared, with: World.serviceAccount, as: .none) }
            }
            let applied = await scenario.apply()
            #expect(applied.code == 1 && applied.changes.allSatisfy { $0.outcome == "skipped" }, "\(applied.output)")
            #expect(applied.output.components(separatedBy: "is not shared with").count == 2, "\(applied.output)")
            try Self.share(scenario, as: .writer)
            #expect(try Self.events(scenario).count == 6)
            await scenario.expectApplied()
            #expect(try Self.events(scenario).count == 4)
            await scenario.expectConverged()
        }
    }

    @Test func `a calendar that is unshared before its settings are changed stops the organization`() async throws {
        try await Self.run(as: .owner) { scenario in
            await scenario.expectApplied()
            let more = "google_calendar_id: \(Self.shared)\ncalendar: {name: Declared}"
            try scenario.declare("acm", database: scenario.database, more: more)
            try scenario.retitle(1, "New")
            scenario.emulator.beforeNext("PATCH", "/calendar/v3/calendars/") { emulator in
                try? emulator.withWorld { $0.share(Self.shared, with: World.serviceAccount, as: .none) }
            }
            let applied = await scenario.apply()
            #expect(applied.code == 1 && applied.changes.map(\.outcome) == ["skipped", "skipped"], "\(applied.output)")
            #expect(applied.output.components(separatedBy: "is not shared with").count == 2, "\(applied.output)")
            try Self.share(scenario, as: .owner)
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }

    @Test func `an event that is not found stops nothing`() async throws {
        try await Self.run(as: .writer) { scenario in
            await scenario.expectApplied()
            for page in 0..<3 { try scenario.retitle(page, "New \(page)") }
            scenario.emulator.add(
                Fault(.respond(status: 404), .nth(number: 2), api: "google", method: "PATCH", inBatch: true)
            )
            let applied = await scenario.apply()
            #expect(applied.changes.map(\.outcome) == ["applied", "stale", "applied"], "\(applied.output)")
        }
    }

    @Test func `settings that only an owner may change are said before, and the events go on`() async throws {
        try await Self.run(as: .writer) { scenario in
            let more = "google_calendar_id: \(Self.shared)\ncalendar: {name: Declared}"
            try scenario.declare("acm", database: scenario.database, more: more)
            let plan = await scenario.plan()
            #expect(plan.code == 1)
            #expect(plan.message?.contains("\"Make changes and manage sharing\"") == true)
            #expect(await scenario.apply().code == 1)
            #expect(try Self.events(scenario).count == 6)
            try Self.share(scenario, as: .owner)
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }

    // MARK: - Private events

    @Test(arguments: ["kept", "lost", "rebuilt"])
    func `a private event whose content is not shown is left alone`(state: String) async throws {
        try await Self.run(as: .writerWithoutPrivateAccess) { scenario in
            await scenario.expectApplied()
            try Self.hide(scenario, World.eventID(1))
            if state == "lost" { try scenario.deleteState() }
            if state == "rebuilt" { #expect(await scenario.reconcile("state", "rebuild").code == 0) }
            let before = try Self.events(scenario).map(\.etag)
            // Whether its page stays, is edited or goes.
            for step in 0...2 {
                if step == 1 { try scenario.retitle(1, "New") }
                if step == 2 { try scenario.trash([1]) }
                let applied = await scenario.apply()
                #expect(applied.code == 0, "\(applied.output)")
                #expect(applied.changes.filter { $0.action != "adopt" }.isEmpty, "\(applied.output)")
                // What a run without a state says of what it cannot know is another matter.
                if step < 2 { #expect(applied.warnings.filter { $0 != "state_unknown" } == ["event_hidden"]) }
            }
            #expect(try Self.events(scenario).map(\.etag) == before)
            // Once it is shown, everything goes on.
            try scenario.editPage(1) { $0.isInTrash = false }
            try Self.share(scenario, as: .writer)
            await scenario.expectApplied()
            #expect(try Self.events(scenario).count == 6)
            #expect(try Self.events(scenario).contains { $0.summary == "New" })
            await scenario.expectConverged()
        }
    }

    @Test(arguments: [false, true])
    func `a private event with an id of its own gets no public twin`(isRebuilt: Bool) async throws {
        try await Self.run(as: .writerWithoutPrivateAccess) { scenario in
            let page = World.page(9)
            try scenario.emulator.withWorld { world in
                world.addPage(9, to: scenario.database)
                let start = "2027-01-10T10:00:00-07:00"
                world.addEvent(
                    to: Self.shared,
                    "Event 9",
                    start: start,
                    marks: ["notionPageId": page],
                    id: "predecessor9"
                )
            }
            if isRebuilt { await scenario.expectApplied() }
            try Self.hide(scenario, "predecessor9")
            if isRebuilt { #expect(await scenario.reconcile("state", "rebuild").code == 0) }
            let applied = await scenario.apply()
            #expect(applied.code == 0 && applied.warnings == ["event_hidden"], "\(applied.output)")
            #expect(try Self.events(scenario).count == 7)
            try Self.share(scenario, as: .writer)
            await scenario.expectApplied()
            #expect(try Self.events(scenario).count == 7)
            #expect(try Self.events(scenario).contains { $0.id == "predecessor9" })
        }
    }

    @Test func `an event that becomes private during a run is not written, and an undo leaves it`() async throws {
        try await Self.run(as: .writerWithoutPrivateAccess) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "New")
            scenario.emulator.beforeNext("PATCH", "/calendar/") { emulator in
                try? emulator.withWorld {
                    $0.editEvent(World.eventID(1), of: Self.shared) { $0.fields["visibility"] = "private" }
                }
            }
            let applied = await scenario.apply()
            #expect(applied.changes.map(\.outcome) == ["stale"], "\(applied.output)")
            let undone = await scenario.reconcile("undo", "1", "--auto-approve", "--format", "json")
            #expect(undone.code == 1)
            #expect(try Self.events(scenario).map(\.id) == [World.eventID(1)])
        }
    }
}
