import Emulation
import Testing

/// Errors of Calendar whose bodies are compared with the fixtures, byte for byte where Calendar itself answers.
struct ErrorCase: Sendable, CustomTestStringConvertible {
    var fixture: String
    var status: Int
    var send: @Sendable (CalendarBench) async throws -> TestAnswer

    var testDescription: String { fixture }

    static let all = [
        ErrorCase(fixture: "error-400-invalid-id", status: 400) { try await $0.insert("has-dash") },
        ErrorCase(fixture: "error-400-missing-end-time", status: 400) { try await $0.insert("abcde", ["end": nil]) },
        ErrorCase(fixture: "error-400-time-range-empty", status: 400) {
            try await $0.insert("abcde", ["end": ["date": "2026-11-30"]])
        },
        ErrorCase(fixture: "error-403-required-access-level", status: 403) { bench async throws in
            try bench.emulator.withWorld { world in
                world.google.calendars[bench.calendar]?.dataOwner = "someone@example.org"
            }
            return try await bench.client.send("DELETE", bench.path())
        },
        ErrorCase(fixture: "error-403-service-account-attendees", status: 403) {
            try await $0.insert("abcde", ["attendees": [["email": "a@example.org"]]])
        },
        ErrorCase(fixture: "error-404-not-found", status: 404) { try await $0.get("abcde") },
        ErrorCase(fixture: "error-409-duplicate", status: 409) { bench async throws in
            try await bench.insert("abcde")
            return try await bench.insert("abcde")
        },
        ErrorCase(fixture: "error-410-deleted", status: 410) { bench async throws in
            try await bench.insert("abcde")
            _ = try await bench.client.send("DELETE", bench.path("/events/abcde"))
            return try await bench.client.send("DELETE", bench.path("/events/abcde"))
        },
        ErrorCase(fixture: "error-410-full-sync-required", status: 410) {
            try await $0.client.send("GET", $0.path("/events?syncToken=unknown"))
        },
        ErrorCase(fixture: "error-410-updated-min-too-long-ago", status: 410) { bench async throws in
            bench.emulator.settings.oldestUpdatedMin = World.epoch
            return try await bench.client.send("GET", bench.path("/events?updatedMin=2020-01-01T00:00:00Z"))
        },
        ErrorCase(fixture: "error-412-condition-not-met", status: 412) { bench async throws in
            try await bench.insert("abcde")
            return try await bench.client.send("PUT", bench.path("/events/abcde"), [:], headers: ["If-Match": "\"1\""])
        },
        ErrorCase(fixture: "error-429-rate-limit-exceeded", status: 429) { bench async throws in
            (bench.emulator.settings.googleUnitsPerMinute, bench.emulator.settings.googleQuotaStatus) = (0, 429)
            return try await bench.get("abcde")
        },
        ErrorCase(fixture: "error-403-rate-limit-exceeded", status: 403) { bench async throws in
            bench.emulator.settings.googleUnitsPerMinute = 0
            return try await bench.get("abcde")
        },
        ErrorCase(fixture: "error-500-backend-error", status: 500) { bench async throws in
            bench.emulator.add(Fault(.respond(status: 500), api: "google"))
            return try await bench.get("abcde")
        },
        ErrorCase(fixture: "error-409-conflict", status: 409) { bench async throws in
            bench.emulator.add(Fault(.respond(status: 409), api: "google"))
            return try await bench.get("abcde")
        },
    ]
}

@Test(arguments: ErrorCase.all)
func `an error has the status and body of its fixture`(error: ErrorCase) async throws {
    try await CalendarBench.with { bench async throws in
        let answer = try await error.send(bench)
        #expect(answer.status == error.status)
        #expect(try answer.json == fixture("google/\(error.fixture).json"))
        #expect(answer.headers["content-type"] == "application/json; charset=UTF-8")
    }
}

/// Events that are refused, and the message that says why.
@Test(
    arguments: [
        ([:], "Missing end time."),
        (["end": ["date": "2026-12-02"]], "Missing start time."),
        (["start": ["date": "2026-12-01"], "end": ["dateTime": "2026-12-02T00:00:00Z"]], "Invalid end time."),
        (
            ["start": ["date": "2026-12-01", "dateTime": "2026-12-01T00:00:00Z"], "end": ["date": "2026-12-02"]],
            "Invalid start time."
        ),
        (["start": ["date": "2026-02-30"], "end": ["date": "2026-12-02"]], "Invalid start time."),
        (
            ["start": ["dateTime": "2026-12-01T10:00:00"], "end": ["dateTime": "2026-12-01T11:00:00Z"]],
            "Missing time zone definition for start time."
        ),
        (
            [
                "start": ["dateTime": "2026-12-01T10:00:00Z", "timeZone": "PST"],
                "end": ["dateTime": "2026-12-01T11:00:00Z"],
            ], "Invalid time zone definition for start time."
        ),
        (
            [
                "start": ["dateTime": "2026-12-01T10:00:00Z"],
                "end": ["dateTime": "2026-12-01T11:00:00Z", "timeZone": "GMT+2"],
            ], "Invalid time zone definition for end time."
        ),
        (["start": ["date": "2026-12-01"], "end": ["date": "2026-12-01"]], "The specified time range is empty."),
        (
            ["start": ["dateTime": "2026-12-01T10:00:00Z"], "end": ["dateTime": "2026-12-01T09:00:00Z"]],
            "The specified time range is empty."
        ),
        (
            [
                "recurrence": ["RRULE:FREQ=DAILY"], "start": ["dateTime": "2026-12-01T10:00:00Z"],
                "end": ["dateTime": "2026-12-01T11:00:00Z"],
            ], "Missing time zone definition for start time."
        ),
    ] as [(JSONValue, String)]
)
func `a wrong time is refused with the service's message`(body: JSONValue, message: String) async throws {
    try await CalendarBench.with { bench async throws in
        let answer = try await bench.client.send("POST", bench.path("/events"), body)
        #expect(answer.status == 400)
        #expect(answer.json["error"]?["message"]?.string == message)
    }
}

@Test func `a body that is no JSON is a parse error`() async throws {
    try await CalendarBench.with { bench async throws in
        let answer = try await bench.client.send("POST", bench.path("/events"), bytes: Array("{".utf8))
        #expect(answer.status == 400)
        #expect(answer.reason == "parseError")
    }
}
