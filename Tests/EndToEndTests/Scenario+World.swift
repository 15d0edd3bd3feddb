import Emulation
import Foundation
import Testing

/// What people do to the world, and what stands in it.
extension Scenario {
    // MARK: - Notion

    func editPage(_ number: Int, _ change: @Sendable (inout NotionPage) -> Void) throws {
        try emulator.withWorld { $0.editPage(World.page(number), change) }
    }

    /// So many days from today, in the organization's zone.
    func day(_ days: Int) -> String {
        let instant = clock.date.addingTimeInterval(TimeInterval(days * 86_400))
        let style = Date.ISO8601FormatStyle(timeZone: TimeZone(identifier: "America/Phoenix") ?? .gmt)
        return instant.formatted(style.year().month().day())
    }

    func retitle(_ number: Int, _ title: String) throws {
        try editPage(number) { $0.values["title"] = RichText.text(title) }
    }

    func trash(_ numbers: some Sequence<Int>) throws {
        for number in numbers { try editPage(number) { $0.isInTrash = true } }
    }

    /// Changes a column of the database.
    func editProperty(_ name: String, _ change: @Sendable (inout NotionProperty) -> Void) throws {
        try emulator.withWorld { $0.editProperty(name, of: database, change) }
    }

    /// The emulator's settings, changed.
    func set(_ change: (inout EmulatorSettings) -> Void) {
        var settings = emulator.settings
        change(&settings)
        emulator.settings = settings
    }

    // MARK: - Google

    /// The events that are there, by id.
    func events(_ prefix: String = "acm") throws -> [String: GoogleEvent] {
        guard let calendar = try calendar(prefix) else { return [:] }
        return try emulator.withWorld { world in
            let live = world.google.calendars[calendar]?.liveEvents ?? []
            return Dictionary(live.map { ($0.id, $0) }) { first, _ in first }
        }
    }

    /// The one event that carries the mark of a page.
    func event(
        of page: Int,
        _ prefix: String = "acm",
        at location: SourceLocation = #_sourceLocation
    ) throws -> GoogleEvent {
        let found = try events(prefix).values.filter { $0.marks["notionPageId"] == World.page(page) }
        try #require(found.count == 1, "page \(page) has \(found.count) events", sourceLocation: location)
        return try #require(found.first, sourceLocation: location)
    }

    /// Changes an event as a person in the user interface does.
    func editEvent(of page: Int, _ change: @Sendable (inout GoogleEvent) -> Void) throws {
        let id = try event(of: page).id
        try editEvent(id, change)
    }

    func editEvent(_ id: String, _ change: @Sendable (inout GoogleEvent) -> Void) throws {
        let calendar = try #require(try calendar())
        try emulator.withWorld { $0.editEvent(id, of: calendar, change) }
    }

    /// Adds an event as a person or another program does.
    @discardableResult
    func addEvent(
        _ summary: String,
        marks: [String: String] = [:],
        id: String? = nil,
        fields: [String: JSONValue] = [:]
    ) throws -> String {
        let calendar = try #require(try calendar())
        let added = try emulator.withWorld { world in
            let start = "2027-06-01T10:00:00-07:00"
            return world.addEvent(to: calendar, summary, start: start, marks: marks, id: id, fields: fields)
        }
        return try #require(added)
    }

    /// What "Duplicate" in Google's menu does: a second event with all that the first one has, its private properties too.
    ///
    /// - Returns: its id.
    @discardableResult
    func duplicateEvent(of page: Int, _ change: @Sendable (inout GoogleEvent) -> Void = { _ in }) throws -> String {
        let original = try event(of: page)
        let id = try addEvent(original.summary ?? "", marks: original.marks)
        try editEvent(id) { event in
            (event.fields, event.start, event.end) = (original.fields, original.start, original.end)
            change(&event)
        }
        return id
    }

    /// Calls that changed something at Google since the start.
    var writes: Int { emulator.requests.writes("google") }

    /// Deletes of events that Google was asked for since the start.
    var deletesSent: Int { emulator.requests.entries.count { $0.api == "google" && $0.method == "DELETE" } }

    // MARK: - Expectations

    /// Nothing is left to do: the plan is empty, and another apply writes nothing.
    func expectConverged(at location: SourceLocation = #_sourceLocation) async {
        let plan = await plan()
        #expect(plan.code == 0, "\(plan.output)\(plan.errors)", sourceLocation: location)
        #expect(plan.changes.isEmpty, "\(plan.output)", sourceLocation: location)
        let before = writes
        let again = await apply()
        #expect(again.code == 0, "\(again.output)\(again.errors)", sourceLocation: location)
        #expect(writes == before, sourceLocation: location)
    }

    func expectEvents(
        _ count: Int,
        _ prefix: String = "acm",
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let found = try events(prefix).count
        #expect(found == count, sourceLocation: location)
    }

    /// Applies, and expects that everything that was planned was done.
    @discardableResult
    func expectApplied(_ arguments: String..., at location: SourceLocation = #_sourceLocation) async -> Ran {
        let applied = await apply(arguments)
        #expect(applied.code == 0, "\(applied.output)\(applied.errors)", sourceLocation: location)
        #expect(applied.changes.allSatisfy { $0.outcome == "applied" }, "\(applied.output)", sourceLocation: location)
        return applied
    }
}

extension Scenario {
    /// Expects one calendar of the organization, and in it one event for each of so many pages.
    func expectCalendar(
        _ prefix: String = "acm",
        holds count: Int,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let calendars = try emulator.withWorld { world in
            world.google.calendars.values.filter { $0.description?.contains("organization \(prefix),") == true }
        }
        #expect(calendars.count == 1, sourceLocation: sourceLocation)
        let events = calendars.flatMap(\.liveEvents)
        #expect(events.count == count, sourceLocation: sourceLocation)
        #expect(Set(events.map(\.page)).count == count, sourceLocation: sourceLocation)
    }
}

extension GoogleEvent {
    /// The page that the event is marked with.
    var page: String? { marks["notionPageId"] }
}

extension World {
    /// The event id that is derived from a page.
    static func eventID(_ page: Int) -> String { World.page(page).filter { $0 != "-" } }
}

extension NotionProperty {
    /// A relation with pages of another database.
    static let programme = NotionProperty("Programme", id: "rel", type: "relation")

    /// The earliest of their dates.
    static let dateOfProgramme = NotionProperty(
        "When",
        id: "roll",
        type: "rollup",
        configuration: [
            "function": "earliest_date", "relation_property_id": "rel", "relation_property_name": "Programme",
            "rollup_property_id": "x", "rollup_property_name": "Date",
        ]
    )
}
