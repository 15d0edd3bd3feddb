import Foundation
import ReconcileModel
import Synchronization
import Telemetry
import TestSupport
import Testing
import Tracing

struct ErrorReportingTests {
    @Test func `errors and traces reach a server by the end of the work`() async throws {
        let bodies = Mutex<[String]>([])
        let server = try LoopbackServer { connection in
            while let request = connection.request() {
                bodies.withLock { $0.append(request) }
                connection.answer()
            }
        }
        let reporting = try ErrorReporting(
            environment: [
                "SENTRY_DSN": "http://publickey@127.0.0.1:\(server.port)/42", "SENTRY_TRACES_SAMPLE_RATE": "1",
            ],
            version: "1.2",
            filter: SecretFilter(),
            logger: Lines().consoleLogger()
        )
        let failure = Failure(code: "x", message: "It broke.")
        await #expect(throws: failure) {
            try await reporting.whileSending {
                try reporting.tracer.withSpan("run", context: .topLevel) { _ in throw failure }
            }
        }
        server.stop()
        let requests = bodies.withLock(\.self)
        #expect(requests.count == 2)
        for request in requests { #expect(request.hasPrefix("POST /api/42/envelope/ HTTP/1.1\r\n")) }
        let envelopes = try requests.map { request in
            try Envelope(body: String(request[try #require(request.range(of: "\r\n\r\n")).upperBound...]))
        }
        #expect(envelopes.map { $0.itemHeader["type"] as? String } == ["event", "transaction"])
    }

    @Test func `nothing happens while it is off`() async throws {
        let reporting = try ErrorReporting(
            environment: [:],
            version: "1",
            filter: SecretFilter(),
            logger: Lines().consoleLogger()
        )
        let isRecording = await reporting.whileSending {
            reporting.tracer.withSpan("run") { span in span.isRecording }
        }
        #expect(!isRecording)
    }
}
