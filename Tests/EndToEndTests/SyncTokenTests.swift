import CalendarAPI
import Emulation
import Foundation
import ReconcileModel
import Testing
import Transport

/// Reading only what changed, against the emulator.
struct SyncTokenTests {
    private static func client(_ scenario: Scenario) throws -> CalendarClient {
        let key = try #require(scenario.environment["GOOGLE_SERVICE_ACCOUNT"])
        let transport = CurlTransport()
        let clock = scenario.clock
        let tokens = AccessTokenSource(
            key: try CalendarAPI.ServiceAccountKey(json: Data(key.utf8), source: "the test"),
            transport: transport,
            now: { clock.secondsSince1970 }
        )
        return CalendarClient(
            baseURL: try #require(URL(string: scenario.address.baseURL)),
            tokens: tokens,
            transport: transport,
            retry: CallRetry(clock: clock.clock, random: { 0 })
        )
    }

    @Test func `changes are listed until Google forgets the token`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let client = try Self.client(scenario)
            let calendar = CalendarID(rawValue: try #require(try scenario.calendar()))
            let token = try #require(try await client.events(of: calendar, showDeleted: true) { _ in }.nextSyncToken)
            #expect(try await Self.changed(client, calendar, token) == [])
            try scenario.editEvent(of: 1) { $0.fields["colorId"] = "7" }
            try scenario.editEvent(of: 2) { $0.fields["status"] = "cancelled" }
            #expect(try await Self.changed(client, calendar, token) == [World.eventID(1), World.eventID(2)])
            scenario.emulator.expireSyncTokens(of: calendar.rawValue)
            #expect(try await Self.changed(client, calendar, token) == nil)
        }
    }

    /// The ids of changed events; nil where everything must be listed anew.
    private static func changed(
        _ client: CalendarClient,
        _ calendar: CalendarID,
        _ token: String
    ) async throws -> [String]? {
        switch try await client.changes(of: calendar, since: token) {
        case .changes(let events, _): events.map(\.id.rawValue).sorted()
        case .fullSyncRequired: nil
        }
    }
}
