import Emulation
import Foundation
import Testing

/// What Google stores differently from what it was sent.
struct StoredContentTests {
    private static let block = "\n-::~:~::~ Join with Google Meet ~:~::~"

    private static func describe(_ scenario: Scenario, _ page: Int, _ text: String) throws {
        try scenario.editPage(page) { $0.values["iK%3DN"] = RichText.text(text) }
    }

    private static func description(_ scenario: Scenario, _ page: Int) throws -> String? {
        try scenario.event(of: page).fields["description"]?.string
    }

    private static func run(_ body: @escaping @Sendable (Scenario) async throws -> Void) async throws {
        try await Scenario.run(
            pages: 2,
            build: { world, _ in
                for page in 0..<2 {
                    world.editPage(World.page(page)) { $0.values["iK%3DN"] = RichText.text("Bring a laptop.\(block)") }
                }
            }
        ) { scenario in
            scenario.set { $0.droppedText = "\\n-::~.*" }
            try await body(scenario)
        }
    }

    @Test func `what was dropped is said once, and written no more`() async throws {
        try await Self.run { scenario in
            let applied = await scenario.expectApplied()
            #expect(applied.warnings.filter { $0 == "stored_differently" }.count == 2)
            #expect(applied.output.contains("Join with Google Meet"))
            let description = try Self.description(scenario, 1)
            #expect(description == "Bring a laptop.")
            await scenario.expectConverged()
            #expect(await scenario.plan().warnings.isEmpty)
        }
    }

    /// The mark that tells of it is a convenience: refused, it takes nothing from what was confirmed.
    @Test(arguments: ["quotaExceeded", "notFound"])
    func `what was written is told and can be taken back although its mark was refused`(reason: String) async throws {
        try await Self.run { scenario in
            let status = reason == "notFound" ? 404 : 403
            let body = #"{"error":{"code":\#(status),"message":"No.","errors":[{"reason":"\#(reason)"}]}}"#
            let refusal = Fault.Action.respond(status: status, body: body)
            scenario.emulator.add(Fault(refusal, api: "google", method: "PATCH", inBatch: true))
            let applied = await scenario.apply()
            let events = applied.changes.filter { $0.resource == "event" }
            #expect(events.map(\.outcome) == ["applied", "applied"], "\(applied.output)")
            scenario.emulator.removeFaults()
            #expect(await scenario.reconcile("undo", "1", "--auto-approve").code == 0)
            try scenario.expectEvents(0)
        }
    }

    @Test func `two states write it once`() async throws {
        try await Self.run { scenario in
            await scenario.expectApplied()
            let before = scenario.writes
            let other: [String: String?] = ["RECONCILE_STATE": scenario.path("other.db")]
            for _ in 1...2 {
                let ran = await scenario.reconcile(["apply", "--auto-approve"], environment: other)
                #expect(ran.code == 0, "\(ran.output)\(ran.errors)")
            }
            #expect(scenario.writes == before)
            // Somebody sets a colour: the version is another, the content is not.
            try scenario.editEvent(of: 1) { $0.fields["colorId"] = "3" }
            for environment in [other, [:]] {
                let ran = await scenario.reconcile(["apply", "--auto-approve"], environment: environment)
                #expect(ran.code == 0, "\(ran.output)\(ran.errors)")
            }
            #expect(scenario.writes == before)
        }
    }

    @Test(arguments: [false, true])
    func `what a person changes beside it is corrected, also back to an older content`(isLost: Bool) async throws {
        try await Self.run { scenario in
            await scenario.expectApplied()
            try Self.describe(scenario, 1, "Bring two laptops.")
            await scenario.expectApplied()
            #expect(try scenario.event(of: 1).marks["reconcileStored"] == nil)
            if isLost { try scenario.deleteState() }
            try scenario.editEvent(of: 1) { $0.fields["description"] = "Bring a laptop." }
            let plan = await scenario.plan()
            #expect(plan.changes.filter { $0.action == "update" }.map(\.reason) == ["drift"], "\(plan.output)")
            await scenario.expectApplied()
            #expect(try Self.description(scenario, 1) == "Bring two laptops.")
            try scenario.editEvent(of: 0) { $0.fields["description"] = "Mine." }
            await scenario.expectApplied()
            #expect(try Self.description(scenario, 0) == "Bring a laptop.")
            await scenario.expectConverged()
        }
    }

    @Test func `a lost state and a rebuilt one know it by the mark`() async throws {
        try await Self.run { scenario in
            await scenario.expectApplied()
            let before = scenario.writes
            try scenario.deleteState()
            await scenario.expectApplied()
            await scenario.expectConverged()
            #expect(await scenario.reconcile("state", "rebuild").code == 0)
            await scenario.expectApplied()
            await scenario.expectConverged()
            #expect(scenario.writes == before)
        }
    }
}
