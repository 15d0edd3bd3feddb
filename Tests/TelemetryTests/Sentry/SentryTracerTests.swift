import Foundation
import HTTPTypes
import ReconcileModel
import Telemetry
import TestSupport
import Testing
import Tracing
import Transport

struct SentryTracerTests {
    @Test func `a trace is one transaction with its spans`() async throws {
        let bench = try SentryBench()
        let run = bench.tracer.startSpan("run", context: .topLevel, at: Moment(0))
        run.attributes["sentry.op"] = "sync"
        let call = bench.tracer.startSpan("GET /v1/pages/{id}", context: run.context, ofKind: .client, at: Moment(100))
        call.attributes["http.response.status_code"] = 404
        call.attributes["ok"] = true
        run.attributes["run"] = "7"
        call.end(at: Moment(250))
        run.end(at: Moment(1_500))
        await bench.send()

        let request = try #require(bench.end.sent.first)
        #expect(request.location == "https://sentry.example.org/api/42/envelope/")
        #expect(
            request.head.headerFields.map { "\($0.name): \($0.value)" } == [
                "Content-Type: application/x-sentry-envelope",
                "X-Sentry-Auth: Sentry sentry_version=7, sentry_client=reconcile.swift/1.0.0, sentry_key=publickey",
            ]
        )
        let envelope = try Envelope(request)
        #expect(envelope.itemHeader["type"] as? String == "transaction")
        #expect(envelope.header["event_id"] as? String == envelope.payload["event_id"] as? String)
        #expect(envelope.header["sent_at"] as? String == "2026-11-20T17:00:00.007Z")
        let trace = #""trace_id":"00000000000000010000000000000002""#
        #expect(
            envelope.text == #"{"event_id":"00000000000000060000000000000007","platform":"other","#
                + #""release":"reconcile@1.2","environment":"production","logger":"reconcile","#
                + #""sdk":{"name":"reconcile.swift","version":"1.0.0"},"#
                + #""type":"transaction","transaction":"run","transaction_info":{"source":"task"},"#
                + #""start_timestamp":1795194000,"timestamp":1795194001.5,"tags":{"run":"7"},"#
                + #""contexts":{"trace":{\#(trace),"span_id":"0000000000000004","op":"sync","status":"ok","data":{}}},"#
                + #""spans":[{\#(trace),"span_id":"0000000000000005","parent_span_id":"0000000000000004","#
                + #""op":"http.client","description":"GET /v1/pages/{id}","status":"not_found","#
                + #""start_timestamp":1795194000.1,"timestamp":1795194000.25,"tags":{"run":"7"},"#
                + #""data":{"http.response.status_code":404,"ok":true}}]}"#
        )
    }

    @Test func `an error is reported with its code, its place and whom it concerns`() async throws {
        let bench = try SentryBench(rate: 0)
        let failure = Failure(code: "notion_unauthorized", message: "Notion refused.", hint: "Check the key.")
        await #expect(throws: failure) {
            try await WorkContext.with({ $0.operation = "webhook" }) {
                try await bench.tracer.withSpan("run") { run in
                    run.attributes["run"] = "7"
                    try await WorkContext.with({ $0.organization = "acm" }) {
                        try bench.tracer.withSpan("observe organization") { _ in throw failure }
                    }
                }
            }
        }
        await bench.send()
        // On its way up the error met two spans, and only the first knew the organization.
        let event = try #require(try bench.payloads().first)
        #expect(try bench.payloads().count == 1)
        #expect(event["level"] as? String == "error")
        #expect(event["transaction"] as? String == "observe organization")
        #expect(event["tags"] as? [String: String] == ["operation": "webhook", "organization": "acm", "run": "7"])
        #expect(event["release"] as? String == "reconcile@1.2")
        #expect(event["environment"] as? String == "production")
        #expect(event["extra"] as? [String: String] == ["hint": "Check the key."])
        let values = (event["exception"] as? [String: Any])?["values"] as? [[String: Any]]
        #expect(values?.first?["type"] as? String == "notion_unauthorized")
        #expect(values?.first?["value"] as? String == "Notion refused.")
        let trace = (event["contexts"] as? [String: [String: String]])?["trace"]
        #expect(trace?["trace_id"]?.count == 32)
        #expect(trace?["parent_span_id"]?.count == 16)
    }

    @Test func `an error is reported once, however many spans it passes`() async throws {
        let bench = try SentryBench(rate: 0)
        let failure = Failure(code: "x", message: "It broke.")
        let outer = bench.tracer.startSpan("outer", context: .topLevel)
        let inner = bench.tracer.startSpan("inner", context: outer.context)
        for span in [inner, outer] { span.recordError(failure, attributes: ["organization": "acm"]) }
        inner.recordError(failure, attributes: ["organization": "film"])
        inner.recordError(Failure(code: "x", message: "Another broke."), attributes: ["organization": "acm"])
        let next = bench.tracer.startSpan("next", context: .topLevel)
        next.recordError(failure, attributes: ["organization": "acm"])
        for span in [inner, outer, next] { span.end() }
        await bench.send()
        #expect(try bench.payloads().count == 4)
    }

    @Test func `an error carries what becomes known only later`() async throws {
        let bench = try SentryBench(rate: 0)
        let run = bench.tracer.startSpan("run", context: .topLevel)
        let reading = bench.tracer.startSpan("observe organization", context: run.context)
        reading.recordError(Failure(code: "x", message: "It broke."), attributes: ["organization": "acm", "pages": 3])
        reading.end()
        let writing = bench.tracer.startSpan("carry out", context: run.context)
        writing.attributes["run"] = "7"
        writing.end()
        run.end()
        run.recordError(Failure(code: "y", message: "Too late for the trace, and reported all the same."))
        await bench.send()
        let events = try bench.payloads()
        #expect(events.first?["tags"] as? [String: String] == ["organization": "acm", "run": "7"])
        #expect(events.first?["extra"] as? [String: Int] == ["pages": 3])
        #expect(events.count == 2)
    }

    @Test func `who ends the work causes no error`() async throws {
        let bench = try SentryBench()
        for error in [CancellationError(), TransportError.cancelled, Failure(code: "cancelled", message: "")]
            as [any Error]
        {
            #expect(throws: (any Error).self) {
                try bench.tracer.withSpan("run", context: .topLevel) { _ in throw error }
            }
        }
        await bench.send()
        for payload in try bench.payloads() {
            #expect(payload["type"] as? String == "transaction")
            #expect((payload["contexts"] as? [String: [String: Any]])?["trace"]?["status"] as? String == "cancelled")
        }
        #expect(try bench.payloads().count == 3)
    }

    @Test(arguments: [
        (0.0, 0, false), (0.25, 0, true), (0.25, UInt64.max / 4 - 5_000, true), (0.25, UInt64.max / 4 + 5_000, false),
        (0.75, UInt64.max / 2, true), (1.0, UInt64.max, true),
    ])
    func `traces are sent by chance`(rate: Double, drawn: UInt64, isSent: Bool) async throws {
        let bench = try SentryBench(rate: rate, random: { drawn })
        bench.tracer.startSpan("run", context: .topLevel).end()
        await bench.send()
        #expect(bench.end.sent.count == (isSent ? 1 : 0))
    }

    @Test func `a trace has at most a thousand spans, and none that ends after it`() async throws {
        let bench = try SentryBench()
        let run = bench.tracer.startSpan("run", context: .topLevel)
        let late = bench.tracer.startSpan("late", context: run.context)
        for _ in 0..<1_200 { bench.tracer.startSpan("call", context: run.context).end() }
        run.end()
        run.end()
        late.end()
        await bench.send()
        #expect(try bench.payloads().count == 1)
        #expect((try bench.payloads().first?["spans"] as? [Any])?.count == 1_000)
    }

    @Test func `no report has a secret in it`() async throws {
        let bench = try SentryBench(filter: SecretFilter([Secret("plain-looking-key")]))
        let span = bench.tracer.startSpan("POST plain-looking-key", context: .topLevel)
        span.attributes["url"] = "https://h/?key=plain-looking-key"
        span.attributes["organization"] = "plain-looking-key"
        span.recordError(
            Failure(code: "x", message: "Sent Bearer abc.def with plain-looking-key.", hint: "ya29.token"),
            attributes: ["list": .stringArray(["plain-looking-key"])]
        )
        span.recordError(TransportError.refused(location: "https://h/plain-looking-key", reason: "ntn_secret"))
        span.end()
        await bench.send()
        #expect(bench.end.sent.count == 3)
        for request in bench.end.sent {
            let text = String(decoding: request.body ?? Data(), as: UTF8.self)
            for secret in ["plain-looking-key", "abc.def", "ya29.token", "ntn_secret", "publickey"] {
                #expect(!text.contains(secret))
            }
            #expect(text.contains("<redacted>"))
        }
    }

    @Test func `a report of a run names each kind of failure once per organization`() async throws {
        let bench = try SentryBench(rate: 0)
        func failure(_ number: Int) -> Outcome { .failed(Failure(code: "google_down", message: "Event \(number).")) }
        let adoption = EventAdoption(desired: .sample(1), event: EventID(rawValue: "e1"), etag: .number(1))
        let failed = OrganizationPlan.failed(.sample("acm"), "Notion refused.")
        let report = Report(organizations: [
            OrganizationReport(plan: failed, outcomes: []),
            OrganizationReport(
                plan: .planned(.sample("film")),
                done: (1...50).map { OrganizationReport.Done(.adopt(adoption), failure($0)) }
            ),
        ])
        let span = bench.tracer.startSpan("run", context: .topLevel)
        span.recordError(
            Failure(code: "notion_unauthorized", message: "Notion refused."),
            attributes: ["organization": "acm"]
        )
        span.record(report)
        span.end()
        await bench.send()
        let tags = try bench.payloads().map { ($0["tags"] as? [String: String])?["organization"] }
        #expect(tags == ["acm", "film"])
    }
}
