import HTTPTypes
import Logging
import Telemetry
import TestSupport
import Testing
import Tracing
import Transport

struct RequestSpanTests {
    /// The span of one request in the trace that is sent.
    private func span(_ answers: [FarEnd.Answer], _ request: OutgoingRequest = .post()) async throws -> [String: Any] {
        let bench = try SentryBench()
        let transport = RetryingTransport(
            FarEnd(answers),
            api: "notion",
            bucket: TokenBucket(ratePerSecond: 0, burst: 1),
            counter: RequestCounter(),
            instruments: Instruments(
                clock: ManualClock(),
                random: { 0.5 },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                tracer: bench.tracer
            )
        )
        await bench.tracer.withSpan("run", context: .topLevel) { _ in _ = try? await transport.send(request) }
        await bench.send()
        // A request alone is no error: whoever asked for it knows.
        #expect(try bench.payloads().count == 1)
        let spans = try #require(try bench.payloads().first?["spans"] as? [[String: Any]])
        return try #require(spans.first)
    }

    @Test func `a request is one span, all its attempts included`() async throws {
        let span = try await span([.success(.status(503)), .success(.status(200))])
        #expect(span["op"] as? String == "http.client")
        #expect(span["status"] as? String == "ok")
        #expect(span["description"] as? String == "POST /v1/pages")
        let data = try #require(span["data"] as? [String: Any])
        #expect(data["http.request.method"] as? String == "POST")
        #expect(data["http.request.resend_count"] as? Int == 1)
        #expect(data["http.response.status_code"] as? Int == 200)
        #expect(data["server.address"] as? String == "api.example.com")
        #expect(data["reconcile.api"] as? String == "notion")
    }

    @Test func `a request without an answer says why`() async throws {
        let span = try await span([.failure(.untrusted(location: "l", reason: "r"))])
        #expect(span["status"] as? String == "internal_error")
        #expect((span["data"] as? [String: Any])?["error.type"] as? String == "untrusted")
    }

    @Test(arguments: [
        ("/v1/pages/6cfb47c10c055d6dbf2411c6f27fc36e?filter=x", "/v1/pages/{id}"),
        ("/v1/data_sources/6cfb47c1-0c05-5d6d-bf24-11c6f27fc36e/query", "/v1/data_sources/{id}/query"),
        (
            "/calendar/v3/calendars/acm%40group.calendar.google.com/events/abc0",
            "/calendar/v3/calendars/{id}/events/{id}"
        ),
        ("/calendar/v3/users/me/calendarList", "/calendar/v3/users/me/calendarList"),
        ("/calendar/v3/calendars/c1/acl/user:ann@example.org", "/calendar/v3/calendars/{id}/acl/{id}"),
        ("/batch/calendar/v3", "/batch/calendar/v3"), ("/", "/"), ("", "/"),
    ])
    func `no id and nobody's address is in the name`(path: String, template: String) async throws {
        let span = try await span([.success(.status(200))], .post(path, host: "u:p@h.example.com:8443"))
        #expect(span["description"] as? String == "POST \(template)")
        #expect((span["data"] as? [String: Any])?["server.address"] as? String == "h.example.com")
    }
}
