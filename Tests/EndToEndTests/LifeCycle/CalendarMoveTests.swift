import Emulation
import Foundation
import Testing

/// `google_calendar_id` names another calendar than the one that the events are in.
struct CalendarMoveTests {
    private static let target = "board@group.calendar.google.com"
    private static let officer = "officer@example.org"

    /// Six events in a calendar that was made for them, of which people invited a guest to the first; then another one is declared.
    private static func run(
        as role: AccessRole = .writer,
        declaration: String = "",
        _ body: @escaping @Sendable (Scenario) async throws -> Void
    ) async throws {
        try await Scenario.run(
            pages: 6,
            declaration: declaration,
            build: { world, _ in
                world.addPerson(officer)
                world.addCalendar("Board", owner: officer, sharedWith: [World.serviceAccount: role], id: target)
            }
        ) { scenario in
            await scenario.expectApplied()
            try scenario.editEvent(of: 0) { event in
                event.fields["attendees"] = [["email": "guest@example.org"]]
                event.fields["colorId"] = "7"
            }
            try scenario.declare(
                "acm",
                database: scenario.database,
                more: "google_calendar_id: \(target)\n\(declaration)"
            )
            try await body(scenario)
        }
    }

    private static func events(_ scenario: Scenario, in calendar: String = target) throws -> [GoogleEvent] {
        try scenario.emulator.withWorld { $0.google.calendars[calendar]?.liveEvents ?? [] }
    }

    private static func former(_ scenario: Scenario) throws -> String {
        try #require(
            try scenario.emulator.withWorld { world in
                world.google.calendars.values.first { $0.dataOwner == World.serviceAccount && !$0.isPrimary }?.id
            }
        )
    }

    /// Every page has one event in the new calendar and none in the old one, and nothing is left to do.
    private static func expectMoved(
        _ scenario: Scenario,
        _ count: Int = 6,
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        let pages = try events(scenario).compactMap { $0.marks["notionPageId"] }
        #expect(pages.count == count, sourceLocation: location)
        #expect(Set(pages).count == count, sourceLocation: location)
        #expect(try events(scenario, in: former(scenario)).isEmpty, sourceLocation: location)
        await scenario.expectConverged(at: location)
        #expect(try scenario.calendar() == nil, "the old calendar is still marked", sourceLocation: location)
    }

    // MARK: - The move

    @Test func `a move is blocked until it is allowed, and then takes along what people made`() async throws {
        try await Self.run { scenario in
            let ids = Set(try scenario.events().keys)
            let before = scenario.writes
            for ran in [await scenario.plan(), await scenario.apply()] {
                #expect(ran.code == 1)
                #expect(ran.status == "blocked", "\(ran.output)")
                #expect(ran.changes.allSatisfy { $0.isBlocked && $0.reason == "calendar_moved" }, "\(ran.output)")
                #expect(ran.changes.count { $0.resource == "event" } == 6)
                #expect(ran.output.contains("reconcile apply acm --allow-move acm"))
            }
            #expect(scenario.writes == before)
            let applied = await scenario.expectApplied("--allow-move", "acm")
            #expect(applied.changes.count { $0.resource == "event" && $0.fields == ["calendar"] } == 6)
            let moved = try Self.events(scenario)
            #expect(Set(moved.map(\.id)) == ids)
            let first = moved.first { $0.marks["notionPageId"] == World.page(0) }
            #expect(first?.fields["attendees"]?.array?.count == 1)
            #expect(first?.fields["colorId"] == "7")
            try await Self.expectMoved(scenario)
        }
    }

    @Test func `pages that changed meanwhile are right at once`() async throws {
        try await Self.run { scenario in
            try scenario.retitle(1, "Edited")
            try scenario.trash([2])
            try scenario.emulator.withWorld { world in _ = world.addPage(6, to: scenario.database) }
            try scenario.editEvent(of: 3) { $0.fields["summary"] = "Drift" }
            let ran = await scenario.expectApplied("--allow-move", "acm")
            let changes = ran.changes.filter { $0.resource == "event" }
            #expect(changes.count { $0.reason == "calendar_moved" } == 5)
            #expect(Set(changes.map(\.reason)) == ["calendar_moved", "edited", "drift", "trashed", "new_page"])
            #expect(try Self.events(scenario).contains { $0.summary == "Edited" })
            #expect(try !Self.events(scenario).contains { $0.summary == "Drift" })
            try await Self.expectMoved(scenario)
        }
    }

    @Test func `the state may be asked for the move of an organization that repeats`() async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            try scenario.changeOccurrences()
            await scenario.expectApplied()
            try scenario.emulator.withWorld { world in
                world.addPerson(Self.officer)
                let shared = [World.serviceAccount: AccessRole.writer]
                world.addCalendar("Board", owner: Self.officer, sharedWith: shared, id: Self.target)
            }
            try scenario.declare(
                "acm",
                database: scenario.database,
                more: "google_calendar_id: \(Self.target)\n\(Scenario.repeats)"
            )
            await scenario.expectApplied("--allow-move", "acm")
            let moved = try Self.events(scenario)
            #expect(moved.count { $0.isSeries } == 1)
            #expect(moved.contains { $0.seriesID != nil && $0.summary == "Elsewhere" })
            await scenario.expectConverged()
        }
    }

    // MARK: - Where Google does not do as one would wish

    @Test func `what Google does not move is made anew, and then deleted`() async throws {
        try await Self.run { scenario in
            scenario.set { $0.refusesMoves = true }
            let ran = await scenario.apply("--allow-move", "acm")
            #expect(ran.code == 0, "\(ran.output)")
            #expect(ran.output.contains("event_made_anew"))
            try await Self.expectMoved(scenario)
        }
    }

    @Test(arguments: [400, 401, 403, 404, 409, 412, 429, 500, 503])
    func `whatever a move is answered, no page is without its event`(status: Int) async throws {
        try await Self.run { scenario in
            scenario.emulator.add(Fault(.respond(status: status), path: "/move$/", inBatch: true))
            scenario.emulator.add(Fault(.respond(status: status), path: "/move$/"))
            _ = await scenario.apply("--allow-move", "acm")
            let pages = try Self.events(scenario) + Self.events(scenario, in: Self.former(scenario))
            #expect(Set(pages.compactMap { $0.marks["notionPageId"] }).count == 6)
            scenario.emulator.removeFaults()
            // Not allowed again: the state remembers it.
            let ran = await scenario.apply()
            #expect(ran.code == 0, "\(ran.output)")
            try await Self.expectMoved(scenario)
            // What Google may do a moment later is not made anew, for that loses guests.
            let guests = try Self.events(scenario).count { $0.fields["attendees"] != nil }
            #expect(guests == ([400, 404].contains(status) ? 0 : 1))
        }
    }

    @Test func `an event that loses its marks on the way is marked again`() async throws {
        try await Self.run { scenario in
            scenario.set { $0.movesLoseMarks = true }
            await scenario.expectApplied("--allow-move", "acm")
            try await Self.expectMoved(scenario)
        }
    }

    @Test func `an event that lost its marks before a run ended is known again`() async throws {
        try await Self.run { scenario in
            scenario.set { $0.movesLoseMarks = true }
            scenario.emulator.add(Fault(.respond(status: 503), method: "PATCH", path: "/events/", inBatch: true))
            scenario.emulator.add(Fault(.respond(status: 503), method: "PATCH", path: "/calendar/v3/calendars/board"))
            _ = await scenario.apply("--allow-move", "acm")
            scenario.emulator.removeFaults()
            let ran = await scenario.apply()
            #expect(ran.code == 0, "\(ran.output)")
            try await Self.expectMoved(scenario)
        }
    }

    @Test(arguments: [true, false])
    func `a deleted event with its id in the other calendar is no obstacle`(isReplaced: Bool) async throws {
        try await Self.run { scenario in
            let event = try scenario.event(of: 4)
            try scenario.emulator.withWorld { world in
                world.addEvent(to: Self.target, "Old", start: "2026-01-01", marks: event.marks, id: event.id)
                world.editEvent(event.id, of: Self.target) { $0.fields["status"] = "cancelled" }
            }
            scenario.set { $0.movesReplaceDeleted = isReplaced }
            let ran = await scenario.apply("--allow-move", "acm")
            #expect(ran.code == 0, "\(ran.output)")
            try await Self.expectMoved(scenario)
        }
    }

    @Test func `somebody else's event with its id is left alone`() async throws {
        try await Self.run { scenario in
            let event = try scenario.event(of: 4)
            try scenario.emulator.withWorld { world in
                _ = world.addEvent(to: Self.target, "Somebody else's", start: "2026-01-01", id: event.id)
            }
            let ran = await scenario.apply("--allow-move", "acm")
            #expect(ran.code == 0, "\(ran.output)")
            #expect(try Self.events(scenario).contains { $0.summary == "Somebody else's" && $0.id == event.id })
            try scenario.emulator.withWorld { world in
                world.editEvent(event.id, of: Self.target) { $0.fields["status"] = "cancelled" }
            }
            try await Self.expectMoved(scenario)
        }
    }

    // MARK: - Calendars that are not ours to write

    @Test func `from a calendar that is gone nothing is moved, and the events are made anew`() async throws {
        try await Self.run { scenario in
            let former = try Self.former(scenario)
            try scenario.emulator.withWorld { _ = $0.google.calendars.removeValue(forKey: former) }
            let plan = await scenario.plan()
            #expect(plan.status == "blocked")
            #expect(plan.output.contains("former_calendar_unreachable"), "\(plan.output)")
            await scenario.expectApplied("--allow-move", "acm")
            #expect(try Self.events(scenario).count == 6)
            await scenario.expectConverged()
        }
    }

    @Test func `in a calendar that may only be read the events stay, and a warning says so`() async throws {
        try await Self.run { scenario in
            let former = try Self.former(scenario)
            try scenario.emulator.withWorld { world in
                world.google.calendars[former]?.dataOwner = Self.officer
                world.share(former, with: World.serviceAccount, as: .reader)
            }
            let ran = await scenario.expectApplied("--allow-move", "acm")
            #expect(ran.output.contains("former_calendar_read_only"), "\(ran.output)")
            #expect(try Self.events(scenario).count == 6)
            #expect(try Self.events(scenario, in: former).count == 6)
            await scenario.expectConverged()
        }
    }

    @Test func `into a calendar that may only be read nothing goes`() async throws {
        try await Self.run(as: .reader) { scenario in
            let ran = await scenario.apply("--allow-move", "acm")
            #expect(ran.code == 1)
            #expect(ran.message?.contains("\"Make changes to events\"") == true, "\(ran.output)")
            let left = try Self.events(scenario, in: Self.former(scenario))
            #expect(left.count == 6)
            #expect(try Self.events(scenario).isEmpty)
        }
    }

    // MARK: - Half a move

    /// Three events go, then Google refuses everything.
    private static func interrupt(_ scenario: Scenario) async throws {
        let refusal = Fault.Action.respond(
            status: 403,
            body: #"{"error":{"code":403,"errors":[{"reason":"quotaExceeded"}]}}"#
        )
        for number in 4...9 {
            scenario.emulator.add(Fault(refusal, .nth(number: number), path: "/move$/", inBatch: true))
        }
        let ran = await scenario.apply("--allow-move", "acm")
        #expect(ran.code == 1, "\(ran.output)")
        scenario.emulator.removeFaults()
        #expect(try events(scenario).count == 3)
    }

    @Test func `any later run completes it`() async throws {
        try await Self.run { scenario in
            try await Self.interrupt(scenario)
            await scenario.expectApplied()
            try await Self.expectMoved(scenario)
        }
    }

    @Test func `also where the line is gone from the declaration`() async throws {
        try await Self.run { scenario in
            try await Self.interrupt(scenario)
            try scenario.declare("acm", database: scenario.database)
            await scenario.expectApplied()
            try await Self.expectMoved(scenario)
        }
    }

    @Test func `the way back is a move as well`() async throws {
        try await Self.run { scenario in
            try await Self.interrupt(scenario)
            let former = try Self.former(scenario)
            try scenario.declare("acm", database: scenario.database, more: "google_calendar_id: \(former)")
            #expect(await scenario.plan().status == "blocked")
            await scenario.expectApplied("--allow-move", "acm")
            #expect(try Self.events(scenario).isEmpty)
            #expect(try Self.events(scenario, in: former).count == 6)
            await scenario.expectConverged()
        }
    }

    @Test func `a third calendar has to wait`() async throws {
        try await Self.run { scenario in
            try await Self.interrupt(scenario)
            try scenario.emulator.withWorld { world in
                let shared = [World.serviceAccount: AccessRole.writer]
                world.addCalendar(
                    "Third",
                    owner: Self.officer,
                    sharedWith: shared,
                    id: "third@group.calendar.google.com"
                )
            }
            try scenario.declare(
                "acm",
                database: scenario.database,
                more: "google_calendar_id: third@group.calendar.google.com"
            )
            let plan = await scenario.plan("--allow-move", "acm")
            #expect(plan.status == "error")
            #expect(plan.message?.contains("still move from the calendar") == true, "\(plan.message ?? "")")
        }
    }

    @Test func `nobody else takes the calendar that is being left`() async throws {
        try await Self.run { scenario in
            try await Self.interrupt(scenario)
            let former = try Self.former(scenario)
            let database = try scenario.emulator.withWorld { $0.addDatabase("Film events") }
            try scenario.declare("film", database: database, more: "google_calendar_id: \(former)")
            let plan = await scenario.plan("film")
            #expect(plan.status == "error")
            #expect(plan.message?.contains("acm") == true, "\(plan.output)")
            await scenario.expectApplied("acm")
            #expect(await scenario.plan("film").status == "no_changes")
        }
    }

    @Test func `nobody takes leave of an organization in the middle of it`() async throws {
        try await Self.run { scenario in
            try await Self.interrupt(scenario)
            try scenario.declare(
                "acm",
                database: scenario.database,
                more: "google_calendar_id: \(Self.target)\nactive: false"
            )
            let ran = await scenario.reconcile("retire", "acm", "--remove-events", "--auto-approve")
            #expect(ran.code == 1)
            #expect(ran.errors.contains("still move away"), "\(ran.output)\(ran.errors)")
        }
    }

    // MARK: - What goes along

    @Test func `undo refuses a move and says why`() async throws {
        try await Self.run { scenario in
            await scenario.expectApplied("--allow-move", "acm")
            let ran = await scenario.reconcile("undo", "2", "--auto-approve")
            #expect(ran.code == 1)
            #expect(ran.errors.contains("--allow-move acm"), "\(ran.output)\(ran.errors)")
            let moved = try Self.events(scenario)
            #expect(moved.count == 6)
        }
    }

    @Test func `what lies outside of the window goes along`() async throws {
        try await Self.run { scenario in
            try scenario.declare("acm", database: scenario.database)
            for page in 0..<6 {
                let day = scenario.day(page < 2 ? 1 : 400)
                try scenario.editPage(page) { $0.values["%5BWk%3F"] = JSONText(NotionProperty.date(day)) }
            }
            await scenario.expectApplied("--allow-updates", "acm:6")
            try scenario.declare(
                "acm",
                database: scenario.database,
                more: "google_calendar_id: \(Self.target)\nwindow: {past: 30d, future: 60d}"
            )
            await scenario.expectApplied("--allow-move", "acm")
            try await Self.expectMoved(scenario)
        }
    }

    @Test func `the deletes of a move count for no limit`() async throws {
        try await Self.run { scenario in
            scenario.set { $0.refusesMoves = true }
            let ran = await scenario.apply("--allow-move", "acm")
            #expect(ran.code == 0, "\(ran.output)")
            try scenario.trash([5])
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }

    @Test func `a lost state finds the rest of a move by the mark of the calendar that is left`() async throws {
        try await Self.run { scenario in
            try await Self.interrupt(scenario)
            try scenario.deleteState()
            let before = scenario.writes
            let plan = await scenario.plan()
            #expect(plan.status == "blocked", "\(plan.output)")
            #expect(await scenario.apply().status == "blocked")
            #expect(scenario.writes == before)
            await scenario.expectApplied("--allow-move", "acm")
            try await Self.expectMoved(scenario)
        }
    }

    // MARK: - What is easily lost

    @Test func `drift that a killed move took along is corrected by the next run`() async throws {
        try await Self.run { scenario in
            try scenario.editEvent(of: 0) { $0.fields["summary"] = "Drift" }
            for isInBatch in [true, false] {
                scenario.emulator.add(
                    Fault(.respond(status: 400), method: "PATCH", path: "/events/.*00$/", inBatch: isInBatch)
                )
            }
            #expect(await scenario.apply("--allow-move", "acm").code == 1)
            scenario.emulator.removeFaults()
            let ran = await scenario.apply()
            #expect(ran.code == 0, "\(ran.output)")
            #expect(try !Self.events(scenario).contains { $0.summary == "Drift" })
            try await Self.expectMoved(scenario)
        }
    }

    @Test func `an event whose page cannot be read stays where its id is taken in the other calendar`() async throws {
        try await Self.run { scenario in
            let event = try scenario.event(of: 4)
            try scenario.emulator.withWorld { world in
                _ = world.addEvent(to: Self.target, "Somebody else's", start: "2026-01-01", id: event.id)
            }
            try scenario.editPage(4) { page in
                page.values["%5BWk%3F"] = JSONText(
                    NotionProperty.date("2027-01-05T10:00:00.000", timeZone: "Mars/Base")
                )
            }
            _ = await scenario.apply("--allow-move", "acm")
            let left = try Self.events(scenario, in: Self.former(scenario)).compactMap { $0.marks["notionPageId"] }
            #expect(left == [World.page(4)])
        }
    }

    @Test func `a private event that is not shown to us is not made anew in public`() async throws {
        try await Self.run { scenario in
            let former = try Self.former(scenario)
            try scenario.editEvent(of: 1) { $0.fields["visibility"] = "private" }
            try scenario.emulator.withWorld { world in
                world.google.calendars[former]?.dataOwner = Self.officer
                world.share(former, with: World.serviceAccount, as: .writerWithoutPrivateAccess)
            }
            _ = await scenario.apply("--allow-move", "acm")
            #expect(try Self.events(scenario).count == 5)
            try scenario.emulator.withWorld { $0.share(former, with: World.serviceAccount, as: .writer) }
            let ran = await scenario.apply()
            #expect(ran.code == 0, "\(ran.output)")
            #expect(try Self.events(scenario).count == 6)
            #expect(try Self.events(scenario, in: former).isEmpty)
            await scenario.expectConverged()
        }
    }

    @Test func `a copy that somebody made in the other calendar does not take the place of the original`() async throws
    {
        try await Self.run { scenario in
            let event = try scenario.event(of: 0)
            try scenario.emulator.withWorld { world in
                if let id = world.addEvent(to: Self.target, "Copy", start: "2026-01-01", marks: event.marks) {
                    world.editEvent(id, of: Self.target) { copy in
                        (copy.fields, copy.start, copy.end) = (event.fields, event.start, event.end)
                        copy.fields["attendees"] = nil
                    }
                }
            }
            let ran = await scenario.apply("--allow-move", "acm")
            #expect(ran.code == 0, "\(ran.output)")
            let kept = try Self.events(scenario).filter { $0.id == event.id }
            #expect(kept.first?.fields["attendees"]?.array?.count == 1)
            await scenario.expectConverged()
        }
    }

    @Test func `what people made private stays private where it is made anew`() async throws {
        try await Self.run { scenario in
            scenario.set { $0.refusesMoves = true }
            try scenario.editEvent(of: 1) { $0.fields["visibility"] = "private" }
            let ran = await scenario.apply("--allow-move", "acm")
            #expect(ran.code == 0, "\(ran.output)")
            #expect(try Self.events(scenario).count { $0.fields["visibility"] == "private" } == 1)
            try await Self.expectMoved(scenario)
        }
    }

    @Test func `a killed move does not make the rest anew by itself`() async throws {
        try await Self.run { scenario in
            try await Self.interrupt(scenario)
            let former = try Self.former(scenario)
            try scenario.emulator.withWorld { world in
                world.google.calendars[former]?.dataOwner = Self.officer
                world.share(former, with: World.serviceAccount, as: .reader)
            }
            let ran = await scenario.apply()
            #expect(ran.status == "error", "\(ran.output)")
            #expect(try Self.events(scenario).count == 3)
            let allowed = await scenario.apply("--allow-move", "acm")
            #expect(allowed.code == 0, "\(allowed.output)")
            #expect(try Self.events(scenario).count == 6)
            await scenario.expectConverged()
        }
    }

    @Test func `where nothing is ever deleted, what Google does not move stays as well`() async throws {
        try await Self.run(declaration: "deletions: never") { scenario in
            scenario.set { $0.refusesMoves = true }
            _ = await scenario.apply("--allow-move", "acm")
            let left = try Self.events(scenario, in: Self.former(scenario))
            #expect(left.count == 6)
            #expect(try Self.events(scenario).count == 6)
        }
    }

    @Test func `where the other calendar vanishes half-way, nothing is deleted and none is created`() async throws {
        try await Self.run { scenario in
            try await Self.interrupt(scenario)
            try scenario.emulator.withWorld { _ = $0.google.calendars.removeValue(forKey: Self.target) }
            try scenario.declare("acm", database: scenario.database)
            let former = try Self.former(scenario)
            for options in [["--allow-recreate", "acm"], []] {
                let ran = await scenario.apply(options)
                #expect(ran.code == 1, "\(ran.output)")
                #expect(try Self.events(scenario, in: former).count == 3)
            }
            try scenario.declare("acm", database: scenario.database, more: "google_calendar_id: \(former)")
            await scenario.expectApplied("--allow-move", "acm")
            #expect(try Self.events(scenario, in: former).count == 6)
            await scenario.expectConverged()
        }
    }

    @Test func `a rebuilt state does not stand for an allowance`() async throws {
        try await Self.run { scenario in
            let ran = await scenario.reconcile("state", "rebuild")
            #expect(ran.code == 1, "\(ran.output)\(ran.errors)")
            try scenario.deleteState()
            #expect(await scenario.reconcile("state", "rebuild").code == 1)
            #expect(await scenario.plan().status == "blocked")
        }
    }

    @Test func `forgetting in the middle of a move is refused`() async throws {
        try await Self.run { scenario in
            try await Self.interrupt(scenario)
            let ran = await scenario.reconcile("state", "forget", "acm", "--auto-approve")
            #expect(ran.code == 1)
            #expect(ran.errors.contains("still move away"), "\(ran.output)\(ran.errors)")
        }
    }
}
