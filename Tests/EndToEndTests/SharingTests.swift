import Emulation
import Foundation
import Testing

/// Who can see a calendar follows the declaration, as far as it is ours to say.
struct SharingTests {
    private static let officer = "officer@example.org"

    private static func declaration(_ rules: String...) -> String {
        "calendar:\n  sharing: [\(rules.map { "{\($0)}" }.joined(separator: ", "))]"
    }

    private static let everybody = declaration("role: reader, scope: public")

    private static func run(
        _ declaration: String,
        _ body: @escaping @Sendable (Scenario) async throws -> Void
    ) async throws {
        try await Scenario.run(
            pages: 3,
            declaration: declaration,
            build: { world, _ in world.addPerson(officer) },
            body
        )
    }

    /// The rules of the calendar but our own account's, as `reader public`.
    private static func rules(_ scenario: Scenario) throws -> [String] {
        guard let calendar = try scenario.calendar() else { return [] }
        return try scenario.emulator.withWorld { world in
            (world.google.calendars[calendar]?.rules ?? [:]).values
                .filter { !$0.isDeleted && $0.scopeValue != World.serviceAccount }
                .map { rule in
                    let scope = rule.scopeValue.map { "\(rule.scopeType):\($0)" } ?? "public"
                    return "\(rule.role.rawValue) \(scope)"
                }
                .sorted()
        }
    }

    /// Changes a rule as an owner does in the user interface; nil: takes it away.
    private static func change(_ scenario: Scenario, _ email: String, to role: AccessRole?) throws {
        let calendar = try #require(try scenario.calendar())
        try scenario.emulator.withWorld { world in
            if let role {
                world.share(calendar, with: email, as: role)
            } else {
                world.google.calendars[calendar]?.rules["user:\(email)"] = nil
            }
        }
    }

    private static func sharing(_ ran: Scenario.Ran) -> [Scenario.Ran.Change] {
        ran.changes.filter { $0.resource == "access_rule" }
    }

    // MARK: - A new calendar

    @Test func `a calendar that is created is shared as declared, and its links are told`() async throws {
        let declaration = Self.declaration(
            "role: reader, scope: public",
            "role: writer, scope: 'user:\(Self.officer)'",
            "role: reader, scope: 'group:members@example.org'",
            "role: freeBusyReader, scope: 'domain:example.org'"
        )
        try await Self.run(declaration) { scenario in
            let plan = await scenario.reconcile("plan")
            #expect(plan.code == 0, "\(plan.output)\(plan.errors)")
            #expect(plan.output.contains("+ sharing \"reader public\"  create: declared"), "\(plan.output)")
            #expect(plan.output.contains("seen by: everybody, everybody at example.org (only when there is something)"))
            let applied = await scenario.reconcile(
                "apply",
                "--auto-approve",
                "--public-url",
                "https://calendar.example.org/"
            )
            #expect(applied.code == 0, "\(applied.output)\(applied.errors)")
            let calendar = try #require(try scenario.calendar()).replacing("@", with: "%40")
            for link in [
                "calendar: https://calendar.google.com/calendar/embed?src=\(calendar)",
                "subscribe: https://calendar.google.com/calendar/u/0?cid=",
                "Google's feed: https://calendar.google.com/calendar/ical/\(calendar)/public/basic.ics",
                "our feed: https://calendar.example.org/api/calendar/acm/events.ics",
            ] {
                #expect(applied.output.contains(link), "\(applied.output)")
            }
            #expect(
                try Self.rules(scenario) == [
                    "freeBusyReader domain:example.org", "reader group:members@example.org", "reader public",
                    "writer user:\(Self.officer)",
                ]
            )
            await scenario.expectConverged()
        }
    }

    @Test func `a calendar that nobody can open yet is told so, with the key to add`() async throws {
        try await Self.run("") { scenario in
            let plan = await scenario.reconcile("plan")
            #expect(
                plan.output.contains(
                    "seen by: only \(World.serviceAccount), nobody can open it yet; say who may in `calendar.sharing`"
                )
            )
            await scenario.expectApplied()
            let rules = try Self.rules(scenario)
            #expect(rules.isEmpty)
            let calm = await scenario.reconcile("plan")
            #expect(!calm.output.contains("seen by"))
        }
    }

    // MARK: - One that is there

    @Test func `an existing calendar is shown to more people only with an allowance, and its events go on`()
        async throws
    {
        try await Self.run("") { scenario in
            await scenario.expectApplied()
            try scenario.declare("acm", database: scenario.database, more: Self.everybody)
            try scenario.retitle(1, "Edited")
            for ran in [await scenario.plan(), await scenario.apply()] {
                #expect(ran.code == 1 && ran.status == "blocked", "\(ran.output)")
                #expect(ran.message?.contains("--allow-sharing acm") == true)
                #expect(Self.sharing(ran).map(\.action) == ["create"])
            }
            #expect(try scenario.event(of: 1).summary == "Edited")
            #expect(try Self.rules(scenario).isEmpty)
            let before = scenario.writes
            await scenario.expectApplied("--allow-sharing", "acm")
            #expect(scenario.writes == before + 1)
            #expect(try Self.rules(scenario) == ["reader public"])
            await scenario.expectConverged()
            // Less needs nobody's word.
            try scenario.declare(
                "acm",
                database: scenario.database,
                more: Self.declaration("role: freeBusyReader, scope: public")
            )
            await scenario.expectApplied()
            #expect(try Self.rules(scenario) == ["freeBusyReader public"])
            try scenario.declare("acm", database: scenario.database, more: "calendar: {sharing: []}")
            await scenario.expectApplied()
            #expect(try Self.rules(scenario).isEmpty)
            await scenario.expectConverged()
        }
    }

    @Test func `only rules that we made are changed`() async throws {
        let writer = Self.declaration("role: writer, scope: 'user:\(Self.officer)'")
        try await Self.run("") { scenario in
            await scenario.expectApplied()
            try Self.change(scenario, Self.officer, to: .reader)
            try scenario.declare("acm", database: scenario.database, more: writer)
            let before = scenario.writes
            let ran = await scenario.apply("--allow-sharing", "acm")
            #expect(ran.code == 0 && ran.warnings == ["sharing_of_others"], "\(ran.output)")
            #expect(scenario.writes == before)
            #expect(try Self.rules(scenario) == ["reader user:\(Self.officer)"])
            try scenario.declare("acm", database: scenario.database, more: "calendar: {sharing: []}")
            await scenario.expectConverged()
            #expect(try Self.rules(scenario) == ["reader user:\(Self.officer)"])
        }
    }

    @Test func `a rule of ours that somebody raised is lowered, and one that was taken away waits for a word`()
        async throws
    {
        try await Self.run(Self.declaration("role: writer, scope: 'user:\(Self.officer)'")) { scenario in
            await scenario.expectApplied()
            try Self.change(scenario, Self.officer, to: .owner)
            let raised = await scenario.plan()
            #expect(Self.sharing(raised).map(\.reason) == ["drift"] && raised.code == 2, "\(raised.output)")
            await scenario.expectApplied()
            #expect(try Self.rules(scenario) == ["writer user:\(Self.officer)"])
            try Self.change(scenario, Self.officer, to: nil)
            #expect(await scenario.plan().status == "blocked")
            #expect(await scenario.apply().code == 1)
            #expect(await scenario.plan().status == "blocked")
            await scenario.expectApplied("--allow-sharing", "acm")
            #expect(try Self.rules(scenario) == ["writer user:\(Self.officer)"])
            await scenario.expectConverged()
        }
    }

    /// Addresses are compared in lower case, and called by the letters in which Google has them.
    @Test func `a rule that was recognized is changed under Google's own id`() async throws {
        try await Self.run(Self.declaration("role: writer, scope: 'user:\(Self.officer)'")) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            try scenario.emulator.withWorld { world in
                world.google.calendars[calendar]?.rules["user:\(Self.officer)"] = nil
                world.share(calendar, with: "Officer@Example.org", as: .writer)
            }
            try scenario.deleteState()
            await scenario.expectApplied()
            try scenario.declare("acm", database: scenario.database, more: "calendar: {sharing: []}")
            await scenario.expectApplied()
            let rules = try Self.rules(scenario)
            #expect(rules.isEmpty)
            await scenario.expectConverged()
        }
    }

    @Test func `a delete that was answered as if nothing were there is looked at`() async throws {
        try await Self.run(Self.everybody) { scenario in
            await scenario.expectApplied()
            try scenario.declare("acm", database: scenario.database, more: "calendar: {sharing: []}")
            scenario.emulator.add(Fault(.respond(status: 404), .first(count: 1), api: "google", method: "DELETE"))
            let ran = await scenario.apply()
            #expect(ran.code == 1 && Self.sharing(ran).map(\.outcome) == ["failed"], "\(ran.output)")
            await scenario.expectApplied()
            let rules = try Self.rules(scenario)
            #expect(rules.isEmpty)
        }
    }

    @Test func `a rule that changes between the look and the write is not overwritten`() async throws {
        try await Self.run(Self.declaration("role: writer, scope: 'user:\(Self.officer)'")) { scenario in
            await scenario.expectApplied()
            try scenario.declare("acm", database: scenario.database, more: "calendar: {sharing: []}")
            scenario.emulator.add(Fault(.respond(status: 412), .first(count: 1), api: "google", method: "DELETE"))
            let ran = await scenario.apply()
            #expect(ran.code == 1 && Self.sharing(ran).map(\.outcome) == ["stale"], "\(ran.output)")
            #expect(try Self.rules(scenario) == ["writer user:\(Self.officer)"])
            await scenario.expectApplied()
        }
    }

    /// What was to be done for a calendar that was never created says nothing of another one.
    @Test func `a calendar that is named after a creation failed is not shared without a word`() async throws {
        let id = "club@group.calendar.google.com"
        try await Scenario.run(
            pages: 3,
            declaration: Self.everybody,
            build: { world, _ in
                world.addPerson(Self.officer)
                world.addCalendar("Club", owner: Self.officer, sharedWith: [World.serviceAccount: .owner], id: id)
            },
            { scenario in
                scenario.emulator.add(Fault(.respond(status: 400), api: "google", method: "POST", path: "/calendars$/"))
                #expect(await scenario.apply().code == 1)
                scenario.emulator.removeFaults()
                let given = "google_calendar_id: \(id)\n\(Self.everybody)"
                try scenario.declare("acm", database: scenario.database, more: given)
                let ran = await scenario.apply()
                #expect(ran.status == "blocked", "\(ran.output)")
                let isPublic = try scenario.emulator.withWorld { $0.google.calendars[id]?.rules["default"] != nil }
                #expect(!isPublic)
            }
        )
    }

    @Test func `what Google refused is allowed no more, and what people give then is theirs`() async throws {
        try await Self.run("") { scenario in
            await scenario.expectApplied()
            try scenario.declare(
                "acm",
                database: scenario.database,
                more: Self.declaration("role: writer, scope: 'user:\(Self.officer)'")
            )
            scenario.emulator.add(
                Fault(.respond(status: 403, body: Self.refusal), api: "google", method: "POST", path: "/acl$/")
            )
            let ran = await scenario.apply("--allow-sharing", "acm")
            #expect(ran.code == 1 && !ran.output.contains("\"scope\" : \"user:\(Self.officer)\""), "\(ran.output)")
            scenario.emulator.removeFaults()
            #expect(await scenario.plan().status == "blocked")
            try Self.change(scenario, Self.officer, to: .writer)
            await scenario.expectConverged()
            try scenario.declare("acm", database: scenario.database, more: "calendar: {sharing: []}")
            await scenario.expectConverged()
            #expect(try Self.rules(scenario) == ["writer user:\(Self.officer)"])
        }
    }

    @Test func `an undo leaves what somebody shared after us`() async throws {
        try await Self.run("") { scenario in
            await scenario.expectApplied()
            try scenario.declare("acm", database: scenario.database, more: Self.everybody)
            await scenario.expectApplied("--allow-sharing", "acm")
            try scenario.declare("acm", database: scenario.database, more: "calendar: {sharing: []}")
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            try scenario.emulator.withWorld { $0.publish(calendar) }
            #expect(await scenario.reconcile("undo", "2", "--auto-approve").code == 1)
            #expect(try Self.rules(scenario) == ["reader public"])
        }
    }

    @Test func `the events count as synchronized while only the sharing waits for a word`() async throws {
        let id = "club@group.calendar.google.com"
        try await Scenario.run(
            pages: 3,
            declaration: "google_calendar_id: \(id)\n\(Self.everybody)",
            build: { world, _ in
                world.addPerson(Self.officer)
                world.addCalendar("Club", owner: Self.officer, sharedWith: [World.serviceAccount: .owner], id: id)
            },
            { scenario in
                #expect(await scenario.apply().status == "blocked")
                #expect(await scenario.stored("acm")?["last_sync_at"] as? String != nil)
            }
        )
    }

    // MARK: - Trouble

    @Test(arguments: [
        Fault.Action.respond(status: 403, body: Self.refusal), .respond(status: 400),
    ])
    func `a rule that Google refuses fails alone, in Google's words`(_ action: Fault.Action) async throws {
        let declaration = Self.declaration(
            "role: reader, scope: 'group:nobody@example.org'",
            "role: writer, scope: 'user:\(Self.officer)'"
        )
        try await Self.run(declaration) { scenario in
            scenario.emulator.add(Fault(action, .first(count: 1), api: "google", method: "POST", path: "/acl$/"))
            let ran = await scenario.apply()
            #expect(ran.code == 1, "\(ran.output)")
            #expect(Self.sharing(ran).compactMap(\.outcome).sorted() == ["applied", "failed"], "\(ran.output)")
            let events = try scenario.events()
            #expect(events.count == 3)
            #expect(ran.output.contains("Google refused the rule"), "\(ran.output)")
            // What was to be done for a new calendar needs no allowance at the next run either.
            await scenario.expectApplied()
            let rules = try Self.rules(scenario)
            #expect(rules.count == 2)
            await scenario.expectConverged()
        }
    }

    @Test func `a domain that Google does not know is a failure of its rule alone`() async throws {
        try await Self.run("") { scenario in
            await scenario.expectApplied()
            try scenario.declare(
                "acm",
                database: scenario.database,
                more: Self.declaration("role: reader, scope: 'domain:no.example'")
            )
            try scenario.retitle(1, "Edited")
            scenario.emulator.add(Fault(.respond(status: 404), api: "google", method: "POST", path: "/acl$/"))
            let ran = await scenario.apply("--allow-sharing", "acm")
            #expect(ran.code == 1 && Self.sharing(ran).map(\.outcome) == ["failed"], "\(ran.output)")
            #expect(ran.output.contains("it knows no such account, group or domain"), "\(ran.output)")
            #expect(try scenario.event(of: 1).summary == "Edited")
        }
    }

    private static let refusal = """
        {"error":{"code":403,"message":"Sharing outside of the domain is not allowed.","errors":[{"domain":"calendar",
        "reason":"cannotShareOutsideDomain","message":"Sharing outside of the domain is not allowed."}]}}
        """

    @Test(arguments: [
        Fault.Action.resetAfter, .respond(status: 503), .truncate(bytes: 20), .misreport(status: 200, body: "{}"),
    ])
    func `a rule whose answer was lost is there once`(_ action: Fault.Action) async throws {
        try await Self.run(Self.everybody) { scenario in
            scenario.emulator.add(Fault(action, .first(count: 2), api: "google", method: "POST", path: "/acl$/"))
            _ = await scenario.apply()
            scenario.emulator.removeFaults()
            _ = await scenario.apply()
            let rules = try Self.rules(scenario)
            #expect(rules == ["reader public"])
            await scenario.expectConverged()
            let events = try scenario.events()
            #expect(events.count == 3)
        }
    }

    @Test func `rules that cannot be read are an error, and the events go on`() async throws {
        try await Self.run(Self.everybody) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "Edited")
            scenario.emulator.add(Fault(.respond(status: 503), api: "google", method: "GET", path: "/acl$/"))
            let ran = await scenario.apply()
            #expect(ran.code == 1 && ran.status == "error" && ran.message?.contains("Who can see the calendar") == true)
            #expect(try scenario.event(of: 1).summary == "Edited")
            scenario.emulator.removeFaults()
            await scenario.expectConverged()
            #expect(try Self.rules(scenario) == ["reader public"])
        }
    }

    @Test(arguments: [false, true])
    func `a lost state recognizes what it had shared`(isRebuilt: Bool) async throws {
        try await Self.run(Self.everybody) { scenario in
            await scenario.expectApplied()
            try scenario.deleteState()
            let before = scenario.writes
            if isRebuilt { #expect(await scenario.reconcile("state", "rebuild").code == 0) }
            await scenario.expectApplied()
            #expect(scenario.writes == before)
            try scenario.declare("acm", database: scenario.database, more: "calendar: {sharing: []}")
            await scenario.expectApplied()
            #expect(try Self.rules(scenario).isEmpty)
        }
    }

    @Test func `an undo takes back what a run shared, and leaves what was changed since`() async throws {
        try await Self.run("") { scenario in
            await scenario.expectApplied()
            let both = Self.declaration("role: reader, scope: public", "role: writer, scope: 'user:\(Self.officer)'")
            try scenario.declare("acm", database: scenario.database, more: both)
            await scenario.expectApplied("--allow-sharing", "acm")
            try Self.change(scenario, Self.officer, to: .reader)
            let undone = await scenario.reconcile("undo", "2", "--auto-approve", "--format", "json")
            #expect(undone.code == 1 && undone.message?.contains("somebody changed it") == true, "\(undone.output)")
            #expect(try Self.rules(scenario) == ["reader user:\(Self.officer)"])
            // What a run took away from people an undo of it does not give back.
            try Self.change(scenario, Self.officer, to: nil)
            try scenario.declare("acm", database: scenario.database, more: both)
            await scenario.expectApplied("--release", "acm", "--allow-sharing", "acm")
            try scenario.declare("acm", database: scenario.database, more: "calendar: {sharing: []}")
            try scenario.retitle(1, "Edited")
            await scenario.expectApplied()
            let run = await scenario.reconcile("history", "--format", "json")
            let runs = (run.json["runs"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? Int }
            let last = String(try #require(runs.max()))
            let kept = await scenario.reconcile("undo", last, "--auto-approve", "--format", "json")
            #expect(kept.code == 1 && kept.message?.contains("is not given back") == true, "\(kept.output)")
            #expect(try scenario.event(of: 1).summary == "Event 1")
            #expect(try Self.rules(scenario).isEmpty)
            let history = await scenario.reconcile("history", "show", last)
            #expect(history.output.contains("delete access_rule \"reader public\""), "\(history.output)")
        }
    }

    @Test func `who may write events but not share is told what is missing`() async throws {
        let id = "shared@group.calendar.google.com"
        try await Scenario.run(
            pages: 3,
            declaration: "google_calendar_id: \(id)\n\(Self.everybody)",
            build: { world, _ in
                world.addPerson(Self.officer)
                world.addCalendar("Shared", owner: Self.officer, sharedWith: [World.serviceAccount: .writer], id: id)
            },
            { scenario in
                let ran = await scenario.apply("--allow-sharing", "acm")
                #expect(ran.code == 1 && ran.message?.contains("may not change its sharing") == true, "\(ran.output)")
                #expect(Self.sharing(ran).isEmpty)
                let count = try scenario.emulator.withWorld { $0.google.calendars[id]?.liveEvents.count }
                #expect(count == 3)
            }
        )
    }

    @Test func `a declaration that names the account that reconcile runs as is a mistake`() async throws {
        try await Self.run(Self.declaration("role: reader, scope: 'user:\(World.serviceAccount)'")) { scenario in
            let ran = await scenario.apply()
            #expect(ran.code == 1, "\(ran.output)")
            #expect(ran.message?.contains("orgs.d/acm.yaml:7:") == true, "\(ran.output)")
            let events = try scenario.events()
            #expect(events.count == 3)
        }
    }
}
