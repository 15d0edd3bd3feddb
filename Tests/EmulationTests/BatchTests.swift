import Emulation
import Foundation
import Testing

@Suite struct BatchTests {
    private static let type = ["Content-Type": "multipart/mixed; boundary=\"b1\""]

    /// Parts of a batch answer: content id and status.
    private static func parts(_ answer: TestAnswer) -> [String: Int] {
        var parts: [String: Int] = [:]
        for section in answer.text.components(separatedBy: "--batch_").dropFirst() {
            let lines = section.components(separatedBy: "\r\n")
            let id = lines.first { $0.hasPrefix("Content-ID: ") }?.dropFirst("Content-ID: ".count)
            let status = lines.first { $0.hasPrefix("HTTP/1.1 ") }?.split(separator: " ").dropFirst().first
            if let id, let status { parts[String(id)] = Int(status) }
        }
        return parts
    }

    private static func batch(_ calls: [(id: String, head: String, body: String)]) -> [UInt8] {
        let parts = calls.map { call in
            "--b1\r\nContent-Type: application/http\r\nContent-ID: <\(call.id)>\r\n\r\n\(call.head)\r\n\r\n\(call.body)\r\n"
        }
        return Array((parts.joined() + "--b1--\r\n").utf8)
    }

    @Test func `the batch of the fixture is answered part by part`() async throws {
        let message = String(decoding: try fixtureBytes("google/batch-request.http"), as: UTF8.self)
        let halves = message.components(separatedBy: "\r\n\r\n")
        let body = Array(halves.dropFirst().joined(separator: "\r\n\r\n").utf8)
        let boundary = halves[0].components(separatedBy: "boundary=").last?.components(separatedBy: "\r\n").first ?? ""
        var world = try World.empty()
        let calendar = world.addCalendar(
            "ACM Events",
            timeZone: "America/Phoenix",
            id: "c_2d247c895767e9e6ebd6ce0cc2ac4ae93d2d73a9051f88f686a58f8bdd278066@group.calendar.google.com"
        )
        let ids = Set(message.matches(of: /events\/([a-v0-9]+)/).map { String($0.output.1) })
        for id in ids.sorted().prefix(3) { world.addEvent(to: calendar, id, start: "2026-12-01", id: id) }
        try await Emulator(world).withServer { address in
            let client = try await TestClient.google(address)
            let answer = try await client.send(
                "POST",
                "/batch/calendar/v3",
                bytes: body,
                headers: ["Content-Type": "multipart/mixed; boundary=\(boundary)"]
            )
            #expect(answer.status == 200)
            #expect(Self.parts(answer).count == 5)
            #expect(Self.parts(answer)["<response-reconcile-1>"] == 200)
        }
    }

    @Test func `each part has its own outcome`() async throws {
        try await CalendarBench.with { bench async throws in
            try await bench.insert("aaaaa")
            let event = #"{"id":"bbbbb","start":{"date":"2026-12-01"},"end":{"date":"2026-12-02"}}"#
            let body = Self.batch([
                ("1", "POST \(bench.path("/events")) HTTP/1.1\r\nContent-Type: application/json", event),
                ("2", "PATCH \(bench.path("/events/aaaaa")) HTTP/1.1\r\nIf-Match: \"5\"", "{}"),
                ("3", "DELETE \(bench.path("/events/aaaaa"))", ""),
                ("4", "DELETE \(bench.path("/events/zzzzz")) HTTP/1.1", ""),
                ("5", "GET /calendar/v3/calendars/nobody HTTP/1.1\r\nAuthorization: Bearer no", ""),
                ("6", "GET /v1/users/me HTTP/1.1", ""),
            ])
            let answer = try await bench.client.send("POST", "/batch/calendar/v3", bytes: body, headers: Self.type)
            #expect(
                Self.parts(answer) == [
                    "<response-1>": 200, "<response-2>": 412, "<response-3>": 204, "<response-4>": 404,
                    "<response-5>": 401, "<response-6>": 404,
                ]
            )
            #expect(bench.emulator.requests.batched("google") == 6)
        }
    }

    @Test func `parts can come in another order and fail one by one`() async throws {
        try await CalendarBench.with { bench async throws in
            bench.emulator.settings.shufflesBatchParts = true
            bench.emulator.add(Fault(.respond(status: 503), .nth(number: 3), inBatch: true))
            let calls = (0..<20).map { ("\($0)", "GET \(bench.path()) HTTP/1.1", "") }
            let answer = try await bench.client.send(
                "POST",
                "/batch/calendar/v3",
                bytes: Self.batch(calls),
                headers: Self.type
            )
            let parts = Self.parts(answer)
            #expect(parts.count == 20)
            #expect(parts.filter { $0.value == 503 }.keys.sorted() == ["<response-2>"])
            let order = answer.text.matches(of: /<response-(\d+)>/).compactMap { Int($0.output.1) }
            #expect(order != order.sorted())
        }
    }

    @Test func `more than a thousand calls, or no batch at all, are refused`() async throws {
        try await CalendarBench.with { bench async throws in
            let many = Self.batch((0...1000).map { ("\($0)", "GET \(bench.path())", "") })
            #expect(
                try await bench.client.send("POST", "/batch/calendar/v3", bytes: many, headers: Self.type).status == 400
            )
            #expect(try await bench.client.send("POST", "/batch/calendar/v3", ["a": "b"]).status == 400)
        }
    }

    @Test func `a patch costs three units, a call in a batch its own`() async throws {
        try await CalendarBench.with { bench async throws in
            try await bench.insert("aaaaa")
            bench.emulator.settings.googleUnitsPerMinute = 4
            let calls = [
                ("1", "PATCH \(bench.path("/events/aaaaa"))", "{}"), ("2", "GET \(bench.path())", ""),
                ("3", "GET \(bench.path())", ""),
            ]
            let answer = try await bench.client.send(
                "POST",
                "/batch/calendar/v3",
                bytes: Self.batch(calls),
                headers: Self.type
            )
            #expect(Self.parts(answer) == ["<response-1>": 200, "<response-2>": 200, "<response-3>": 403])
            bench.clock.advance(milliseconds: 60_000)
            #expect(try await bench.client.send("GET", bench.path()).status == 200)
        }
    }
}
