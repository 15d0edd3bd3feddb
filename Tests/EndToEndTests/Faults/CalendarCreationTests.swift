import Emulation
import Foundation
import Testing

/// A calendar has no id of ours to be recognized by: a creation that may have been carried out is never just repeated.
struct CalendarCreationTests {
    private static func refusal(_ status: Int) -> String {
        let (domain, reason) = status == 401 ? ("global", "authError") : ("usageLimits", "rateLimitExceeded")
        return #"{"error":{"errors":[{"domain":"\#(domain)","reason":"\#(reason)","message":"No"}],"#
            + #""code":\#(status),"message":"No"}}"#
    }

    @Test(arguments: [401, 403, 408, 429, 500, 503], [false, true])
    func `a creation that is refused and was carried out makes one calendar`(status: Int, isPage: Bool) async throws {
        try await Scenario.run(pages: 2) { scenario in
            scenario.emulator.add(
                Fault(
                    .misreport(status: status, body: isPage ? "<html>No</html>" : Self.refusal(status)),
                    .first(count: 1),
                    api: "google",
                    method: "POST",
                    path: "/calendars$/"
                )
            )
            await scenario.expectApplied()
            try scenario.expectCalendar(holds: 2)
            await scenario.expectConverged()
        }
    }

    @Test(arguments: [401, 403, 429])
    func `a creation that is clearly refused is tried again after a look at the list`(status: Int) async throws {
        try await Scenario.run(pages: 2) { scenario in
            let refusal = Fault.Action.respond(status: status, body: Self.refusal(status))
            let count = status == 401 ? 1 : 3
            scenario.emulator.add(
                Fault(refusal, .first(count: count), api: "google", method: "POST", path: "/calendars$/")
            )
            await scenario.expectApplied()
            try scenario.expectCalendar(holds: 2)
            // Between two creations the list is read.
            let routes = scenario.emulator.requests.entries.map { "\($0.method) \($0.route)" }
            let (creation, list) = ("POST /calendar/v3/calendars", "GET /calendar/v3/users/me/calendarList")
            let relevant = routes.filter { $0 == creation || $0 == list }
            #expect(zip(relevant, relevant.dropFirst()).allSatisfy { $0 != creation || $1 == list }, "\(relevant)")
        }
    }
}
