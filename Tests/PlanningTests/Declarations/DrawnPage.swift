import NotionAPI
import ReconcileModel
import TestSupport

/// A column of the database that all stories share.
enum DrawnColumn: String, CaseIterable, Hashable {
    case name = "Name"
    case date = "Date"
    case ends = "Ends"
    case location = "Location"
    case description = "Description"
    case type = "Type"
    case status = "Status"
    case tags = "Tags"
    case published = "Published"
    case seats = "Seats"
    case speaker = "Speaker"
    case link = "Link"
    case mail = "E-mail"
    case deadline = "Sign-up until"
    case score = "Score"
    case crew = "Crew"
    case related = "Related"
    case code = "No."
    case created = "Created"
    case repeats = "Repeats"
    case toldLink = "Calendar link"
    case toldStatus = "Calendar status"

    var type: PropertyType {
        switch self {
        case .name: .title
        case .date, .ends, .deadline: .date
        case .location, .description, .speaker, .repeats, .toldStatus: .richText
        case .type: .select
        case .status: .status
        case .tags: .multiSelect
        case .published: .checkbox
        case .seats: .number
        case .link, .toldLink: .url
        case .mail: .email
        case .score: .formula
        case .crew: .people
        case .related: .relation
        case .code: .uniqueID
        case .created: .createdTime
        }
    }

    var options: [String] {
        switch self {
        case .type: ["Workshop", "Talk", "Board meeting"]
        case .status: ["Draft", "Confirmed", "Public", "Cancelled"]
        case .tags: ["Public", "Food", "Remote"]
        default: []
        }
    }

    /// Encoded, as Notion gives ids.
    var id: String { self == .name ? "title" : "%3Ac\(DrawnColumn.allCases.firstIndex(of: self) ?? 0)" }

    static let dataSource = NotionDataSource(
        id: DataSourceID(rawValue: "5146e588-0000-4000-8000-000000000001"),
        databaseID: .sample,
        title: "Events",
        properties: allCases.map { column in
            PropertySchema(
                id: PropertyID(column.id),
                name: column.rawValue,
                type: column.type,
                options: column.options
            )
        }
    )
}

/// A day or a time as a page has it.
struct DrawnMoment: Hashable {
    /// Since 1970.
    var day: Int
    /// Of the day; nil: it is a day.
    var minute: Int?
    /// In minutes, east positive; nil: none is written.
    var offset: Int?

    var text: String {
        guard let minute else { return ReferenceTime.text(day: day) }
        let time = "\(ReferenceTime.padded(minute / 60, to: 2)):\(ReferenceTime.padded(minute % 60, to: 2))"
        let zone = offset.map { offset in
            let size = abs(offset)
            return "\(offset < 0 ? "-" : "+")\(ReferenceTime.padded(size / 60, to: 2)):"
                + ReferenceTime.padded(size % 60, to: 2)
        }
        return "\(ReferenceTime.text(day: day))T\(time):00.000\(zone ?? "")"
    }

    /// - Parameter zone: that the date names.
    func resolved(_ zone: String?) -> ReferenceMoment {
        guard let minute else { return .day(day) }
        if let zone { return .instant(ReferenceTime.instant(day: day, minute: minute, in: zone)) }
        return .instant(day * 86_400 + (minute - (offset ?? 0)) * 60)
    }
}

struct DrawnDate: Hashable {
    var start: DrawnMoment
    var end: DrawnMoment?
    var zone: String?
    /// Stands in place of the start.
    var garbage: String?

    var notion: NotionDate {
        NotionDate(start: garbage ?? start.text, end: end?.text, timeZone: zone)
    }
}

/// How a page says that its event repeats.
struct DrawnRule: Hashable {
    enum End: Hashable {
        case never
        case times(Int)
        case until(day: Int)
    }

    var isWeekly: Bool
    var interval: Int
    var end: End
    var isReadable: Bool

    var text: String {
        let until: (Int) -> String = { ReferenceTime.text(day: $0).replacing("-", with: "") }
        guard isReadable else {
            var parts = ["FREQ=\(isWeekly ? "WEEKLY" : "DAILY")"]
            if interval > 1 { parts.append("INTERVAL=\(interval)") }
            switch end {
            case .never: break
            case .times(let count): parts.append("COUNT=\(count)")
            case .until(let day): parts.append("UNTIL=\(until(day))")
            }
            return parts.joined(separator: ";")
        }
        let noun = isWeekly ? "week" : "day"
        let words = interval == 1 ? (isWeekly ? "weekly" : "daily") : "every \(interval) \(noun)s"
        return switch end {
        case .never: words
        case .times(let count): "\(words) \(count) times"
        case .until(let day): "\(words) until \(ReferenceTime.text(day: day))"
        }
    }
}

/// What a page has in one column.
enum DrawnValue: Hashable {
    case text(String)
    /// Of a select or status at most one.
    case options([String])
    case flag(Bool)
    case number(Int?)
    case date(DrawnDate?)
    case people([NotionUser])
    case pages([Int], hasMore: Bool)
    case rule(DrawnRule?)

    func notion(_ column: DrawnColumn) -> PropertyValue {
        switch (self, column.type) {
        case (.text(let text), .title): .title(RichText(text: text))
        case (.text(let text), .url): .url(text.isEmpty ? nil : text)
        case (.text(let text), .email): .email(text.isEmpty ? nil : text)
        case (.text(let text), .formula): .formula(.string(text))
        case (.text(let text), .createdTime): .createdTime(text)
        case (.text(let text), _): .richText(RichText(text: text))
        case (.options(let names), .status): .status(names.first)
        case (.options(let names), .multiSelect): .multiSelect(names)
        case (.options(let names), _): .select(names.first)
        case (.flag(let isSet), _): .checkbox(isSet)
        case (.number(let number), .formula): .formula(.number(number.map(Double.init)))
        case (.number(let number), .uniqueID): .uniqueID(prefix: "EV", number: number)
        case (.number(let number), _): .number(number.map(Double.init))
        case (.date(let date), .createdTime): .createdTime(date?.start.text ?? "")
        case (.date(let date), _): .date(date?.notion)
        case (.people(let users), _): .people(users)
        case (.pages(let pages, let hasMore), _): .relation(pages.map { .number($0) }, hasMore: hasMore)
        case (.rule(let rule), _): .richText(RichText(text: rule?.text ?? ""))
        }
    }
}

/// A row of the database.
struct DrawnPage: Hashable {
    enum Place: Hashable { case listed, trashed, archived, gone, moved }

    let number: Int
    var values: [DrawnColumn: DrawnValue]
    var place = Place.listed
    /// What stands in the columns that pages are told in.
    var told: [FeedbackField: String] = [:]

    var id: PageID { .number(number) }

    subscript(column: DrawnColumn) -> DrawnValue { values[column] ?? .text("") }

    var notion: NotionPage {
        var properties: [String: PageProperty] = [:]
        for column in DrawnColumn.allCases {
            let value: PropertyValue =
                switch column {
                case .toldLink: .url(told[.link])
                case .toldStatus: .richText(RichText(text: told[.status] ?? ""))
                default: self[column].notion(column)
                }
            properties[column.rawValue] = PageProperty(id: PropertyID(column.id), value: value)
        }
        var page = NotionPage(id: id, properties: properties)
        page.lastEditedTime = "2026-11-01T10:00:00.000Z"
        (page.isInTrash, page.isArchived) = (place == .trashed, place == .archived)
        return page
    }
}
