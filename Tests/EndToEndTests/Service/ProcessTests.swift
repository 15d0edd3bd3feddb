import Foundation
import TestSupport
import Testing

/// What only shows in a process of its own: signals, standard streams, memory.
struct ProcessTests {
    /// A `reconcile serve` of its own, that is ready.
    private struct Served {
        let process: ChildProcess
        let address: String

        init(in scenario: Scenario, shell: String = "") async throws {
            var environment = scenario.environment
            environment["RECONCILE_API_TOKEN"] = ServiceScenario.token
            environment["NOTION_WEBHOOK_SECRET"] = "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"
            let process = try ChildProcess(
                "/bin/bash",
                ["-c", "\(shell)exec \"$0\" serve --port 0", BuiltProgram.reconcile],
                environment: environment,
                folder: scenario.path(""),
                errors: .pipe
            )
            let said = await Self.ready(process)
            self.process = process
            guard let match = said.firstMatch(of: /at (http:\/\/\S+)/) else {
                process.send(SIGKILL)
                throw ServiceScenario.Ended(code: process.wait().code, log: said)
            }
            address = String(match.1)
        }

        private static func ready(_ process: ChildProcess) async -> String {
            await withCheckedContinuation { continuation in
                Thread.detachNewThread {
                    var text = ""
                    while !text.contains(/at http:\/\/\S+\n/), let data = process.errors?.availableData, !data.isEmpty {
                        text += String(decoding: data, as: UTF8.self)
                    }
                    continuation.resume(returning: text)
                }
            }
        }

        func get(_ path: String) async throws -> String {
            let connection = try RawConnection(to: address)
            connection.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return await connection.receive().text
        }
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
    func `a signal ends the service, with what is in flight`(signal: Int32) async throws {
        try await Scenario.run(pages: 1) { scenario in
            let served = try await Served(in: scenario)
            served.process.send(signal)
            #expect(await served.process.ended().reason == .exited(0))
        }
    }

    @Test func `the end of a terminal that is not to end it does not`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            let served = try await Served(in: scenario, shell: "trap '' HUP; ")
            served.process.send(SIGHUP)
            #expect(try await served.get("/healthz").contains("200"))
            served.process.send(SIGTERM)
            #expect(await served.process.ended().reason == .exited(0))
        }
    }

    /// Runs `apply` with some of its standard streams closed.
    private func apply(_ scenario: Scenario, closing redirections: String) async throws -> ChildProcess.End {
        let process = try ChildProcess(
            "/bin/bash",
            ["-c", "exec \"$0\" apply --auto-approve -v \(redirections)", BuiltProgram.reconcile],
            environment: scenario.environment,
            folder: scenario.path("")
        )
        return await process.ended()
    }

    @Test(arguments: [("<&-", 0), ("2>&-", 0), ("<&- 2>&-", 0), (">&-", 1), ("<&- >&- 2>&-", 1)])
    func `a standard stream that is closed does not become another file`(redirections: String, code: Int32) async throws
    {
        try await Scenario.run(pages: 3) { scenario in
            let end = try await apply(scenario, closing: redirections)
            // Where the output could not be written, whoever wanted it is told.
            #expect(end.reason == .exited(code))
            try scenario.expectEvents(3)
            for name in try scenario.stateFiles {
                let data = try Data(contentsOf: URL(filePath: scenario.path(name)))
                for text in ["debug: ", "Plan: ", "error: "] {
                    #expect(data.range(of: Data(text.utf8)) == nil, "\(name)")
                }
            }
            #expect(await scenario.plan().code == 0)
        }
    }

    @Test func `strangers take no memory with bodies that never end`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            let served = try await Served(in: scenario)
            let before = try await residentBytes(served)
            let body = String(repeating: "x", count: 900_000)
            let signature = "X-Notion-Signature: sha256=\(String(repeating: "0", count: 64))\r\n"
            let requests = [
                "POST /api/calendar/acm/sync HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n\(body)",
                "POST /api/calendar/acm/sync HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nf4240\r\n\(body)",
                "POST /api/notion/webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n\(body)",
                "POST /api/notion/webhook HTTP/1.1\r\nHost: localhost\r\n\(signature)Content-Length: 65536\r\n\r\n"
                    + body.prefix(65_000),
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: \(body.prefix(75_000))",
            ]
            var connections: [RawConnection] = []
            for number in 0..<500 {
                let connection = try RawConnection(to: served.address)
                connection.send(requests[number % requests.count])
                connections.append(connection)
            }
            let after = try await residentBytes(served)
            #expect(after - before < 100_000_000, "\((after - before) / 1_000_000) MB more")
            withExtendedLifetime(connections) {}
            served.process.send(SIGKILL)
            _ = await served.process.ended()
        }
    }

    private func residentBytes(_ served: Served) async throws -> Double {
        let metrics = try await served.get("/metrics")
        let line = try #require(metrics.firstMatch(of: /\nprocess_resident_memory_bytes (\S+)/))
        return try #require(Double(line.1))
    }
}
