import Emulation
import Foundation
import Testing

/// Nothing counts as done but what Google confirms as the API documents it.
struct ConfirmedWriteTests {
    private static func substitutes(_ method: String, isBatched: Bool) -> [Fault] {
        let path = "/.events/"
        return [
            Fault(.errorPage(status: 200), api: "google", method: method, path: path, inBatch: isBatched),
            Fault(.respond(status: 200, body: "{}"), api: "google", method: method, path: path, inBatch: isBatched),
            Fault(.respond(status: 200, body: ""), api: "google", method: method, path: path, inBatch: isBatched),
        ]
    }

    @Test(arguments: [1, 3], [0, 1, 2])
    func `a delete that is answered with something else deleted nothing`(count: Int, kind: Int) async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            try scenario.trash(1...count)
            scenario.emulator.add(Self.substitutes("DELETE", isBatched: count > 1)[kind])
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.changes.map(\.outcome) == Array(repeating: "failed", count: count), "\(applied.output)")
            try scenario.expectEvents(20)
            scenario.emulator.removeFaults()
            await scenario.expectApplied()
            try scenario.expectEvents(20 - count)
            await scenario.expectConverged()
        }
    }

    @Test(arguments: [1, 3])
    func `a delete that was carried out and answered with something else is done`(count: Int) async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            try scenario.trash(1...count)
            scenario.emulator.add(
                Fault(.misreport(status: 200, body: "{}"), api: "google", method: "DELETE", inBatch: count > 1)
            )
            await scenario.expectApplied()
            try scenario.expectEvents(20 - count)
            await scenario.expectConverged()
        }
    }

    @Test(arguments: ["POST", "PATCH"], [0, 1, 2])
    func `an insert or a patch that is answered with something else changed nothing`(
        method: String,
        kind: Int
    ) async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            for page in 1...3 {
                if method == "PATCH" {
                    try scenario.retitle(page, "New \(page)")
                } else {
                    _ = try scenario.emulator.withWorld { $0.addPage(30 + page, to: scenario.database) }
                }
            }
            let fault = Self.substitutes(method, isBatched: true)[kind]
            scenario.emulator.add(Fault(fault.action, api: "google", method: method, path: "/.events/", inBatch: true))
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.changes.map(\.outcome) == ["failed", "failed", "failed"], "\(applied.output)")
            scenario.emulator.removeFaults()
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }

    @Test func `an echo of what was sent confirms nothing`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "New")
            let id = World.eventID(1)
            let body = #"{"id":"\#(id)","summary":"New","extendedProperties":{"private":{}}}"#
            scenario.emulator.add(Fault(.respond(status: 200, body: body), api: "google", method: "PATCH"))
            let applied = await scenario.apply()
            #expect(applied.changes.map(\.outcome) == ["failed"])
            #expect(try scenario.event(of: 1).summary == "Event 1")
            scenario.emulator.removeFaults()
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }

    @Test(arguments: ["{}", "<html>", #"{"kind":"calendar#events","items":[]}"#])
    func `a calendar whose creation or change is answered with something else is looked at`(body: String) async throws {
        try await Scenario.run(pages: 2) { scenario in
            let creation = Fault(
                .misreport(status: 200, body: body),
                .first(count: 1),
                method: "POST",
                path: "/calendars$/"
            )
            scenario.emulator.add(creation)
            await scenario.expectApplied()
            try scenario.expectCalendar(holds: 2)
            try scenario.declare("acm", database: scenario.database, more: "calendar: {name: New}")
            let answer = Fault.Action.respond(status: 200, body: body)
            scenario.emulator.add(Fault(answer, api: "google", method: "PATCH", path: "/.calendars.[^/]+$/"))
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.changes.map(\.outcome) == ["failed"], "\(applied.output)")
            scenario.emulator.removeFaults()
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }

    @Test(arguments: [
        ("google", "/.events$/", #"{"kind":"calendar#calendarList","items":[]}"#), ("google", "/.events$/", "{}"),
        ("google", "/.events$/", "<html>"), ("token", "/token/", "<html>"), ("token", "/token/", "{}"),
        ("google", "/.events$/", #"{"kind":"calendar#events"}"#),
        ("google", "/.events$/", #"{"kind":"calendar#events","items":null}"#),
        ("google", "/calendarList$/", #"{"kind":"calendar#calendarList"}"#),
        ("google", "/calendarList$/", #"{"kind":"calendar#calendarList","nextPageToken":""}"#),
        ("google", "/calendarList$/", "{}"),
    ])
    func `a reading that is answered with something else is not an empty one`(
        api: String,
        path: String,
        body: String
    ) async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.trash([1])
            let before = scenario.writes
            scenario.emulator.add(Fault(.respond(status: 200, body: body), api: api, path: path))
            #expect(await scenario.apply().code == 1)
            #expect(scenario.writes == before)
        }
    }

    @Test func `a list that leaves out its items is asked for all it has before anything is created`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            await scenario.expectApplied()
            try scenario.deleteState()
            let before = scenario.writes
            for (kind, path) in [("calendarList", "/calendarList$/"), ("events", "/events$/")] {
                scenario.emulator.add(
                    Fault(
                        .respond(status: 200, body: #"{"kind":"calendar#\#(kind)"}"#),
                        .first(count: 1),
                        api: "google",
                        method: "GET",
                        path: path
                    )
                )
            }
            await scenario.expectApplied()
            #expect(scenario.writes == before)
            try scenario.expectCalendar(holds: 2)
        }
    }

    @Test func `a batch that is too large is halved`() async throws {
        try await Scenario.run(pages: 60) { scenario in
            let refusal = Fault.Action.respond(status: 413, body: "<html>Too large</html>")
            scenario.emulator.add(Fault(refusal, .first(count: 2), api: "google", method: "POST", path: "/batch/"))
            await scenario.expectApplied()
            try scenario.expectEvents(60)
            await scenario.expectConverged()
        }
    }

    @Test func `a taken id that cannot be read for a moment is no burnt one`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            await scenario.expectApplied()
            try scenario.deleteState()
            // Neither the list nor the first readings have it yet.
            let empty = #"{"kind":"calendar#events","items":[]}"#
            scenario.emulator.add(
                Fault(
                    .respond(status: 200, body: empty),
                    .first(count: 1),
                    api: "google",
                    method: "GET",
                    path: "/events$/"
                )
            )
            scenario.emulator.add(
                Fault(.respond(status: 404), .first(count: 3), api: "google", method: "GET", path: "/.events.[^/]+$/")
            )
            let applied = await scenario.apply()
            #expect(applied.code == 0 && applied.changes.map(\.outcome) == ["unchanged"], "\(applied.output)")
            try scenario.expectEvents(1)
            await scenario.expectConverged()
        }
    }
}
