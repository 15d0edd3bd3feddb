import Emulation
import Foundation
import Testing

/// A kind of request of one organization goes wrong for ever: until it is mended, that organization fails alone.
struct LastingFaultTests {
    private static let troubles: [Trouble] = [
        .limited, .serverError, .resetBefore, .resetAfter, .malformed, .pageWithSuccess,
    ]

    @Test(arguments: RequestKind.allCases, troubles)
    func `a fault that lasts is an error, and is forgotten when it is over`(
        kind: RequestKind,
        trouble: Trouble
    ) async throws {
        guard let action = trouble.action(on: kind) else { return }
        try await Scenario.run(pages: 4) { scenario in
            // Requests that only a first run makes meet the fault there, the others when all is in place.
            let isOfFirstRun = [.calendarList, .insertCalendar, .batch].contains(kind)
            if !isOfFirstRun { #expect(await scenario.apply().code == 0) }
            // A single edit travels alone, an edit and a delete would share a batch.
            let removes = !isOfFirstRun && kind != .writeEvent
            try change(scenario, removing: removes)
            scenario.emulator.resetRequests()
            scenario.emulator.add(kind.fault(action))

            let ran = await scenario.apply()
            #expect(kind.wasRequested(scenario.emulator.requests), "the fault never struck")
            #expect(ran.code == (Self.isOvercome(kind, trouble) ? 0 : 1))
            if ran.code == 1 {
                expectExplanation(ran, of: kind)
                #expect(scenario.emulator.requests.entries.allSatisfy { $0.method != "DELETE" })
            }

            scenario.emulator.removeFaults()
            let mended = await scenario.apply()
            #expect(mended.code == 0, "\(mended.output)\(mended.errors)")
            try scenario.expectCalendar(holds: removes ? 3 : 4)
            #expect(await scenario.plan().code == 0)
        }
    }

    /// A calendar that was created without an answer is found by its mark, an event that was written without one is read,
    /// and of an answer to a batch that is cut short the whole parts count.
    private static func isOvercome(_ kind: RequestKind, _ trouble: Trouble) -> Bool {
        switch kind {
        case .insertCalendar, .writeEvent: trouble == .resetAfter || trouble == .malformed
        case .batch: trouble == .malformed
        default: false
        }
    }

    /// An edited page, and one in the trash.
    private func change(_ scenario: Scenario, removing: Bool) throws {
        try scenario.emulator.withWorld { world in
            world.editPage(World.page(1)) { $0.values["title"] = RichText.text("Moved event") }
            if removing { world.editPage(World.page(2)) { $0.isInTrash = true } }
        }
    }

    private func expectExplanation(_ ran: Scenario.Ran, of kind: RequestKind) {
        let said = ran.output
        let named =
            switch kind {
            case .database, .dataSource, .query, .page: ["Notion", "/v1/"]
            case .token: ["token"]
            case .calendarList, .calendar, .insertCalendar, .listEvents, .writeEvent, .batch: ["Google", "calendar"]
            }
        #expect(named.contains { said.contains($0) }, "\(said)")
    }
}
