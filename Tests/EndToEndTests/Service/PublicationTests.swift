import Emulation
import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing

/// What subscribers see is what the calendar holds: invalid is not absent, and limits and holds count for them too.
struct PublicationTests {
    private static let json = "/api/calendar/acm/events"
    private static let feed = "/api/calendar/acm/events.ics"

    private static func breakDate(_ page: Int, _ scenario: Scenario) throws {
        let backwards = JSONText(NotionProperty.date("2027-02-02", end: "2027-02-01"))
        try scenario.editPage(page) { $0.values[NotionProperty.events[1].id] = backwards }
    }

    private static func titles(_ service: ServiceScenario) async throws -> [String] {
        let answer = try await service.get(json)
        #expect(answer.status == 200, "\(answer.text)")
        let titles = answer.events.compactMap { $0["title"] as? String }
        let summaries = try await service.get(feed).text.matches(of: /SUMMARY:(.*)\r\n/).map { String($0.1) }
        #expect(summaries == titles)
        return titles
    }

    /// What Google Calendar shows, by start.
    private static func calendar(_ scenario: Scenario) throws -> [String] {
        try scenario.events().values.sorted { $0.id < $1.id }.map { $0.summary ?? "" }
    }

    private static func expectTitles(
        _ titles: [String],
        _ service: ServiceScenario,
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        let shown = try await Self.titles(service)
        #expect(shown == titles, sourceLocation: location)
    }

    private static func expectCount(
        _ count: Int,
        _ service: ServiceScenario,
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        let shown = try await titles(service)
        #expect(shown.count == count, sourceLocation: location)
    }

    private static func expectFeedIsCalendar(
        _ service: ServiceScenario,
        _ scenario: Scenario,
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        let (feed, calendar) = (try await titles(service), try calendar(scenario))
        #expect(feed == calendar, sourceLocation: location)
    }

    /// Empties what is remembered of what was published, as in a state of an older version.
    private static func forgetPublished(_ scenario: Scenario) async throws {
        try await DatabaseQueue(path: scenario.statePath).write { try $0.execute(sql: "DELETE FROM published_events") }
    }

    // MARK: - Invalid is not absent

    @Test(arguments: [false, true])
    func `a page with a typo in its end keeps its event for subscribers`(isUpgraded: Bool) async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try Self.breakDate(1, scenario)
            if isUpgraded { try await Self.forgetPublished(scenario) }
            try await ServiceScenario.run(in: scenario) { service in
                let all = ["Event 0", "Event 1", "Event 2"]
                try await Self.expectTitles(all, service)
                let sync = try await service.post("/api/calendar/acm/sync")
                #expect(sync.status == 200)
                let warnings = sync.json["warnings"] as? [[String: String]] ?? []
                #expect(warnings.map { $0["code"] } == ["date_invalid"])
                #expect(warnings.first?["notion_page_id"] == World.page(1))
                try await Self.expectTitles(all, service)
                service.clock.advance(by: .seconds(4_000))
                try await Self.expectTitles(all, service)
                try await Self.expectFeedIsCalendar(service, scenario)
            }
        }
    }

    @Test func `the run that first meets an invalid page publishes what its event says`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try Self.breakDate(1, scenario)
            try await Self.forgetPublished(scenario)
            #expect(await scenario.apply().code == 0)
            try await ServiceScenario.run(in: scenario, environment: ["GOOGLE_SERVICE_ACCOUNT": nil]) { service in
                try await Self.expectTitles(["Event 0", "Event 1", "Event 2"], service)
            }
        }
    }

    @Test func `what people mend in the calendar while a page is invalid is what subscribers see`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            await scenario.expectApplied()
            try Self.breakDate(1, scenario)
            try scenario.editEvent(of: 1) { $0.fields["summary"] = "Moved to the gym" }
            try await ServiceScenario.run(in: scenario) { service in
                try await Self.expectTitles(["Event 0", "Event 1"], service)
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                try await Self.expectTitles(["Event 0", "Moved to the gym"], service)
            }
        }
    }

    @Test func `an organization that is only shown keeps invalid pages as well`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            try Self.declareUnsynchronized(scenario)
            try await ServiceScenario.run(in: scenario) { service in
                try await Self.expectCount(3, service)
                try Self.breakDate(1, scenario)
                service.clock.advance(by: .seconds(4_000))
                try await Self.expectCount(3, service)
            }
            // Also after a restart.
            try await ServiceScenario.run(in: scenario) { service in
                try await Self.expectCount(3, service)
            }
        }
    }

    // MARK: - Limits, holds, proof

    @Test func `deletes that a limit holds back stay for subscribers`() async throws {
        try await Scenario.run(pages: 12) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<8)
            try await ServiceScenario.run(in: scenario) { service in
                try await Self.expectCount(12, service)
                #expect(try await service.post("/api/calendar/acm/sync").status == 409)
                try await Self.expectCount(12, service)
                let allowed = await scenario.apply("--allow-deletes", "acm:8")
                #expect(allowed.code == 0, "\(allowed.output)")
                service.clock.advance(by: .seconds(4_000))
                try await Self.expectCount(4, service)
            }
        }
    }

    @Test(arguments: [false, true])
    func `updates that a limit holds back are held back from subscribers, until they are allowed`(
        isUpgraded: Bool
    ) async throws {
        try await Scenario.run(pages: 12) { scenario in
            await scenario.expectApplied()
            for page in 0..<11 { try scenario.retitle(page, "Lost") }
            if isUpgraded {
                // A run that is blocked publishes what the events say.
                try await Self.forgetPublished(scenario)
                #expect(await scenario.apply().code == 1)
            }
            let before = (0..<12).map { "Event \($0)" }
            try await ServiceScenario.run(in: scenario) { service in
                try await Self.expectTitles(before, service)
                #expect(try await service.post("/api/calendar/acm/sync").status == 409)
                try await Self.expectTitles(before, service)
                await scenario.expectApplied("--allow-updates", "acm:11")
                service.clock.advance(by: .seconds(4_000))
                try await Self.expectTitles(Array(repeating: "Lost", count: 11) + ["Event 11"], service)
            }
        }
    }

    @Test func `a page that is trashed goes from the feed when its event goes`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                try scenario.trash([1])
            }
            try await ServiceScenario.run(in: scenario) { service in
                try await Self.expectFeedIsCalendar(service, scenario)
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                try await Self.expectTitles(["Event 0", "Event 2"], service)
                try await Self.expectFeedIsCalendar(service, scenario)
            }
        }
    }

    @Test func `a delete that fails stays for subscribers until it is done`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                try scenario.trash([1])
                scenario.emulator.add(
                    Fault(.respond(status: 400), .first(count: 1), api: "google", method: "DELETE")
                )
                #expect(try await service.post("/api/calendar/acm/sync").status == 502)
                try await Self.expectFeedIsCalendar(service, scenario)
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                try await Self.expectTitles(["Event 0", "Event 2"], service)
            }
        }
    }

    @Test func `what an undo took back is taken back for subscribers, as long as the hold lasts`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(0, "Renamed")
            try scenario.trash([1])
            await scenario.expectApplied()
            let undone = await scenario.reconcile("undo", "2", "--auto-approve")
            #expect(undone.code == 0, "\(undone.output)\(undone.errors)")
            let before = ["Event 0", "Event 1", "Event 2"]
            try await ServiceScenario.run(in: scenario) { service in
                try await Self.expectTitles(before, service)
                #expect(try await service.post("/api/calendar/acm/sync").status == 409)
                service.clock.advance(by: .seconds(4_000))
                try await Self.expectTitles(before, service)
                try await Self.expectFeedIsCalendar(service, scenario)
            }
        }
    }

    @Test(arguments: [false, true])
    func `where an undo took everything back, subscribers see nothing`(isUpgraded: Bool) async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            #expect(await scenario.reconcile("undo", "1", "--auto-approve").code == 0)
            try scenario.expectEvents(0)
            if isUpgraded { try await Self.forgetPublished(scenario) }
            try await ServiceScenario.run(in: scenario) { service in
                try await Self.expectTitles([], service)
            }
        }
    }

    /// Without a Google key nothing is written; after an upgrade nothing was published yet.
    @Test(arguments: [false, true])
    func `limits and holds count before any run of the service`(isUpgraded: Bool) async throws {
        let environment: [String: String?] = isUpgraded ? [:] : ["GOOGLE_SERVICE_ACCOUNT": nil]
        try await Scenario.run(pages: 12) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<8)
            #expect(await scenario.apply().status == "blocked")
            if isUpgraded { try await Self.forgetPublished(scenario) }
            try await ServiceScenario.run(in: scenario, environment: environment) { service in
                try await Self.expectCount(12, service)
            }
        }
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "Edited")
            await scenario.expectApplied()
            #expect(await scenario.reconcile("undo", "2", "--auto-approve").code == 0)
            if isUpgraded { try await Self.forgetPublished(scenario) }
            try await ServiceScenario.run(in: scenario, environment: environment) { service in
                try await Self.expectTitles(["Event 0", "Event 1", "Event 2"], service)
            }
        }
    }

    @Test func `an empty listing that calls itself complete empties no feed`() async throws {
        try await Scenario.run(pages: 4) { scenario in
            try Self.declareUnsynchronized(scenario)
            try await ServiceScenario.run(in: scenario) { service in
                try await Self.expectCount(4, service)
                scenario.set { $0.omittedQueryPage = 1 }
                service.clock.advance(by: .seconds(4_000))
                try await Self.expectCount(4, service)
                scenario.set { $0.omittedQueryPage = nil }
                try scenario.trash([2])
                service.clock.advance(by: .seconds(4_000))
                try await Self.expectTitles(["Event 0", "Event 1", "Event 3"], service)
            }
        }
    }

    @Test func `an organization that is only shown may lose all its events, each proven`() async throws {
        try await Scenario.run(pages: 8) { scenario in
            try Self.declareUnsynchronized(scenario)
            try await ServiceScenario.run(in: scenario) { service in
                try await Self.expectCount(8, service)
                try scenario.trash(0..<8)
                service.clock.advance(by: .seconds(4_000))
                try await Self.expectCount(0, service)
            }
        }
    }

    // MARK: - Revisions

    private struct Version: Equatable {
        var sequence: Int
        var stamp: String
        var modified: String
    }

    private static func version(_ service: ServiceScenario) async throws -> Version {
        let text = try await service.get(feed).text
        let sequence = try #require(text.firstMatch(of: /SEQUENCE:(\d+)\r\n/)?.1)
        let stamp = try #require(text.firstMatch(of: /DTSTAMP:(\w+)\r\n/)?.1)
        let modified = try #require(text.firstMatch(of: /LAST-MODIFIED:(\w+)\r\n/)?.1)
        return Version(sequence: Int(sequence) ?? 0, stamp: String(stamp), modified: String(modified))
    }

    private static func expectVersion(
        _ version: Version,
        _ service: ServiceScenario,
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        let shown = try await Self.version(service)
        #expect(shown == version, sourceLocation: location)
    }

    private static func expect(_ new: Version, after old: Version, at location: SourceLocation = #_sourceLocation) {
        #expect(new.sequence > old.sequence, sourceLocation: location)
        #expect(new.stamp > old.stamp, sourceLocation: location)
        #expect(new.modified > old.modified, sourceLocation: location)
    }

    @Test func `revisions follow the content, not the page's clock`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            // As a rollup does: the content changes, and the time of the last edit does not.
            try scenario.retitle(0, "Event 0")
            try await ServiceScenario.run(in: scenario) { service in
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                let first = try await Self.version(service)
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                try await Self.expectVersion(first, service)
                try scenario.retitle(0, "Room changed")
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                let second = try await Self.version(service)
                Self.expect(second, after: first)
                // Within the same second.
                try scenario.retitle(0, "Room changed again")
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                let third = try await Self.version(service)
                Self.expect(third, after: second)
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                try await Self.expectVersion(third, service)
            }
        }
    }

    @Test func `revisions survive a restart, follow the declaration, and never go back where the state is lost`()
        async throws
    {
        try await Scenario.run(pages: 1) { scenario in
            let versions = Versions()
            try await ServiceScenario.run(in: scenario) { service in
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                versions.add(try await Self.version(service))
            }
            scenario.clock.advance(by: .seconds(600))
            try await ServiceScenario.run(in: scenario) { service in
                let again = try await Self.version(service)
                #expect(again == versions.last)
            }
            try scenario.declare("acm", database: scenario.database, more: "default_duration: 90m")
            try await ServiceScenario.run(in: scenario) { service in
                let version = try await Self.version(service)
                if let last = versions.last { Self.expect(version, after: last) }
                versions.add(version)
            }
            scenario.clock.advance(by: .seconds(600))
            try scenario.deleteState()
            try await ServiceScenario.run(in: scenario) { service in
                let version = try await Self.version(service)
                if let last = versions.last { #expect(version.sequence >= last.sequence) }
            }
        }
    }

    private final class Versions: Sendable {
        private let all = Mutex<[Version]>([])

        func add(_ version: Version) { all.withLock { $0.append(version) } }

        var last: Version? { all.withLock(\.last) }
    }

    // MARK: - Without a state that can be written

    @Test func `events are answered although the state cannot be written, and their revisions go on`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                let first = try await Self.version(service)
                try await DatabaseQueue(path: scenario.statePath).write { db in
                    try db.execute(
                        sql: """
                            CREATE TRIGGER full BEFORE INSERT ON published_events
                            BEGIN SELECT RAISE(ABORT, 'no room'); END
                            """
                    )
                }
                try scenario.retitle(0, "Renamed")
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                try await Self.expectTitles(["Renamed", "Event 1"], service)
                let second = try await Self.version(service)
                Self.expect(second, after: first)
                try Self.breakDate(0, scenario)
                service.clock.advance(by: .seconds(4_000))
                try await Self.expectTitles(["Renamed", "Event 1"], service)
                try await Self.expectVersion(second, service)
                #expect(service.log.text.contains("could not be recorded"))
            }
        }
    }

    private static func declareUnsynchronized(_ scenario: Scenario) throws {
        try scenario.write(
            """
            prefix: acm
            name: ACM
            notion_database_id: \(scenario.database)
            timezone: America/Phoenix
            """,
            to: "orgs.d/acm.yaml"
        )
    }
}
