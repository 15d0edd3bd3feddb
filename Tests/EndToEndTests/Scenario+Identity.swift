import Emulation
import Foundation
import Testing

/// What people do to declarations, and who else marks calendars.
extension Scenario {
    /// Gives an organization another prefix, and nothing else.
    func rename(_ old: String, to new: String, database: String? = nil, more: String = "") throws {
        try undeclare(old)
        try declareACM(as: new, database: database ?? self.database, more: more)
    }

    func undeclare(_ prefix: String) throws {
        try FileManager.default.removeItem(atPath: path("orgs.d/\(prefix).yaml"))
    }

    /// Declares an organization that is called ACM, whatever its prefix.
    func declareACM(as prefix: String, database: String, more: String = "") throws {
        try write(
            """
            prefix: \(prefix)
            name: ACM
            sync_enabled: true
            notion_database_id: \(database)
            timezone: America/Phoenix
            \(more)
            """,
            to: "orgs.d/\(prefix).yaml"
        )
    }

    /// Every calendar that carries a mark of ours, with its description.
    func markedCalendars() throws -> [String: String] {
        try emulator.withWorld { world in
            world.google.calendars.compactMapValues(\.description).filter {
                $0.value.contains("reconcile: organization")
            }
        }
    }

    /// The live events of a calendar, by the page that they carry.
    func events(in calendar: String) throws -> [String: GoogleEvent] {
        let live = try emulator.withWorld { $0.google.calendars[calendar]?.liveEvents ?? [] }
        return Dictionary(live.map { ($0.page ?? $0.id, $0) }) { first, _ in first }
    }

    func expectEvents(
        _ count: Int,
        in calendar: String,
        at location: Testing.SourceLocation = #_sourceLocation
    ) throws {
        let found = try events(in: calendar).count
        #expect(found == count, sourceLocation: location)
    }

    /// What `state list` knows of an organization.
    func stored(_ prefix: String) async -> [String: Any]? {
        let list = await reconcile("state", "list", "--format", "json").json
        return (list["organizations"] as? [[String: Any]])?.first { $0["prefix"] as? String == prefix }
    }

    static func mark(_ prefix: String, _ database: String) -> String {
        "reconcile: organization \(prefix), Notion database \(database)"
    }
}

extension Scenario.Ran {
    /// Message and hint of the first organization, or of the run.
    var explanation: String { output + errors }
}
