import Emulation
import Foundation
import TestSupport
import Testing

/// What may look done, behind every door.
struct TruthDoorTests {
    @Test(arguments: Untrue.allCases, Door.reading)
    func `no door says that something was done which was not`(untrue: Untrue, door: Door) async throws {
        try await untrue.run { scenario in
            let before = try scenario.versions()
            let passage = try await door.pass(scenario)
            #expect(try scenario.versions() == before)
            // A plan says what it knows beforehand.
            let isForeseen = [.deletesBlocked, .updatesBlocked, .calendarRefused].contains(untrue)
            #expect(passage.isSuccess == (door == .plan && !isForeseen))
            // No event goes, and no limit is passed, for subscribers alone.
            #expect(passage.titles.allSatisfy { shown in Self.isKept(untrue, shown) }, "\(passage.titles)")
        }
    }

    private static func isKept(_ untrue: Untrue, _ titles: [String]) -> Bool {
        let all = (0..<12).map { "Event \($0)" }.sorted()
        return switch untrue {
        case .deleteUnconfirmed, .deletesBlocked, .updatesBlocked: titles == all
        // What pages ask for may be shown before the calendar has it.
        case .insertUnconfirmed: titles == all || titles == (all + ["Event 20"]).sorted()
        case .updateUnconfirmed, .calendarRefused, .accessRefused, .stopped:
            titles == all || titles == (all.filter { $0 != "Event 1" } + ["New"]).sorted()
        }
    }

    enum Undone: String, CaseIterable, Sendable {
        case creation, update, deletion
    }

    @Test(arguments: Undone.allCases)
    func `an undo does not say that something was taken back which was not`(undone: Undone) async throws {
        try await Scenario.run(pages: 6) { scenario in
            await scenario.expectApplied()
            switch undone {
            case .creation: _ = try scenario.emulator.withWorld { $0.addPage(20, to: scenario.database) }
            case .update: try scenario.retitle(1, "New")
            case .deletion: try scenario.trash([1])
            }
            await scenario.expectApplied()
            let before = try scenario.versions()
            let published = try await Door.events.pass(scenario).titles.last
            for method in ["DELETE", "PATCH", "POST", "PUT"] {
                let fault = Fault(.errorPage(status: 200), api: "google", method: method, path: "/.events/")
                scenario.emulator.add(fault)
            }
            let ran = await scenario.reconcile("undo", "2", "--auto-approve", "--format", "json")
            #expect(ran.code == 1)
            #expect(ran.changes.map(\.outcome) == ["failed"], "\(ran.output)")
            #expect(try scenario.versions() == before)
            let shown = try await Door.events.pass(scenario).titles.last
            #expect(shown == published)
            // Nothing is lost by it: the next one takes it back.
            scenario.emulator.removeFaults()
            let again = await scenario.reconcile("undo", "2", "--auto-approve", "--format", "json")
            #expect(again.code == 0 && again.changes.map(\.outcome) == ["applied"], "\(again.output)")
        }
    }

    @Test(arguments: [false, true])
    func `an undo of what may not be written is an error that changes nothing`(isReadOnly: Bool) async throws {
        try await Scenario.run(pages: 4) { scenario in
            await scenario.expectApplied()
            if isReadOnly {
                let calendar = try #require(try scenario.calendar())
                try scenario.emulator.withWorld { $0.share(calendar, with: World.serviceAccount, as: .reader) }
            } else {
                try Self.disable(scenario)
            }
            let before = try scenario.versions()
            let undone = await scenario.reconcile("undo", "1", "--auto-approve", "--format", "json")
            #expect(undone.code == 1)
            #expect(!undone.changes.contains { $0.outcome == "applied" }, "\(undone.output)")
            #expect(try scenario.versions() == before)
            let shown = try await Door.events.pass(scenario).titles.first
            #expect(shown == (0..<4).map { "Event \($0)" })
        }
    }

    @Test(arguments: Door.writing + [.plan, .events, .feed])
    func `every door counts the deletes that a lost state forgot`(door: Door) async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<5)
            await scenario.expectApplied()
            try scenario.deleteState()
            try scenario.trash(5..<10)
            let passage = try await door.pass(scenario)
            #expect(!passage.isSuccess)
            try scenario.expectEvents(15)
            #expect([nil, 15].contains(passage.titles.last?.count))
        }
    }

    @Test(arguments: Door.writing + [.rebuild, .forget, .events, .feed])
    func `no door writes again what Google stores differently`(door: Door) async throws {
        try await Scenario.run(
            pages: 2,
            build: { world, _ in
                for page in 0..<2 {
                    let text = RichText.text("Bring a laptop.\n-::~:~::~ Join with Google Meet ~:~::~")
                    world.editPage(World.page(page)) { $0.values["iK%3DN"] = text }
                }
            }
        ) { scenario in
            scenario.set { $0.droppedText = "\\n-::~.*" }
            await scenario.expectApplied()
            let before = try scenario.versions()
            let writes = scenario.writes
            #expect(try await door.pass(scenario).isSuccess)
            #expect(try scenario.versions() == before)
            #expect(scenario.writes == writes)
        }
    }

    /// Held after an undo, and never enabled: neither is written to.
    @Test(arguments: Door.reading, [true, false])
    func `no door writes to an organization that is held or was never enabled`(door: Door, isHeld: Bool) async throws {
        try await Scenario.run(pages: 4) { scenario in
            await scenario.expectApplied()
            if isHeld {
                try scenario.retitle(1, "New")
                await scenario.expectApplied()
                #expect(await scenario.reconcile("undo", "2", "--auto-approve").code == 0)
            } else {
                try Self.disable(scenario)
                try scenario.trash([2])
            }
            let before = try scenario.versions()
            _ = try await Self.passQuietly(door, scenario)
            #expect(try scenario.versions() == before)
        }
    }

    private static func disable(_ scenario: Scenario) throws {
        try scenario.write(
            "prefix: acm\nname: ACM\nnotion_database_id: \(scenario.database)\ntimezone: America/Phoenix\n",
            to: "orgs.d/acm.yaml"
        )
    }

    // MARK: - Revisions

    @Test(arguments: Door.writing + [.undo, .rebuild, .forget])
    func `a revision moves with the content, whichever door changed it`(door: Door) async throws {
        try await Scenario.run(pages: 1) { scenario in
            await scenario.expectApplied()
            if door == .undo {
                try scenario.retitle(0, "New")
                await scenario.expectApplied()
            }
            let before = try await Self.revision(scenario)
            if door == .undo {
                #expect(await scenario.reconcile("undo", "2", "--auto-approve").code == 0)
            } else {
                try scenario.retitle(0, "New")
                #expect(try await door.pass(scenario, losing: false).isSuccess)
            }
            let after = try await Self.revision(scenario)
            #expect(after > before)
            let again = try await Self.revision(scenario)
            #expect(again == after)
        }
    }

    private static func revision(_ scenario: Scenario) async throws -> Int {
        let text = try await scenario.serving { try await $0.get("/api/calendar/acm/events.ics").text }
        return Int(try #require(text.firstMatch(of: /SEQUENCE:(\d+)\r\n/)?.1)) ?? -1
    }

    /// A run of nobody ends nowhere: then there is no outcome to wait for.
    private static func passQuietly(_ door: Door, _ scenario: Scenario) async throws {
        switch door {
        case .schedule, .webhook:
            _ = try await scenario.serving { service in
                await service.clock.waitForSleepers(2)
                if door == .webhook { try await service.deliver(page: 1, in: scenario.database) }
                service.clock.advance(by: .seconds(60))
                for _ in 0..<50 { _ = try await service.get("/healthz") }
                return true
            }
        // With the state the hold is lost, which a run says.
        case .rebuild: _ = try await door.pass(scenario, losing: false)
        default: _ = try await door.pass(scenario)
        }
    }
}
