import Emulation
import Testing

/// One calendar per organization: found again, never doubled, never taken from others.
struct CalendarTests {
    private static let other = "other@example-project.iam.gserviceaccount.com"

    /// Expects so many calendars that carry a mark of ours.
    private static func expectCalendars(
        _ count: Int,
        _ scenario: Scenario,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let marked = try scenario.emulator.withWorld { world in
            world.google.calendars.values.count { $0.description?.contains("reconcile: organization") == true }
        }
        #expect(marked == count, sourceLocation: location)
    }

    @Test func `a calendar that was hidden from the list is found by its mark`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            try scenario.deleteState()
            try scenario.emulator.withWorld { world in
                world.google.accounts[World.serviceAccount]?.calendarList[calendar]?.isHidden = true
            }
            let before = scenario.writes
            #expect(await scenario.plan().code == 0)
            await scenario.expectApplied()
            #expect(scenario.writes == before)
            try Self.expectCalendars(1, scenario)
            await scenario.expectConverged()
        }
    }

    @Test func `another service account is refused until it is allowed`() async throws {
        try await Scenario.run(pages: 3, build: { world, _ in try world.addServiceAccount(Self.other) }) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            let baseURL = scenario.address.baseURL
            let key = try scenario.emulator.withWorld { world in
                EmulatorAddress.keyFile(of: Self.other, in: world, baseURL: baseURL)
            }
            let account: [String: String?] = ["GOOGLE_SERVICE_ACCOUNT": key]
            let before = scenario.writes
            for command in [["plan"], ["apply", "--auto-approve"]] {
                let refused = await scenario.reconcile(command + ["--format", "json"], environment: account)
                #expect(refused.code == 1)
                #expect(refused.status == "error")
                #expect(refused.message?.contains("--allow-account-change acm") == true, "\(refused.output)")
            }
            // Allowed, but the calendar is not shared with it: an error, and no second calendar.
            let allowed = ["apply", "--auto-approve", "--format", "json", "--allow-account-change", "acm"]
            let blind = await scenario.reconcile(allowed, environment: account)
            #expect(blind.code == 1)
            #expect(scenario.writes == before)

            try scenario.emulator.withWorld { $0.share(calendar, with: Self.other, as: .owner) }
            let taken = await scenario.reconcile(allowed, environment: account)
            #expect(taken.code == 0, "\(taken.output)\(taken.errors)")
            #expect(scenario.writes == before)
            try Self.expectCalendars(1, scenario)
        }
    }

    @Test func `a linked calendar that vanished is an error, and made anew only when allowed`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            try scenario.emulator.withWorld { $0.google.calendars[calendar] = nil }
            #expect(await scenario.plan().code == 1)
            #expect(await scenario.apply().code == 1)
            try Self.expectCalendars(0, scenario)

            await scenario.expectApplied("--allow-recreate", "acm")
            try Self.expectCalendars(1, scenario)
            try scenario.expectEvents(3)
            await scenario.expectConverged()
        }
    }

    @Test func `a calendar that a killed run created anew is found, not created once more`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            // As it stands after a kill between the creation and its record: the state names the old one.
            try scenario.emulator.withWorld { world in
                let mark = world.google.calendars[calendar]?.description
                world.google.calendars[calendar] = nil
                _ = world.addCalendar("ACM Events", timeZone: "America/Phoenix", description: mark)
            }
            await scenario.expectApplied("--allow-recreate", "acm")
            try Self.expectCalendars(1, scenario)
            try scenario.expectEvents(3)
            await scenario.expectConverged()
        }
    }

    @Test func `a delete that finds nothing is no success when the calendar cannot be seen any more`() async throws {
        try await Scenario.run(pages: 6) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            try scenario.trash([1])
            scenario.emulator.beforeNext("DELETE", "/calendar/v3/calendars/") { emulator in
                try? emulator.withWorld { $0.google.calendars[calendar] = nil }
            }
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.changes.map(\.outcome) == ["skipped"])
            #expect(applied.status == "error" && applied.message?.contains(calendar) == true, "\(applied.output)")
        }
    }

    @Test(arguments: [false, true])
    func `a calendar of another database is an error`(isStateLost: Bool) async throws {
        try await Scenario.run(
            pages: 3,
            build: { world, _ in world.addDatabase("Another", id: "11111111-1111-4111-8111-111111111111") }
        ) { scenario in
            await scenario.expectApplied()
            if isStateLost { try scenario.deleteState() }
            try scenario.declare("acm", database: "11111111-1111-4111-8111-111111111111")
            let before = scenario.writes
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.message?.contains("11111111-1111-4111-8111-111111111111") == true)
            #expect(scenario.writes == before)
            try scenario.expectEvents(3)
        }
    }

    @Test func `two organizations on one calendar are both refused`() async throws {
        let shared = "shared@group.calendar.google.com"
        let film = "22222222-2222-4222-8222-222222222222"
        try await Scenario.run(
            pages: 3,
            declaration: "google_calendar_id: \(shared)",
            build: { world, _ in
                world.addCalendar("Shared", id: shared)
                world.addPage(9, to: world.addDatabase("Film", id: film))
            }
        ) { scenario in
            await scenario.expectApplied()
            // The first keeps its link, the second names the calendar.
            try scenario.declare("acm", database: scenario.database)
            try scenario.declare("film", database: film, more: "google_calendar_id: \(shared)")
            let before = scenario.writes
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.status(of: "acm") == "error")
            #expect(applied.status(of: "film") == "error")
            #expect(scenario.writes == before)
        }
    }

    @Test func `a calendar of another organization is not taken over`() async throws {
        let film = "22222222-2222-4222-8222-222222222222"
        try await Scenario.run(
            pages: 3,
            build: { world, _ in world.addPage(9, to: world.addDatabase("Film", id: film)) }
        ) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            try scenario.declare("film", database: film, more: "google_calendar_id: \(calendar)")
            let applied = await scenario.apply("film")
            #expect(applied.code == 1)
            #expect(applied.message?.contains("acm") == true)
            try scenario.expectEvents(3)
        }
    }

    @Test(arguments: [false, true])
    func `a creation whose answer is lost makes one calendar`(isListStale: Bool) async throws {
        try await Scenario.run(pages: 3) { scenario in
            let creation = Fault(.resetAfter, .first(count: 1), api: "google", method: "POST", path: "/calendars$/")
            scenario.emulator.add(creation)
            if isListStale {
                // Not even the list shows it for now: the run cannot know, the next one can.
                scenario.set { $0.staleListsSince = World.epoch }
                let applied = await scenario.apply()
                #expect(applied.code == 1)
                #expect(applied.changes.allSatisfy { $0.outcome != "applied" })
                scenario.set { $0.staleListsSince = nil }
            }
            await scenario.expectApplied()
            try Self.expectCalendars(1, scenario)
            try scenario.expectEvents(3)
            await scenario.expectConverged()
        }
    }

    @Test(arguments: [403, 404])
    func `a fresh calendar that is not known everywhere yet is waited for`(status: Int) async throws {
        try await Scenario.run(pages: 3) { scenario in
            scenario.set { ($0.freshCalendarFailures, $0.freshCalendarStatus) = (4, status) }
            await scenario.expectApplied()
            try Self.expectCalendars(1, scenario)
            try scenario.expectEvents(3)
            await scenario.expectConverged()
        }
    }

    @Test func `another database for a calendar given by its id is an error, and nothing is deleted`() async throws {
        let (calendar, film) = ("given@group.calendar.google.com", "22222222-2222-4222-8222-222222222222")
        try await Scenario.run(
            pages: 2,
            declaration: "google_calendar_id: \(calendar)",
            build: { world, _ in
                _ = world.addCalendar("Given", id: calendar)
                world.addDatabase("Film", id: film)
                world.addPage(100, to: film)
            }
        ) { scenario in
            await scenario.expectApplied()
            try scenario.declare("acm", database: film, more: "google_calendar_id: \(calendar)")
            for ran in [await scenario.plan(), await scenario.apply()] {
                #expect(ran.code == 1)
                #expect(ran.changes.isEmpty)
                #expect(ran.message?.contains(scenario.database) == true)
            }
            try scenario.declare("acm", database: scenario.database, more: "google_calendar_id: \(calendar)")
            await scenario.expectConverged()
        }
    }

    @Test func `a calendar that was given by its id keeps its settings when the id is no longer declared`() async throws
    {
        let calendar = "given@group.calendar.google.com"
        try await Scenario.run(
            pages: 2,
            declaration: "google_calendar_id: \(calendar)",
            build: { world, _ in _ = world.addCalendar("Given", id: calendar) }
        ) { scenario in
            await scenario.expectApplied()
            try scenario.declare("acm", database: scenario.database)
            await scenario.expectConverged()
            #expect(try scenario.emulator.withWorld { $0.google.calendars[calendar]?.summary } == "Given")
        }
    }

    // MARK: - What is counted

    @Test func `what could not be done because there is no calendar is not counted as done`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            scenario.emulator.add(
                Fault(.respond(status: 400), api: "google", method: "POST", path: "/calendars$/")
            )
            #expect(await scenario.plan().count("create") == 3)
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.changes.map(\.outcome) == ["failed", "skipped", "skipped", "skipped"])
            #expect(applied.count("create") == 0, "\(applied.output)")
            #expect((applied.json["summary"] as? [String: [String: Int]])?["calendars"]?["create"] == 0)
            let text = await scenario.reconcile("apply", "--auto-approve").output
            #expect(text.contains("0 changes applied, 1 failed, 3 not made"), "\(text)")
            scenario.emulator.removeFaults()
            #expect(await scenario.expectApplied().count("create") == 3)
        }
    }

    @Test func `what fails, or may not be written at all, is not counted either`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "New")
            try scenario.trash([2])
            let refusal = Fault.Action.respond(status: 400)
            scenario.emulator.add(Fault(refusal, api: "google", method: "PATCH", inBatch: true))
            let applied = await scenario.apply()
            #expect(applied.changes.map(\.outcome) == ["failed", "applied"], "\(applied.output)")
            #expect(applied.count("update") == 0 && applied.count("delete") == 1)
            scenario.emulator.removeFaults()
            let calendar = try #require(try scenario.calendar())
            try scenario.emulator.withWorld { $0.share(calendar, with: World.serviceAccount, as: .reader) }
            let plan = await scenario.plan()
            #expect(plan.status == "error" && plan.changes.count == 1 && plan.count("update") == 0, "\(plan.output)")
        }
    }
}
