import Emulation
import Foundation
import Testing

/// One organization with a column that says how events repeat.
extension Scenario {
    /// What the declaration says of it.
    static let repeats = "properties: {recurrence: Repeats}"

    /// Page 0 repeats by what is given, from Thursday, 4 March 2027, 10:00 in Phoenix; page 1 takes place once.
    static func runSeries(
        _ rule: String = "weekly until 2027-04-30",
        date: String = "2027-03-04T10:00:00.000-07:00",
        zone: String? = nil,
        declaration: String = repeats,
        _ body: @escaping @Sendable (Scenario) async throws -> Void
    ) async throws {
        try await run(
            pages: 0,
            declaration: declaration,
            build: { world, database in
                world.add([NotionProperty("Repeats", id: "rEp%3B", type: "rich_text")], to: database)
                for (number, rule) in [rule, ""].enumerated() {
                    world.addPage(
                        to: database,
                        title: "Event \(number)",
                        date: date,
                        values: ["Repeats": RichText.value(rule)],
                        id: World.page(number)
                    )
                    guard let zone else { continue }
                    world.editPage(World.page(number)) {
                        $0.values["%5BWk%3F"] = JSONText(NotionProperty.date(date, timeZone: zone))
                    }
                }
            },
            body
        )
    }
}

extension Scenario {
    func rule(_ page: Int, _ text: String) throws {
        try editPage(page) { $0.values["rEp%3B"] = RichText.text(text) }
    }

    /// The second occurrence is called off by hand, and the third moved and renamed.
    func changeOccurrences() throws {
        try edit("20270311T170000Z") { $0.fields["status"] = "cancelled" }
        try edit("20270318T170000Z") { event in
            event.fields["summary"] = "Elsewhere"
            (event.start, event.end) = (
                .instant(1_805_400_000, zone: "America/Phoenix"), .instant(1_805_403_600, zone: "America/Phoenix")
            )
        }
    }

    /// Changes one occurrence of page 0's series as a person does.
    func edit(_ start: String, _ change: @Sendable (inout GoogleEvent) -> Void) throws {
        let calendar = try #require(try calendar())
        let id = try #require(try events().values.first { $0.isSeries }?.id)
        try emulator.withWorld { $0.editInstance("\(id)_\(start)", of: calendar, change) }
    }

    var exceptions: Int {
        get throws {
            let calendar = try #require(try calendar())
            return try emulator.withWorld { world in
                world.google.calendars[calendar]?.events.values.count { $0.seriesID != nil } ?? 0
            }
        }
    }
}

extension GoogleEvent {
    var lines: [String]? { fields["recurrence"]?.array?.compactMap(\.string) }
}
