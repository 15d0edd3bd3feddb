import Emulation
import Foundation

/// A page as a test puts it into Notion, and, worked out without any code of the product's, the event that must come of it.
struct ModelPage: Equatable {
    var id: String
    var title: String
    var time: Time
    /// An RRULE without an end in time, so that it is sent as it stands; nil: it takes place once.
    var rule: String?
    /// What stands in the columns that may give texts, by their ids.
    var texts: [String: String] = [:]

    var location: String? {
        get { texts[ModelColumns.location] }
        set { texts[ModelColumns.location] = newValue }
    }

    var description: String? {
        get { texts[ModelColumns.description] }
        set { texts[ModelColumns.description] = newValue }
    }

    /// When it is: counted from the first of January 2027, midnight in UTC.
    enum Time: Equatable {
        /// `length`: 1 for a single day.
        case days(first: Int, length: Int)
        case minutes(start: Int, length: Int)
    }

    /// What a calendar must show: times as a day, or as seconds since 1970; the end exclusive.
    struct Event: Hashable {
        var title: String
        var start: String
        var end: String
        var location: String?
        var description: String?
        /// The line by which it repeats.
        var rule: String?
    }

    /// With its texts from the columns that give them unless people decide otherwise.
    var event: Event { event([.location: ModelColumns.location, .description: ModelColumns.description]) }

    /// - Parameter sources: the columns that give texts, by their ids; the others are people's.
    func event(_ sources: [TextField: String]) -> Event {
        let (location, description) = (sources[.location], sources[.description])
        return Event(
            title: title,
            start: span.start,
            end: span.end,
            location: location.flatMap { texts[$0] },
            description: description.flatMap { texts[$0] },
            rule: rule.map { "RRULE:\($0)" }
        )
    }

    private var span: (start: String, end: String) {
        switch time {
        case .days(let first, let length): (Self.day(first), Self.day(first + length))
        case .minutes(let start, let length):
            (String(Self.origin + start * 60), String(Self.origin + (start + length) * 60))
        }
    }

    /// The value of the date property; Notion counts the last day in.
    var dateValue: JSONValue {
        switch time {
        case .days(let first, let length):
            NotionProperty.date(Self.day(first), end: length > 1 ? Self.day(first + length - 1) : nil)
        case .minutes(let start, let length):
            NotionProperty.date(Self.moment(start), end: Self.moment(start + length))
        }
    }

    private static let origin = 1_798_761_600

    private static func date(_ seconds: Int) -> Date { Date(timeIntervalSince1970: Double(origin + seconds)) }

    private static func day(_ number: Int) -> String {
        date(number * 86_400).formatted(.iso8601.year().month().day())
    }

    private static func moment(_ minute: Int) -> String {
        date(minute * 60).formatted(
            .iso8601.year().month().day().timeSeparator(.colon).time(includingFractionalSeconds: true)
        )
            + "+00:00"
    }
}

extension ModelPage {
    /// Page `number` of an organization: every third lasts days, every second has a place.
    init(_ number: Int, of organization: Int) {
        id = String(format: "00000000-0000-4000-8%03x-%012x", organization, number)
        title = "Event \(number)"
        time =
            number.isMultiple(of: 3)
            ? .days(first: number % 300, length: 1 + number % 4)
            : .minutes(start: number % 300 * 1440 + number * 15 % 1200, length: 30 + number % 120)
        location = number.isMultiple(of: 2) ? "Room \(number % 40)" : nil
        description = number.isMultiple(of: 4) ? "About event \(number)" : nil
        texts[ModelColumns.otherLocation] = "Behind the stage \(number)"
        texts[ModelColumns.otherDescription] = "For members only \(number)"
    }
}

extension ModelPage.Event {
    subscript(field: TextField) -> String? {
        get {
            switch field {
            case .location: location
            case .description: description
            }
        }
        set {
            switch field {
            case .location: location = newValue
            case .description: description = newValue
            }
        }
    }

    /// Without the texts that are people's.
    func limited(to fields: Set<TextField>) -> Self {
        var event = self
        for field in TextField.allCases where !fields.contains(field) { event[field] = nil }
        return event
    }
}

extension World {
    /// Adds the page to a database, or changes it into what the model says.
    mutating func put(_ page: ModelPage, into database: String, _ columns: ModelColumns) {
        if notion.pages[page.id] == nil { addPage(to: database, title: page.title, id: page.id) }
        for user in columns.users(of: page) { notion.users[user.id] = user }
        editPage(page.id) { row in
            row.values["title"] = RichText.text(page.title)
            row.values["%5BWk%3F"] = JSONText(page.dateValue)
            for (column, value) in columns.values(of: page) { row.values[column] = value }
        }
    }
}
