import Emulation
import LinkStorage
import ReconcileModel
import Testing

/// Many writes in few requests, and each with its own outcome.
struct BatchTests {
    @Test func `answers in any order go to the calls that they belong to`() async throws {
        try await Scenario.run(pages: 120) { scenario in
            scenario.set { $0.shufflesBatchParts = true }
            await scenario.expectApplied()
            for page in 0..<120 { try scenario.retitle(page, "Edited \(page)") }
            await scenario.expectApplied("--allow-updates", "acm:120")
            for page in 0..<120 { #expect(try scenario.event(of: page).summary == "Edited \(page)") }
            await scenario.expectConverged()
        }
    }

    private static let refusal = """
        {"error":{"errors":[{"domain":"global","reason":"invalid","message":"Invalid start time."}],\
        "code":400,"message":"Invalid start time."}}
        """

    @Test func `one refused event is named with Google's reason, and the others go on`() async throws {
        try await Scenario.run(pages: 10) { scenario in
            let refusal = Fault.Action.respond(status: 400, body: Self.refusal)
            scenario.emulator.add(Fault(refusal, .nth(number: 4), api: "google", method: "POST", inBatch: true))
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            let failed = applied.changes.filter { $0.outcome == "failed" }
            #expect(failed.map(\.title) == ["Event 3"])
            #expect(failed.first?.explanation.contains("Invalid start time.") == true)
            #expect(applied.changes.count { $0.outcome == "applied" } == 10)
            try scenario.expectEvents(9)

            #expect(try await Self.lastSync(scenario) == nil)
            #expect(await scenario.plan().changes.map(\.title) == ["Event 3"])
            await scenario.expectApplied()
            await scenario.expectConverged()
            #expect(try await Self.lastSync(scenario) == scenario.clock.timestamp.rfc3339())
        }
    }

    /// What the state says about the last run without errors.
    private static func lastSync(_ scenario: Scenario) async throws -> String? {
        try await SQLiteState(path: scenario.statePath) { scenario.clock.timestamp }.snapshot().organizations["acm"]?
            .lastSync
    }

    @Test func `an update that Google keeps refusing is shown at every plan`() async throws {
        try await Scenario.run(pages: 10) { scenario in
            await scenario.expectApplied()
            for page in [3, 4, 5] { try scenario.retitle(page, "Edited \(page)") }
            let path = "/\(World.eventID(4))$/"
            for isBatched in [true, false] {
                let refusal = Fault.Action.respond(status: 400, body: Self.refusal)
                scenario.emulator.add(Fault(refusal, method: "PATCH", path: path, inBatch: isBatched))
            }
            for _ in 1...2 {
                let applied = await scenario.apply()
                #expect(applied.code == 1)
                #expect(applied.changes.filter { $0.outcome == "failed" }.map(\.title) == ["Edited 4"])
                #expect(await scenario.plan().changes.map(\.title) == ["Edited 4"])
            }
            #expect(try scenario.event(of: 4).summary == "Event 4")
            scenario.emulator.removeFaults()
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }

    @Test(arguments: [429, 403, 409, 500, 503])
    func `calls that are turned away for a moment are tried again`(status: Int) async throws {
        try await Scenario.run(pages: 60) { scenario in
            scenario.emulator.add(Fault(.respond(status: status), .first(count: 20), api: "google", inBatch: true))
            await scenario.expectApplied()
            try scenario.expectEvents(60)
            await scenario.expectConverged()
        }
    }

    @Test func `a service that stays overloaded ends the run with an error, and the next run completes it`()
        async throws
    {
        try await Scenario.run(pages: 60) { scenario in
            // Batches get smaller; in the end a call travels alone.
            for isBatched in [true, false] {
                let overload = Fault(
                    .respond(status: 429),
                    api: "google",
                    method: "POST",
                    path: "/events$/",
                    inBatch: isBatched
                )
                scenario.emulator.add(overload)
            }
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.changes.filter { $0.outcome == "applied" }.map(\.resource) == ["calendar"])
            scenario.emulator.removeFaults()
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }

    @Test func `an account that may change nothing more for hours is not asked on and on`() async throws {
        try await Scenario.run(pages: 200) { scenario in
            let body = #"{"error":{"code":403,"message":"Quota.","errors":[{"reason":"quotaExceeded"}]}}"#
            scenario.emulator.add(Fault(.respond(status: 403, body: body), api: "google", inBatch: true))
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.requests["google_batched"] == 50)
            #expect(applied.changes.count { $0.outcome == "skipped" } == 200)
            scenario.emulator.removeFaults()
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }

    @Test func `tokens that are revoked in the middle of a run are replaced`() async throws {
        try await Scenario.run(pages: 120) { scenario in
            for _ in 1...2 { scenario.emulator.beforeNext("POST", "/batch/") { $0.revokeTokens() } }
            await scenario.expectApplied()
            scenario.emulator.beforeNext("PATCH", "/calendar/") { $0.revokeTokens() }
            try scenario.retitle(1, "Edited")
            await scenario.expectApplied()
            #expect(scenario.emulator.requests.entries.contains { $0.status == 401 })
            await scenario.expectConverged()
        }
    }

    @Test func `tokens that expire in the middle of a run are replaced`() async throws {
        try await Scenario.run(pages: 120) { scenario in
            let clock = scenario.clock
            scenario.emulator.beforeNext("POST", "/batch/") { _ in clock.advance(by: .seconds(2 * 3600)) }
            await scenario.expectApplied()
            #expect(scenario.emulator.requests.entries.contains { $0.status == 401 })
            await scenario.expectConverged()
        }
    }
}
