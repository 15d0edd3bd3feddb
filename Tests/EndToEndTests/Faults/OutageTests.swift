import Emulation
import Foundation
import Testing

/// A service that is down altogether.
struct OutageTests {
    @Test func `a service that is down is left alone after a few organizations`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            for number in 1...15 {
                let database = try scenario.emulator.withWorld { $0.addDatabase("Club \(number)") }
                try scenario.declare("club-\(number)", database: database)
            }
            scenario.emulator.add(.init(.respond(status: 503), api: "notion"))
            let ran = await scenario.apply()
            #expect(ran.code == 1)
            #expect(ran.organizations.count == 16)
            #expect(ran.organizations.allSatisfy { $0["status"] as? String == "error" })
            let messages = ran.organizations.compactMap { $0["message"] as? String }
            #expect(messages.count { $0.contains("Notion answered with status 503") } >= 4)
            #expect(messages.count { $0.contains("Did not ask") && $0.contains("service is back") } >= 7)
            // Five requests with six attempts each, and those of the same moment; not sixteen of them.
            #expect(scenario.emulator.requests.requests("notion") <= 8 * 6)

            scenario.emulator.removeFaults()
            let mended = await scenario.apply()
            #expect(mended.code == 0, "\(mended.output)")
            #expect(await scenario.plan().code == 0)
        }
    }

    @Test(arguments: [RequestKind.token, .query])
    func `a service that never answers meets the time-out`(kind: RequestKind) async throws {
        try await Scenario.run(pages: 1) { scenario in
            scenario.emulator.add(kind.fault(.hang))
            let ran = await scenario.apply(timeout: .milliseconds(300))
            #expect(ran.code == 1)
            #expect(ran.message?.contains("No complete answer from") == true, "\(ran.output)")
            #expect(ran.message?.contains("in time") == true)
            scenario.emulator.removeFaults()
            #expect(await scenario.apply().code == 0)
            #expect(await scenario.plan().code == 0)
        }
    }

    @Test func `an answer that comes too slowly is asked for again`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            scenario.emulator.add(RequestKind.query.fault(.drip(bytes: 1, milliseconds: 1_000), .first(count: 1)))
            #expect(await scenario.apply(timeout: .seconds(2)).code == 0)
            #expect(RequestKind.query.wasRequested(scenario.emulator.requests, times: 2))
            #expect(await scenario.plan().code == 0)
        }
    }
}
