import Emulation
import Foundation
import HTTPTypes
import TestSupport
import Testing

/// What browsers, calendar programs and the caches between need to keep what they got, and to get it at all.
struct BrowserTests {
    private static let origin = "https://www.example.edu"
    private static let events = "/api/calendar/acm/events"

    private static func withService(
        pages: Int = 2,
        isSynchronized: Bool = true,
        _ arguments: [String] = [],
        _ body: @escaping @Sendable (ServiceScenario) async throws -> Void
    ) async throws {
        try await Scenario.run(pages: pages) { scenario in
            if !isSynchronized {
                let declaration = "prefix: acm\nname: ACM\nnotion_database_id: \(scenario.database)\n"
                try scenario.write(declaration, to: "orgs.d/acm.yaml")
            }
            try await ServiceScenario.run(in: scenario, arguments, body)
        }
    }

    // MARK: - Other origins

    @Test(arguments: [[], ["--cors-origin", origin]])
    func `a preflight allows what wrappers send with a GET`(arguments: [String]) async throws {
        try await Self.withService(arguments) { service in
            let asked: HTTPFields = [
                .origin: Self.origin, .accessControlRequestMethod: "GET",
                .accessControlRequestHeaders: "content-type, sentry-trace,\u{7F}, if-none-match",
            ]
            let answer = try await service.send(.options, Self.events, asked)
            #expect(answer.status == 204)
            let allowed = answer.headers[.accessControlAllowHeaders] ?? ""
            let names = allowed.lowercased().split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            #expect(Set(names).isSuperset(of: ["content-type", "if-none-match", "accept", "sentry-trace"]))
            #expect(Set(names).count == names.count && !allowed.contains("\u{7F}"))
            #expect(answer.headers[.vary]?.contains("Access-Control-Request-Headers") == true)
        }
    }

    @Test func `whoever is not allowed gets no more from a preflight`() async throws {
        try await Self.withService(["--cors-origin", Self.origin]) { service in
            let asked: HTTPFields = [.origin: "https://evil.example", .accessControlRequestHeaders: "content-type"]
            let answer = try await service.send(.options, Self.events, asked)
            #expect(
                answer.headers[.accessControlAllowHeaders] == nil && answer.headers[.accessControlAllowOrigin] == nil
            )
        }
    }

    @Test func `errors can be read by pages, those of old addresses too`() async throws {
        try await Self.withService { service in
            let asked: [(HTTPRequest.Method, String, Int)] = [
                (.get, "/api/calendar/events", 400), (.head, "/api/calendar/events", 400),
                (.post, "/api/calendar/delete-all-events", 400), (.get, "/api/calendar/nobody/events", 404),
                (.get, "\(Self.events)?limit=0", 400), (.get, "/api/calendar/acm/evnts", 404),
                (.post, Self.events, 405),
            ]
            for (method, path, status) in asked {
                let answer = try await service.send(method, path, [.origin: Self.origin])
                #expect(answer.status == status, "\(path)")
                #expect(answer.headers[.accessControlAllowOrigin] == "*", "\(path)")
            }
            let preflight = try await service.send(
                .options,
                "/api/calendar/delete-all-events",
                [.origin: Self.origin, .accessControlRequestMethod: "POST"]
            )
            #expect(preflight.headers[.accessControlAllowMethods] == "POST, OPTIONS")
            for path in ["/api/calendar/acm/sync", "/api/calendar/notion-webhook", "/api/notion/webhook"] {
                let answer = try await service.send(.post, path, [.origin: Self.origin])
                #expect(answer.headers[.accessControlAllowOrigin] == nil, "writing is for no page of another origin")
            }
        }
    }

    // MARK: - Caches

    /// How long a cache may go on with an answer, in seconds (RFC 9111, 4.2).
    private static func remainingLife(_ answer: ServiceScenario.Answer) -> Int? {
        guard let life = answer.headers[.cacheControl]?.firstMatch(of: /max-age=(\d+)/).flatMap({ Int($0.1) }),
            let age = answer.headers[.age].flatMap({ Int($0) })
        else { return nil }
        return life - age
    }

    /// Of an organization that is only shown: the first run, which is due within ten seconds, would read the pages as well, and an
    /// answer would be as old as that.
    @Test func `answers say how long they live, as long as they live`() async throws {
        try await Self.withService(isSynchronized: false) { service in
            for suffix in ["events", "events.ics", "events?limit=1", "events.ics?limit=1"] {
                _ = try await service.get("/api/calendar/acm/\(suffix)")
            }
            var age = 0
            for step in [0, 1, 59, 60, 120, 50, 9] {
                service.clock.advance(by: .seconds(step))
                age += step
                for suffix in ["events", "events.ics", "events?limit=1", "events.ics?limit=1"] {
                    let answer = try await service.get("/api/calendar/acm/\(suffix)")
                    #expect(Self.remainingLife(answer) == 300 - age, "\(suffix) \(age)")
                    let tag = try #require(answer.headers[.eTag])
                    let known = try await service.get("/api/calendar/acm/\(suffix)", [.ifNoneMatch: tag])
                    #expect(known.status == 304 && Self.remainingLife(known) == 300 - age)
                }
            }
        }
    }

    @Test func `what is older than it should be is kept by nobody`() async throws {
        try await Self.withService { service in
            _ = try await service.get(Self.events)
            service.scenario.emulator.add(Fault(.respond(status: 401), api: "notion"))
            service.clock.advance(by: .seconds(400))
            let answer = try await service.get(Self.events)
            #expect(answer.headers[.age] == "400")
            #expect(try #require(Self.remainingLife(answer)) <= 0)
        }
    }

    // MARK: - Queries

    @Test(arguments: [
        "_=1764374400000", "_=1&_=2", "1764374400000", "cb=x", "nocache=1", "utm_source=mail&utm_medium=x",
        "fbclid=abc",
        "V=2", "_", "&",
    ])
    func `what only passes by caches asks for nothing`(query: String) async throws {
        try await Self.withService { service in
            for suffix in ["events", "events.ics"] {
                let plain = try await service.get("/api/calendar/acm/\(suffix)")
                let answer = try await service.get("/api/calendar/acm/\(suffix)?\(query)")
                #expect(answer.status == 200, "\(answer.text)")
                #expect(answer.body == plain.body)
                let chosen = try await service.get("/api/calendar/acm/\(suffix)?limit=1&\(query)")
                #expect(chosen.status == 200 && chosen.body != plain.body)
            }
        }
    }

    @Test func `the feed has the filters of its twin`() async throws {
        try await Self.withService(pages: 5) { service in
            try service.scenario.retitle(3, "Café crawl")
            let queries = [
                "q=cafe", "title=cafe", "from=2027-01-02&to=2027-01-03", "date=2027-01-04", "limit=2&offset=1",
                "location=nowhere",
            ]
            for query in queries {
                let json = try await service.get("/api/calendar/acm/events?\(query)")
                let feed = try await service.get("/api/calendar/acm/events.ics?\(query)")
                #expect(feed.status == 200 && feed.headers[.contentType] == "text/calendar; charset=utf-8")
                let titles = feed.text.matches(of: /\r\nSUMMARY:([^\r]*)/).map { String($0.1) }
                #expect(titles == json.events.map { $0["title"] as? String ?? "" }, "\(query)")
                #expect(feed.text.hasSuffix("END:VCALENDAR\r\n"))
            }
            for query in ["limit=0", "nonsense=1", "from=yesterday"] {
                let json = try await service.get("/api/calendar/acm/events?\(query)")
                let feed = try await service.get("/api/calendar/acm/events.ics?\(query)")
                #expect(feed.status == 400 && feed.body == json.body)
            }
        }
    }
}
