import NotionAPI
import ReconcileModel
import ZoneData

/// When an event takes place, from Notion's form of it: the rules of the whole project in one place.
///
/// - A day is an all-day event. Its end is the last day of the range in Notion, the day after it in Google.
/// - With a zone, times are wall times of it; their offsets, if any, are not used.
/// - Else the offset counts, also beside a zone that this machine does not know; without a zone and an offset, the time
///   is in UTC, which Notion does not document.
/// - A time without end lasts for the default duration.
/// <https://developers.notion.com/reference/page-property-values#date>
struct EventInterval: Equatable {
    var start: EventTime
    /// Exclusive.
    var end: EventTime
    /// The zone in which Google is to show the event; nil where Notion names none that is known.
    var zone: String?

    /// Why a date means no interval. Texts are those of the page.
    enum Problem: Error, Equatable {
        case unreadable(String)
        /// And no offset tells the instant.
        case unknownZone(String)
        /// One end is a day, the other a time.
        case mixed(start: String, end: String)
        case endsBeforeStart(start: String, end: String)
        /// Outside the years that both services can hold.
        case outOfRange(String)
    }

    /// The zone that Notion names.
    private struct Named {
        let name: String
        /// Nil: not known here.
        let zone: Zone?

        /// Nil: none.
        init?(_ date: NotionDate, _ zones: ZoneDatabase) {
            guard let name = date.timeZone, !name.isEmpty else { return nil }
            (self.name, zone) = (name, zones.zone(name))
        }
    }

    /// Google's times and dates have four digits for the year; one year at each end leaves room for offsets.
    private static let years = 1...9998

    /// - Parameters:
    ///   - end: of another property: its start is the end, in place of that of `date`.
    ///   - defaultDuration: in seconds.
    init(_ date: NotionDate, end: NotionDate? = nil, defaultDuration: Int, zones: ZoneDatabase) throws(Problem) {
        let named = Named(date, zones)
        start = try Self.time(date.start, in: named)
        var (whole, ending) = (date, named)
        if let end { (whole.end, ending) = (end.start, Named(end, zones)) }
        let last = try whole.end.map { text throws(Problem) in try Self.time(text, in: ending) }
        self.end = try Self.end(from: start, last: last, date: whole, defaultDuration: defaultDuration)
        zone = named?.zone?.identifier
    }

    var isTimed: Bool { if case .instant = start { true } else { false } }

    private static func end(
        from start: EventTime,
        last: EventTime?,
        date: NotionDate,
        defaultDuration: Int
    ) throws(Problem) -> EventTime {
        switch (start, last) {
        case (.date(let day), nil): return .date(day.adding(days: 1))
        case (.instant(let instant), nil): return .instant(instant.adding(seconds: defaultDuration))
        case (.date(let first), .date(let last)?):
            guard last >= first else { throw .endsBeforeStart(start: date.start, end: date.end ?? "") }
            return .date(last.adding(days: 1))
        case (.instant(let first), .instant(let last)?):
            guard last >= first else { throw .endsBeforeStart(start: date.start, end: date.end ?? "") }
            return .instant(last)
        case (.date, .instant?), (.instant, .date?): throw .mixed(start: date.start, end: date.end ?? "")
        }
    }

    private static func time(_ text: String, in named: Named?) throws(Problem) -> EventTime {
        if let day = CivilDate(text) {
            guard years.contains(day.year) else { throw .outOfRange(text) }
            return .date(day)
        }
        guard let (wall, offset) = WallTime.parse(text) else { throw .unreadable(text) }
        guard years.contains(wall.date.year) else { throw .outOfRange(text) }
        if let zone = named?.zone { return .instant(zone.instant(of: wall)) }
        if let named, offset == nil { throw .unknownZone(named.name) }
        return .instant(Timestamp(secondsSince1970: wall.secondsIgnoringZone - (offset ?? 0)))
    }
}

extension EventInterval.Problem: CustomStringConvertible {
    /// A clause without a full stop.
    var description: String {
        switch self {
        case .unreadable(let text): "\"\(text)\" is not a date"
        case .unknownZone(let name): "the time zone \"\(name)\" is not known"
        case .mixed(let start, let end): "\"\(start)\" to \"\(end)\" mixes a day with a time"
        case .endsBeforeStart(let start, let end): "it ends (\"\(end)\") before it starts (\"\(start)\")"
        case .outOfRange(let text): "the year of \"\(text)\" is out of range"
        }
    }
}
