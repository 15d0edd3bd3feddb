import Foundation
import HTTPTypes
import Reconciling
import TestSupport
import Transport

@testable import ReconcileCommands

extension Site {
    /// Starts the service, asks for the public events of organizations, and lets it end. It synchronizes nothing meanwhile.
    func feeds(of prefixes: [String]) async throws -> [String: PublicFeed] {
        let (addresses, found) = AsyncStream<String>.makeStream()
        let console = Console(
            output: { _ in },
            errorOutput: { line in
                if let match = line.firstMatch(of: /at (http:\/\/\S+)/) { found.yield(String(match.1)) }
            }
        )
        var timing = Timing()
        timing.clock = SteppedClock()
        let context = CommandContext(environment: commandEnvironment, console: console, timing: timing)
        let command = ["serve", "--port", "0", "--orgs-dir", folder.path]
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { found.finish() }
                let code = await ReconcileTool.run(command, in: context)
                guard code == 0 else { throw Unserved(code: code) }
            }
            var feeds: [String: PublicFeed] = [:]
            for await address in addresses {
                defer { _ = context.stop.request(signal: SIGTERM) }
                feeds = try await Self.feeds(of: prefixes, at: address)
                break
            }
            try await group.waitForAll()
            return feeds
        }
    }

    private static func feeds(of prefixes: [String], at address: String) async throws -> [String: PublicFeed] {
        let transport = CurlTransport(configuration: CurlTransport.Configuration(environment: [:], version: "test"))
        defer { transport.close() }
        let authority = String(address.dropFirst("http://".count))
        func get(_ path: String) async throws -> (status: Int, body: Data) {
            let head = HTTPRequest(method: .get, scheme: "http", authority: authority, path: path)
            let response = try await transport.send(OutgoingRequest(head: head, body: nil))
            return (response.status, response.body)
        }
        var feeds: [String: PublicFeed] = [:]
        for prefix in prefixes {
            let json = try await get("/api/calendar/\(prefix)/events")
            let calendar = try await get("/api/calendar/\(prefix)/events.ics")
            feeds[prefix] = PublicFeed(status: json.status, json: json.body, calendar: calendar.body)
        }
        return feeds
    }

    /// The service ended by itself.
    private struct Unserved: Error { var code: Int32 }
}
