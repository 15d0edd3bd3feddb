import Emulation
import Testing

@Suite struct SharingTests {
    @Test func `a fresh calendar is listed and owned by its maker`() async throws {
        try await CalendarBench.with { bench async throws in
            let calendar = try await bench.client.send("GET", bench.path()).json
            #expect(
                calendar.object?.keys.sorted() == [
                    "conferenceProperties", "dataOwner", "etag", "id", "kind", "summary", "timeZone",
                ]
            )
            let rules = try await bench.client.send("GET", bench.path("/acl")).json
            #expect(rules["items"]?.array?.map { $0["id"] } == [.string("user:\(World.serviceAccount)")])
            let list = try await bench.client.send("GET", "/calendar/v3/users/me/calendarList").json
            let fixture = try fixture("google/calendar-list.json")["items"]?.array?.first?.object?.keys.sorted()
            #expect(list["items"]?.array?.first?.object?.keys.sorted() == fixture?.filter { $0 != "description" })
        }
    }

    @Test func `rules are made, changed and removed`() async throws {
        try await CalendarBench.with { bench async throws in
            let made = try await bench.client.send(
                "POST",
                bench.path("/acl?sendNotifications=false"),
                ["role": "reader", "scope": ["type": "user", "value": "a@example.org"]]
            )
            #expect(made.json["id"] == "user:a@example.org")
            let rule = bench.path("/acl/\(segment("user:a@example.org"))")
            #expect(try await bench.client.send("PATCH", rule, ["role": "writer"]).json["role"] == "writer")
            #expect(
                try await bench.client.send("PUT", rule, ["role": "freeBusyReader"]).json["role"] == "freeBusyReader"
            )
            #expect(try await bench.client.send("DELETE", rule).status == 204)
            #expect(try await bench.client.send("GET", rule).status == 404)
            let all = try await bench.client.send("GET", bench.path("/acl?showDeleted=true")).json["items"]?.array
            #expect(all?.contains { $0["role"] == "none" } == true)
        }
    }

    @Test(
        arguments: [
            (["role": "reader", "scope": [:]], 400, "required"),
            (["role": "owner", "scope": ["type": "default"]], 403, "illegalAccessRoleForDefault"),
            (
                ["role": "reader", "scope": ["type": "user", "value": .string(World.serviceAccount)]], 403,
                "cannotChangeOwnAcl"
            ),
        ] as [(JSONValue, Int, String)]
    )
    func `a rule that cannot be is refused`(rule: JSONValue, status: Int, reason: String) async throws {
        try await CalendarBench.with { bench async throws in
            let answer = try await bench.client.send("POST", bench.path("/acl"), rule)
            #expect(answer.status == status)
            #expect(answer.reason == reason)
        }
    }

    /// Status of reading events, writing events, reading rules, changing the calendar.
    @Test(arguments: [
        (AccessRole.none, [404, 404, 404, 404]), (.reader, [200, 403, 403, 403]), (.writer, [200, 200, 200, 403]),
        (.owner, [200, 200, 200, 200]),
    ])
    func `a role opens what it should`(role: AccessRole, expected: [Int]) async throws {
        var world = try World.empty()
        world.addPerson("ada@example.org")
        let calendar = world.addCalendar("Hers", owner: "ada@example.org", sharedWith: [World.serviceAccount: role])
        try await Emulator(world).withServer { address in
            let client = try await TestClient.google(address)
            let path = "/calendar/v3/calendars/\(segment(calendar))"
            let event: JSONValue = ["start": ["date": "2026-12-01"], "end": ["date": "2026-12-02"]]
            let statuses = [
                try await client.send("GET", "\(path)/events").status,
                try await client.send("POST", "\(path)/events", event).status,
                try await client.send("GET", "\(path)/acl").status,
                try await client.send("PATCH", path, ["summary": "x"]).status,
            ]
            #expect(statuses == expected)
            let list = try await client.send("GET", "/calendar/v3/users/me/calendarList").json
            #expect(list["items"] == [])
            let own = try await client.send("DELETE", path)
            #expect(own.status == (role == .none ? 404 : 403))
        }
    }

    @Test func `a hidden calendar is listed only on request, and lists have pages`() async throws {
        try await CalendarBench.with(prepare: { world, calendar in
            for number in 0..<3 { world.addCalendar("\(number)") }
            world.google.accounts[World.serviceAccount]?.calendarList[calendar]?.isHidden = true
        }) { bench async throws in
            let list = "/calendar/v3/users/me/calendarList"
            #expect(try await bench.client.send("GET", list).json["items"]?.array?.count == 3)
            let all = try await bench.client.send("GET", "\(list)?showHidden=true&maxResults=3").json
            #expect(all["items"]?.array?.first?["hidden"] == true)
            let token = segment(all["nextPageToken"]?.string ?? "")
            let rest = try await bench.client.send("GET", "\(list)?showHidden=true&maxResults=3&pageToken=\(token)")
                .json
            #expect(rest["items"]?.array?.count == 1)
        }
    }

    @Test func `an owner cannot leave its own calendar, a deleted one is gone`() async throws {
        try await CalendarBench.with { bench async throws in
            let entry = "/calendar/v3/users/me/calendarList/\(segment(bench.calendar))"
            #expect(try await bench.client.send("DELETE", entry).reason == "cannotUnsubscribeFromOwnedCalendar")
            #expect(try await bench.client.send("DELETE", bench.path()).status == 204)
            #expect(try await bench.client.send("GET", bench.path()).status == 404)
            #expect(try await bench.client.send("GET", bench.path("/events")).status == 404)
            #expect(try await bench.client.send("GET", entry).status == 404)
        }
    }

    @Test func `a fresh calendar refuses as often as told`() async throws {
        try await CalendarBench.with { bench async throws in
            (bench.emulator.settings.freshCalendarFailures, bench.emulator.settings.freshCalendarStatus) = (2, 403)
            let made = try await bench.client.send("POST", "/calendar/v3/calendars", ["summary": "New"]).json
            let path = "/calendar/v3/calendars/\(segment(made["id"]?.string ?? ""))"
            #expect(try await bench.client.send("GET", path).reason == "requiredAccessLevel")
            #expect(try await bench.client.send("GET", path).status == 403)
            #expect(try await bench.client.send("GET", path).status == 200)
        }
    }
}
