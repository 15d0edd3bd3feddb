import Foundation
import HTTPTypes
import ReconcileModel
import Reconciling
import Serving
import Synchronization
import TestSupport
import Transport

@testable import ReconcileCommands

/// A running `reconcile serve` beside the emulated services of a scenario. Its time moves only when the test says so.
struct ServiceScenario: Sendable {
    let scenario: Scenario
    let clock: SteppedClock
    let baseURL: String
    let transport: CurlTransport
    let log: Transcript
    let stop: StopRequest

    static let token = "the-token-of-the-tests"

    /// What came back.
    struct Answer: Sendable {
        var status: Int
        var headers: HTTPFields
        var body: Data

        var text: String { String(decoding: body, as: UTF8.self) }
        var json: [String: Any] { (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:] }
    }

    /// Starts the service, runs `body`, and lets the service end as SIGTERM does.
    ///
    /// - Parameters:
    ///   - arguments: more than `serve --port 0`.
    ///   - changes: variables that differ from the scenario's; nil: unset.
    ///   - certificate: a file; for a service behind TLS.
    ///   - timeouts: of connections, in real time.
    static func run(
        in scenario: Scenario,
        _ arguments: [String] = [],
        environment changes: [String: String?] = [:],
        trusting certificate: String? = nil,
        timeouts: ServiceConfiguration.Timeouts = ServiceConfiguration.Timeouts(),
        _ body: @escaping @Sendable (ServiceScenario) async throws -> Void
    ) async throws {
        let (addresses, found) = AsyncStream<String>.makeStream()
        let log = Transcript()
        let console = Console(
            output: { _ in },
            errorOutput: { line in
                log.append(line)
                if let match = line.firstMatch(of: /at (https?:\/\/\S+)/) { found.yield(String(match.1)) }
            }
        )
        let clock = SteppedClock()
        var timing = Timing()
        timing.clock = clock
        timing.now = { scenario.clock.timestamp.adding(seconds: Int(clock.now.offset.components.seconds)) }
        timing.serviceTimeouts = timeouts
        var environment = scenario.environment
        environment["RECONCILE_API_TOKEN"] = token
        for (name, value) in changes { environment[name] = value }
        let context = CommandContext(environment: environment, console: console, timing: timing)
        let command = ["serve", "--port", "0", "--orgs-dir", scenario.path("orgs.d")] + arguments
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { found.finish() }
                let code = await ReconcileTool.run(command, in: context)
                guard code == 0 else { throw Ended(code: code, log: log.text) }
            }
            for await address in addresses {
                var configuration = CurlTransport.Configuration(
                    environment: certificate.map { ["CURL_CA_BUNDLE": $0] } ?? [:],
                    version: "test"
                )
                // What a busy machine takes is no matter of these tests; their own time limits end what hangs.
                (configuration.timeouts.total, configuration.timeouts.stall) = (.seconds(900), .seconds(900))
                let transport = CurlTransport(configuration: configuration)
                defer { transport.close() }
                let service = ServiceScenario(
                    scenario: scenario,
                    clock: clock,
                    baseURL: address,
                    transport: transport,
                    log: log,
                    stop: context.stop
                )
                let result = await Self.result { try await body(service) }
                _ = context.stop.request(signal: SIGTERM)
                try await group.waitForAll()
                return try result.get()
            }
            try await group.waitForAll()
        }
    }

    /// The service ended by itself.
    struct Ended: Error {
        var code: Int32
        var log: String
    }

    private static func result(_ body: () async throws -> Void) async -> Result<Void, any Error> {
        do { return .success(try await body()) } catch { return .failure(error) }
    }

    // MARK: - Requests

    func get(_ path: String, _ fields: HTTPFields = [:]) async throws -> Answer {
        try await send(.get, path, fields)
    }

    /// - Parameter token: nil: none is shown.
    func post(
        _ path: String,
        _ fields: HTTPFields = [:],
        body: Data = Data(),
        token: String? = ServiceScenario.token
    ) async throws -> Answer {
        var fields = fields
        if let token { fields[.authorization] = "Bearer \(token)" }
        return try await send(.post, path, fields, body)
    }

    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ fields: HTTPFields = [:],
        _ body: Data = Data()
    ) async throws -> Answer {
        let authority = String(baseURL.drop { $0 != "/" }.dropFirst(2))
        let scheme = String(baseURL.prefix { $0 != ":" })
        let head = HTTPRequest(method: method, scheme: scheme, authority: authority, path: path, headerFields: fields)
        let response = try await transport.send(OutgoingRequest(head: head, body: body.isEmpty ? nil : body))
        return Answer(status: response.status, headers: response.head.headerFields, body: response.body)
    }
}

extension ServiceScenario {
    /// Asks the service again and again until it has got there: its own tasks give no other sign.
    func waitUntil(_ isTrue: () throws -> Bool) async throws {
        while try !isTrue() {
            try Task.checkCancellation()
            _ = try await get("/healthz")
        }
    }
}

extension ServiceScenario.Answer {
    var message: String { json["message"] as? String ?? "" }

    var events: [[String: Any]] { json["events"] as? [[String: Any]] ?? [] }

    struct Processed: Sendable {
        var event: String
        var status: String
        var summary: String
    }

    var processed: [Processed] {
        (json["events_processed"] as? [[String: String]] ?? []).map { event in
            Processed(
                event: event["gcal_event_id"] ?? "",
                status: event["status"] ?? "",
                summary: event["summary"] ?? ""
            )
        }
    }
}
