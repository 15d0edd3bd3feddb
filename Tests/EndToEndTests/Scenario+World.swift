import Emulation
import Testing

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
