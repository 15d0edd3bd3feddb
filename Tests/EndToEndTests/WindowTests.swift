import Emulation
import Foundation
import Testing

/// `window:` leaves events of other times alone.
struct WindowTests {
    /// Ten pages, one on each tenth day from forty days ago; the window has five of them.
    private func run(_ body: @escaping @Sendable (Scenario) async throws -> Void) async throws {
        try await Scenario.run(pages: 0, declaration: "window: {past: 20d, future: 20d}") { scenario in
            try scenario.emulator.withWorld { world in
                for number in 0..<10 {
                    let (title, id) = ("Event \(number)", World.page(number))
                    world.addPage(to: scenario.database, title: title, date: scenario.day(10 * number - 40), id: id)
                }
            }
            try await body(scenario)
        }
    }

    @Test func `only what lies inside gets an event, and what lies outside keeps its own`() async throws {
        try await run { scenario in
            await scenario.expectApplied()
            #expect(try scenario.titles == (2...6).map { "Event \($0)" })
            await scenario.expectConverged()
            // Without a window all have one, and with it again none goes.
            try scenario.declare("acm", database: scenario.database)
            await scenario.expectApplied()
            try scenario.expectEvents(10)
            try scenario.declare("acm", database: scenario.database, more: "window: {past: 20d, future: 20d}")
            try scenario.trash([0, 9])
            try scenario.retitle(1, "Renamed")
            await scenario.expectConverged()
            try scenario.expectEvents(10)
            try scenario.trash([2])
            #expect(await scenario.plan().changes.map(\.reason) == ["trashed"])
        }
    }

    @Test func `a page that is moved over the edge takes its event along`() async throws {
        try await run { scenario in
            await scenario.expectApplied()
            let id = try scenario.event(of: 4).id
            try scenario.move(4, to: scenario.day(90))
            #expect(await scenario.plan().changes.map(\.action) == ["update"])
            await scenario.expectApplied()
            await scenario.expectConverged()
            #expect(try scenario.event(of: 4).id == id)
            try scenario.move(4, to: scenario.day(91))
            await scenario.expectConverged()
            try scenario.move(4, to: scenario.day(1))
            await scenario.expectApplied()
            #expect(try scenario.event(of: 4).id == id)
            await scenario.expectConverged()
        }
    }

    @Test func `as days pass, nothing is deleted, and a lost state makes no twins`() async throws {
        try await run { scenario in
            await scenario.expectApplied()
            scenario.clock.advance(by: .seconds(30 * 86_400))
            await scenario.expectApplied()
            #expect(try scenario.titles == (2...9).map { "Event \($0)" })
            await scenario.expectConverged()
            try scenario.deleteState()
            let before = scenario.writes
            await scenario.expectApplied()
            #expect(scenario.writes == before)
            await scenario.expectConverged()
            try scenario.declare("acm", database: scenario.database)
            await scenario.expectApplied()
            try scenario.expectEvents(10)
            await scenario.expectConverged()
        }
    }

    @Test func `pages outside are neither looked at alone nor warned of`() async throws {
        try await run { scenario in
            try scenario.declare("acm", database: scenario.database)
            await scenario.expectApplied()
            try scenario.declare("acm", database: scenario.database, more: "window: {past: 20d, future: 20d}")
            let before = scenario.emulator.requests.requests("notion")
            #expect(await scenario.plan().code == 0)
            let quiet = scenario.emulator.requests.requests("notion") - before
            try scenario.trash([0])
            try scenario.retitle(9, "")
            let start = scenario.emulator.requests.requests("notion")
            let plan = await scenario.plan()
            #expect(plan.code == 0)
            #expect(plan.warnings.isEmpty)
            #expect(scenario.emulator.requests.requests("notion") - start == quiet)
        }
    }
}

extension Scenario {
    fileprivate var titles: [String] { get throws { try events().values.compactMap(\.summary).sorted() } }

    fileprivate func move(_ page: Int, to day: String) throws {
        try editPage(page) { $0.values["%5BWk%3F"] = JSONText(NotionProperty.date(day)) }
    }
}
