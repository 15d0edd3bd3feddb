import Emulation
import Testing

@Suite struct EventTests {
    private let timed: JSONValue = [
        "start": ["dateTime": "2026-12-01T18:00:00.500Z"],
        "end": ["dateTime": "2026-12-01T20:00:00+01:00", "timeZone": "Europe/Berlin"],
    ]

    @Test func `an inserted event comes back with everything the service adds`() async throws {
        try await CalendarBench.with { bench async throws in
            let event = try await bench.insert(
                "5024642e878b5ab6933c151f3f76bb32",
                ["source": ["url": "https://example.org", "title": "x"]]
            ).json
            let expected = try fixture("google/event-inserted.json").object?.keys.filter {
                $0 != "description" && $0 != "extendedProperties"
            }
            #expect(event.object?.keys.sorted() == expected?.sorted())
            #expect(event["iCalUID"] == "5024642e878b5ab6933c151f3f76bb32@google.com")
            #expect(
                event["organizer"] == ["email": .string(bench.calendar), "displayName": "ACM Events", "self": true]
            )
            #expect(event["creator"] == ["email": .string(World.serviceAccount)])
            #expect(event["created"]?.string?.hasSuffix(".000Z") == true)
            #expect(event["htmlLink"]?.string?.hasPrefix("https://www.google.com/calendar/event?eid=") == true)
        }
    }

    @Test func `times come back in the calendar's zone, in whole seconds`() async throws {
        let timed = timed
        try await CalendarBench.with(timeZone: "Asia/Kolkata") { bench async throws in
            let event = try await bench.insert("abcde", timed).json
            #expect(event["start"] == ["dateTime": "2026-12-01T23:30:00+05:30", "timeZone": "Asia/Kolkata"])
            #expect(event["end"] == ["dateTime": "2026-12-02T00:30:00+05:30", "timeZone": "Europe/Berlin"])
            let utc = try await bench.client.send("GET", bench.path("/events/abcde?timeZone=Europe/London")).json
            #expect(utc["start"]?["dateTime"] == "2026-12-01T18:00:00Z")
        }
    }

    @Test(arguments: [
        ("2027-03-28T02:30:00", "2027-03-28T03:30:00+02:00"), ("2027-10-31T02:30:00", "2027-10-31T02:30:00+02:00"),
        ("2027-07-01T12:00:00", "2027-07-01T12:00:00+02:00"), ("2028-02-29T12:00:00", "2028-02-29T12:00:00+01:00"),
    ])
    func `a wall time is read in its zone`(written: String, read: String) async throws {
        try await CalendarBench.with(timeZone: "Europe/Berlin") { bench async throws in
            let moment: JSONValue = ["dateTime": .string(written), "timeZone": "Europe/Berlin"]
            let event = try await bench.insert("abcde", ["start": moment, "end": moment]).json
            #expect(event["start"]?["dateTime"]?.string == read)
        }
    }

    @Test func `etags are twice the time of the last change and never repeat`() async throws {
        try await CalendarBench.with { bench async throws in
            var etags: Set<String> = []
            for number in 0..<20 { etags.insert(try await bench.insert("abcde\(number)").json["etag"]?.string ?? "") }
            #expect(etags.count == 20)
            let event = try await bench.get("abcde0").json
            let before = event["etag"]?.string ?? ""
            let patched = try await bench.client.send("PATCH", bench.path("/events/abcde0"), ["summary": "x"]).json
            #expect((patched["etag"]?.string ?? "") > before)
            #expect(before == "\"\((World.epoch + 2) * 2000)\"")
            #expect(event["updated"] == "2026-11-01T00:00:00.002Z")
        }
    }

    @Test func `defaults, empty strings and read-only members are left out`() async throws {
        try await CalendarBench.with { bench async throws in
            let event = try await bench.insert(
                "abcde",
                [
                    "location": "", "transparency": "opaque", "visibility": "default", "sequence": 9, "etag": "\"1\"",
                    "hangoutLink": "x", "reminders": ["useDefault": true],
                ]
            ).json
            for name in ["location", "transparency", "visibility", "hangoutLink"] {
                #expect(event[name] == nil, "\(name)")
            }
            #expect(event["sequence"] == 0)
            #expect(event["reminders"] == ["useDefault": true])
        }
    }

    @Test func `extended properties are limited without a word`() async throws {
        try await CalendarBench.with { bench async throws in
            let properties: JSONValue = [
                "private": [
                    .init(repeating: "k", count: 45): "dropped", .init(repeating: "k", count: 44): "kept",
                    "long": .string(String(repeating: "v", count: 1025)), "number": 5,
                ]
            ]
            let kept = try await bench.insert("abcde", ["extendedProperties": properties]).json["extendedProperties"]?[
                "private"
            ]
            #expect(kept?.object?.count == 3)
            #expect(kept?["long"]?.string?.count == 1024)
            #expect(kept?["number"] == "5")
        }
    }

    @Test func `a patch merges, null removes, an array replaces`() async throws {
        try await CalendarBench.with { bench async throws in
            try await bench.insert(
                "abcde",
                [
                    "location": "A", "extendedProperties": ["private": ["a": "1", "b": "2"]],
                    "recurrence": ["RRULE:FREQ=DAILY"], "colorId": "5",
                ]
            )
            let patched = try await bench.client.send(
                "PATCH",
                bench.path("/events/abcde"),
                ["location": nil, "extendedProperties": ["private": ["a": nil, "c": "3"]], "recurrence": []]
            ).json
            #expect(patched["location"] == nil)
            #expect(patched["recurrence"] == nil)
            #expect(patched["colorId"] == "5")
            #expect(patched["extendedProperties"] == ["private": ["b": "2", "c": "3"]])
        }
    }

    @Test func `a patch from all-day to timed has to take the date away`() async throws {
        let timed = timed
        try await CalendarBench.with { bench async throws in
            try await bench.insert("abcde")
            #expect(try await bench.client.send("PATCH", bench.path("/events/abcde"), timed).status == 400)
            var clean = timed
            for name in ["start", "end"] { clean[name]?["date"] = .null }
            let patched = try await bench.client.send("PATCH", bench.path("/events/abcde"), clean)
            #expect(patched.status == 200, "\(patched.text)")
            #expect(patched.json["sequence"] == 1)
        }
    }

    @Test func `a put replaces everything but what it cannot set`() async throws {
        try await CalendarBench.with { bench async throws in
            let first = try await bench.insert("abcde", ["location": "A", "colorId": "5"]).json
            let put = try await bench.client.send(
                "PUT",
                bench.path("/events/abcde"),
                ["summary": "B", "start": ["date": "2026-12-01"], "end": ["date": "2026-12-02"]],
                headers: ["If-Match": first["etag"]?.string ?? ""]
            ).json
            #expect(put["summary"] == "B")
            #expect(put["location"] == nil)
            #expect(put["colorId"] == nil)
            #expect(put["created"] == first["created"])
        }
    }

    @Test(arguments: ["PUT", "PATCH", "DELETE"])
    func `a stale version is not overwritten`(method: String) async throws {
        try await CalendarBench.with { bench async throws in
            let etag = try await bench.insert("abcde").json["etag"]?.string ?? ""
            let body: JSONValue = ["summary": "x", "start": ["date": "2026-12-01"], "end": ["date": "2026-12-02"]]
            let stale = try await bench.client.send(
                method,
                bench.path("/events/abcde"),
                body,
                headers: ["If-Match": "\"5\""]
            )
            #expect(stale.status == 412)
            let right = try await bench.client.send(
                method,
                bench.path("/events/abcde"),
                body,
                headers: ["If-Match": etag]
            )
            #expect(right.status == (method == "DELETE" ? 204 : 200))
        }
    }

    @Test func `an unchanged event is not sent again`() async throws {
        try await CalendarBench.with { bench async throws in
            let etag = try await bench.insert("abcde").json["etag"]?.string ?? ""
            let answer = try await bench.client.send(
                "GET",
                bench.path("/events/abcde"),
                headers: ["If-None-Match": etag]
            )
            #expect(answer.status == 304)
            #expect(answer.body.isEmpty)
            #expect(answer.headers["etag"] == etag)
        }
    }

    @Test func `a deleted event keeps its id and can be revived`() async throws {
        try await CalendarBench.with { bench async throws in
            try await bench.insert("abcde")
            #expect(try await bench.client.send("DELETE", bench.path("/events/abcde")).status == 204)
            let tombstone = try await bench.get("abcde")
            #expect(tombstone.status == 200)
            #expect(tombstone.json["status"] == "cancelled")
            #expect(try await bench.insert("abcde").status == 409)
            let still = try await bench.client.send("PATCH", bench.path("/events/abcde"), ["summary": "x"])
            #expect(still.json["status"] == "cancelled")
            let revived = try await bench.client.send("PATCH", bench.path("/events/abcde"), ["status": "confirmed"])
            #expect(revived.json["status"] == "confirmed")
            #expect(try await bench.client.send("GET", bench.path("/events")).json["items"]?.array?.count == 1)
        }
    }

    @Test func `a purged tombstone burns its id`() async throws {
        try await CalendarBench.with { bench async throws in
            try await bench.insert("abcde")
            try bench.emulator.withWorld { world in
                world.editEvent("abcde", of: bench.calendar) {
                    ($0.fields["status"], $0.isPurged) = ("cancelled", true)
                }
            }
            #expect(try await bench.get("abcde").status == 404)
            #expect(try await bench.insert("abcde").status == 409)
            let patched = try await bench.client.send("PATCH", bench.path("/events/abcde"), ["status": "confirmed"])
            #expect(patched.status == 403)
            #expect(patched.reason == "forbidden")
        }
    }

    @Test func `only the creator sees and changes the source`() async throws {
        try await CalendarBench.with(prepare: { world, calendar in
            world.addEvent(
                to: calendar,
                "theirs",
                start: "2026-12-01",
                id: "abcde",
                creator: "old@example.org",
                fields: ["source": ["url": "https://a.example"]]
            )
        }) { bench async throws in
            #expect(try await bench.get("abcde").json["source"] == nil)
            let patched = try await bench.client.send(
                "PATCH",
                bench.path("/events/abcde"),
                ["source": ["url": "https://b.example"]]
            )
            #expect(patched.json["source"] == nil)
            try bench.emulator.withWorld { world in
                #expect(
                    world.google.calendars[bench.calendar]?.events["abcde"]?.fields["source"] == [
                        "url": "https://a.example"
                    ]
                )
            }
        }
    }

    @Test func `reminders belong to the caller and are no change of the event`() async throws {
        try await CalendarBench.with { bench async throws in
            let etag = try await bench.insert("abcde").json["etag"]
            let own: JSONValue = ["useDefault": false, "overrides": [["method": "popup", "minutes": 10]]]
            let patched = try await bench.client.send("PATCH", bench.path("/events/abcde"), ["reminders": own]).json
            #expect(patched["reminders"] == own)
            #expect(patched["etag"] == etag)
        }
    }
}
