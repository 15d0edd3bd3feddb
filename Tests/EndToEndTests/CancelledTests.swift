import Emulation
import Testing

/// `cancelled:` says what becomes of events that are called off.
struct CancelledTests {
    private static let off = NotionProperty("Off", id: "oFf", type: "checkbox")

    private func run(_ line: String, _ body: @escaping @Sendable (Scenario) async throws -> Void) async throws {
        try await Scenario.run(
            pages: 4,
            declaration: line,
            build: { world, database in
                world.add([Self.off], to: database)
            }
        ) { scenario in
            await scenario.expectApplied()
            try await body(scenario)
        }
    }

    @Test func `what is called off is removed, with proof, and comes back`() async throws {
        try await run("cancelled: {property: 'Off', values: [true], show: remove}") { scenario in
            let id = try scenario.event(of: 1).id
            try scenario.callOff(1, true)
            #expect(await scenario.plan().changes.map { "\($0.action) \($0.reason)" } == ["delete cancelled"])
            await scenario.expectApplied()
            await scenario.expectConverged()
            try scenario.expectEvents(3)
            try scenario.callOff(1, false)
            await scenario.expectApplied()
            #expect(try scenario.event(of: 1).id == id)
        }
    }

    @Test func `with a prefix it stays, titled so, and the time is free`() async throws {
        try await run("cancelled: {property: 'Off', values: [true], prefix: 'Cancelled: '}") { scenario in
            try scenario.callOff(1, true)
            let plan = await scenario.plan()
            #expect(plan.changes.map { "\($0.action) \($0.fields)" } == [#"update ["busy", "summary"]"#])
            await scenario.expectApplied()
            await scenario.expectConverged()
            let event = try scenario.event(of: 1)
            #expect(event.summary == "Cancelled: Event 1" && event.fields["transparency"] == "transparent")
            try scenario.callOff(1, false)
            await scenario.expectApplied()
            await scenario.expectConverged()
            let again = try scenario.event(of: 1)
            #expect(again.summary == "Event 1" && again.fields["transparency"] == nil)
        }
    }

    @Test func `a property that is not there changes nothing`() async throws {
        try await run("cancelled: {property: 'Off', values: [true], show: remove}") { scenario in
            try scenario.callOff(1, true)
            try scenario.editProperty("Off") { $0.name = "Called off" }
            let plan = await scenario.plan()
            #expect(plan.code == 1 && plan.changes.isEmpty)
            #expect(plan.message?.contains("there is no property \"Off\"") == true)
        }
    }
}

extension Scenario {
    fileprivate func callOff(_ page: Int, _ isOff: Bool) throws {
        try editPage(page) { $0.values["oFf"] = JSONText(.bool(isOff)) }
    }
}
