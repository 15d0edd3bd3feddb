import Foundation
import ReconcileModel

@testable import CalendarAPI

/// The body of any answer of Google Calendar, read as each thing that the client asks for.
enum GoogleInput {
    static func check(_ data: Data) {
        if let event = read(GoogleEvent.self, data) { check(event) }
        if let page = read(Page<GoogleEvent>.self, data) { page.items(of: "calendar#events")?.forEach(check) }
        if let page = read(Page<CalendarListEntry>.self, data) {
            page.items(of: "calendar#calendarList")?.forEach { check($0.description) }
        }
        _ = read(Page<GoogleAccessRule>.self, data)
        check(read(GoogleCalendar.self, data)?.description)
        checkError(data)
    }

    private static func read<Answer: Decodable>(_ type: Answer.Type, _ data: Data) -> Answer? {
        try? JSONDecoder().decode(type, from: data)
    }

    /// What we would write of an event says what was read.
    private static func check(_ google: GoogleEvent) {
        let live = google.liveEvent()
        require(live == google.liveEvent(), "an event is read the same way twice")
        require(live.id == google.id, "an event keeps its id")
        guard let marks = live.marks, let event = live.event else { return }
        require(event.differences(from: event).isEmpty, "an event is as itself")
        let body = EventBody(id: live.id, event: event, marks: marks)
        guard let again = read(GoogleEvent.self, body.data)?.liveEvent(), let written = again.event else {
            return require(false, "what is written can be read")
        }
        require(again.id == live.id && again.marks == live.marks, "marks survive being written")
        let changed = event.differences(from: written)
        require(!changed.contains { $0.kind == .text }, "texts survive being written")
        guard isSensible(event.start), isSensible(event.end) else { return }
        require(changed.isEmpty, "times survive being written")
    }

    /// Whether the time, in any zone, has a year of four digits; the mapping lets no other pass.
    private static func isSensible(_ time: EventTime) -> Bool {
        switch time {
        case .date(let day): (1...9998).contains(day.year)
        case .instant(let instant): (-62_000_000_000...253_000_000_000).contains(instant.secondsSince1970)
        }
    }

    private static func check(_ description: String?) {
        guard let description, let mark = CalendarMark(in: description) else { return }
        require(CalendarMark(in: mark.appended(to: description)) == mark, "a calendar's mark survives being written")
        require(CalendarMark(in: CalendarMark.removed(from: description)) == nil, "a mark that is removed is gone")
    }

    private static let statuses = [400, 401, 403, 404, 409, 410, 412, 429, 500]

    private static func checkError(_ data: Data) {
        // One for each input, because each reads the body anew.
        let error = CalendarError(status: statuses[data.count % statuses.count], body: data)
        require(!error.failure.code.rawValue.isEmpty && !error.failure.message.isEmpty, "an error has a message")
    }
}
