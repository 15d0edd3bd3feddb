import Emulation
import Foundation
import Testing

/// What a plan costs that finds nothing to do: with all keys of the format no more requests than without, but those that are named.
struct RequestCountTests {
    private static func choice(_ name: String, _ options: [String], type: String = "select") -> NotionProperty {
        NotionProperty(
            name,
            id: "\(name.prefix(2))%3A",
            type: type,
            configuration: ["options": .array(options.map { NotionProperty.option($0) })]
        )
    }

    private static let columns = [
        choice("Type", ["Workshop", "Board"]), choice("Status", ["Draft", "Confirmed", "Cancelled"], type: "status"),
        NotionProperty("Place", id: "pLc%3B", type: "rich_text"), NotionProperty("Ends", id: "eNd%3B", type: "date"),
        NotionProperty("Repeats", id: "rEp%3B", type: "rich_text"),
        NotionProperty("Published", id: "pUbL", type: "checkbox"),
        NotionProperty("Calendar link", id: "lNk%3F", type: "url"),
        NotionProperty("Calendar status", id: "sTs%7B", type: "rich_text"),
    ]

    private static let features = """
        calendar:
          description: Everybody is welcome.
          sharing: [{role: reader, scope: public}, {role: reader, scope: "group:members@example.org"}]
        properties:
          title: "{Name} ({Type})"
          end: Ends
          location: "{Place}"
          description: "By: {Place}"
          recurrence: Repeats
        filter:
          all:
            - {property: Published, is: true}
            - any: [{property: Status, in: [Confirmed, Cancelled]}, {property: Place, starts_with: "R"}]
            - not: {property: Date, before: 2000-01-01}
        window: {past: 50y, future: 50y}
        templates:
          by: Type
          values:
            Workshop: {duration: 90m, color: blueberry, busy: false, location: Room 101}
            Board: {visibility: private, title: "Board: {title}", description: "{description}"}
          otherwise: {color: graphite}
        cancelled: {property: Status, values: [Cancelled], prefix: "Cancelled: "}
        write_back: {link: Calendar link, status: Calendar status}
        deletions: confirm
        safety: {max_delete_percent: 10}
        """

    /// Pages of every kind: drafts, called off, recurring, without a date.
    private static func fill(_ world: inout World, _ database: String, from first: Int = 0) {
        world.add(columns, to: database)
        for number in 0..<12 {
            let status = ["Confirmed", "Draft", "Cancelled"][number % 3]
            world.addPage(
                to: database,
                title: "Event \(number)",
                date: number == 7 ? nil : "2027-03-\(10 + number)T10:00:00.000-07:00",
                values: [
                    "Type": number.isMultiple(of: 4)
                        ? .null : NotionProperty.option(number.isMultiple(of: 2) ? "Board" : "Workshop"),
                    "Status": NotionProperty.option(status), "Published": .bool(number != 5),
                    "Place": RichText.value(number.isMultiple(of: 5) ? "" : "Room \(number)"),
                    "Repeats": RichText.value(number == 3 ? "weekly 4 times" : ""),
                ],
                id: World.page(first + number)
            )
        }
    }

    /// The requests of a plan, by what they ask for; one that has nothing to do.
    private static func idlePlan(
        _ scenario: Scenario,
        _ arguments: String...,
        environment: [String: String?] = [:],
        at location: SourceLocation = #_sourceLocation
    ) async -> [String: Int] {
        scenario.emulator.resetRequests()
        let plan = await scenario.reconcile(
            ["plan", "--format", "json", "--detailed-exitcode"] + arguments,
            environment: environment
        )
        #expect(plan.code == 0, "\(plan.output)\(plan.errors)", sourceLocation: location)
        let requests = scenario.emulator.requests.entries.filter { !$0.isBatched }
        return Dictionary(grouping: requests) { "\($0.method) \($0.route)" }.mapValues(\.count)
    }

    private static let rules = "GET /calendar/v3/calendars/{calendar}/acl"

    @Test func `all keys together cost one listing of access rules`() async throws {
        try await Scenario.run(pages: 0, build: { Self.fill(&$0, $1) }) { scenario in
            await scenario.expectApplied()
            try scenario.expectEvents(11)
            let plain = await Self.idlePlan(scenario)
            #expect(plain.values.reduce(0, +) <= 8, "\(plain)")

            try scenario.declare("acm", database: scenario.database, more: Self.features)
            let applied = await scenario.reconcile(
                "apply",
                "--allow-sharing",
                "acm",
                "--allow-updates",
                "acm:12",
                "--format",
                "text",
                answer: "yes"
            )
            #expect(applied.code == 0, "\(applied.output)\(applied.errors)")
            try scenario.expectEvents(9)
            var full = await Self.idlePlan(scenario)
            #expect(full.removeValue(forKey: Self.rules) == 1)
            #expect(full == plain)
        }
    }

    @Test func `each organization that declares sharing costs one listing, and others none`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            let database = try scenario.emulator.withWorld { world in
                let database = world.addDatabase("Chess")
                world.addPage(30, to: database)
                return database
            }
            try scenario.declare("chess", database: database)
            await scenario.expectApplied()
            let plain = await Self.idlePlan(scenario)
            #expect(plain[Self.rules] == nil)
            let line = "calendar: {sharing: [{role: reader, scope: public}]}"
            for (prefix, id) in [("acm", scenario.database), ("chess", database)] {
                try scenario.declare(prefix, database: id, more: line)
                await scenario.expectApplied("--allow-sharing", prefix)
            }
            var shared = await Self.idlePlan(scenario)
            #expect(shared.removeValue(forKey: Self.rules) == 2)
            #expect(shared == plain)
        }
    }

    /// - Parameter pairs: what is there once more, and how often.
    private static func more(_ requests: [String: Int], than others: [String: Int]) -> [String: Int] {
        requests.merging(others) { $0 - $1 }.filter { $0.value != 0 }
    }

    @Test func `a further account costs one token and one calendar list`() async throws {
        let (token, account) = (
            "ntn_film00000000000000000000000000000000000000", "film@film-club.iam.gserviceaccount.com"
        )
        try await Scenario.run(
            pages: 2,
            build: { world, _ in
                try world.addServiceAccount(account)
                world.addIntegration(token: token, name: "Film")
            }
        ) { scenario in
            let (chess, film) = try scenario.emulator.withWorld { world in
                let (chess, film) = (world.addDatabase("Chess"), world.addDatabase("Film nights"))
                world.addPage(30, to: chess)
                world.addPage(40, to: film)
                world.connect(film, only: token)
                return (chess, film)
            }
            try scenario.declare("chess", database: chess)
            try scenario.declare(
                "film",
                database: film,
                more: "credentials: {notion: FILM_NOTION_KEY, google: FILM_GOOGLE_KEY}"
            )
            let baseURL = scenario.address.baseURL
            let key = try scenario.emulator.withWorld { EmulatorAddress.keyFile(of: account, in: $0, baseURL: baseURL) }
            let environment: [String: String?] = ["FILM_NOTION_KEY": token, "FILM_GOOGLE_KEY": key]
            let applied = await scenario.reconcile(
                ["apply", "--auto-approve", "--format", "json"],
                environment: environment
            )
            #expect(applied.code == 0, "\(applied.output)\(applied.errors)")
            let alone = await Self.idlePlan(scenario, "acm", environment: environment)
            let shared = await Self.idlePlan(scenario, "acm", "chess", environment: environment)
            let apart = await Self.idlePlan(scenario, "acm", "film", environment: environment)
            #expect(Self.more(shared, than: alone).values.reduce(0, +) <= 5, "\(shared) \(alone)")
            #expect(
                Self.more(apart, than: shared) == [
                    "POST /token": 1, "GET /calendar/v3/users/me/calendarList": 1,
                ]
            )
        }
    }

    @Test func `a filter of Notion's own lists twice only where a page is absent`() async throws {
        try await Scenario.run(pages: 0, build: { Self.fill(&$0, $1) }) { scenario in
            await scenario.expectApplied()
            let plain = await Self.idlePlan(scenario)
            try scenario.declare(
                "acm",
                database: scenario.database,
                more: "filter: {notion: {property: Published, checkbox: {equals: true}}}"
            )
            await scenario.expectApplied()
            try scenario.expectEvents(10)
            #expect(await Self.idlePlan(scenario) == plain)
            try scenario.editPage(2) { $0.values["pUbL"] = JSONText(.bool(false)) }
            scenario.emulator.resetRequests()
            #expect(await scenario.plan().changes.map(\.reason) == ["filtered_out"])
            let queries = scenario.emulator.requests.entries.count { $0.route.hasSuffix("/query") }
            #expect(queries == 2)
        }
    }
}
