import ReconcileModel
import Recurring

/// The instances of a series, as they are by its rule: they have resources of their own without being stored.
///
/// <https://developers.google.com/workspace/calendar/api/guides/recurringevents>
struct SeriesInstances {
    private let master: GoogleEvent
    private let series: Series

    /// Nil for what is no series, or one whose rule cannot be followed here.
    init?(of master: GoogleEvent) {
        guard master.isSeries, !master.isCancelled, !master.isPurged, let content = master.series,
            let series = Series(content)
        else { return nil }
        (self.master, self.series) = (master, series)
    }

    /// Those that overlap the bounds, in seconds since 1970, at most so many.
    func between(_ from: Int?, _ to: Int?, limit: Int) -> [GoogleEvent] {
        let bounds = (from ?? .min)..<max(to ?? .max, from ?? .min)
        let days =
            max(bounds.lowerBound, -60_000_000_000) / 86_400 - 1...min(bounds.upperBound, 250_000_000_000) / 86_400
        let window = EventWindow(instants: bounds, days: days)
        return series.occurrences(in: [window], limit: limit).map { instance(from: $0.start, to: $0.end) }
    }

    /// The instance with an id such as `<id of the series>_20261201T170000Z`; nil where there is none.
    func instance(_ id: String) -> GoogleEvent? {
        let stamp = id.split(separator: "_").last.map(String.init) ?? ""
        guard id == "\(master.id)_\(stamp)", let start = EventTime(stamp: stamp), series.has(start) else { return nil }
        return instance(from: start, to: series.end(of: start))
    }

    private func instance(from start: EventTime, to end: EventTime) -> GoogleEvent {
        let (first, last) = (EventMoment(start, like: master.start), EventMoment(end, like: master.end))
        var fields = master.fields
        fields["recurrence"] = nil
        fields["recurringEventId"] = .string(master.id)
        fields["originalStartTime"] = first.resource(in: Zone.named(first.zone ?? "UTC"))
        var instance = GoogleEvent(
            id: "\(master.id)_\(start.stamp)",
            fields: fields,
            start: first,
            end: last,
            created: master.created,
            updated: master.updated,
            creator: master.creator,
            iCalUID: master.iCalUID
        )
        instance.sequence = master.sequence
        return instance
    }

    /// The id of the series that an id of an instance begins with.
    static func seriesID(of id: String) -> String? {
        guard let underscore = id.lastIndex(of: "_") else { return nil }
        return String(id[..<underscore])
    }
}

extension GoogleEvent {
    /// When and how it repeats, in the words of the model.
    fileprivate var series: EventContent? {
        guard let start = start.time, let end = end.time else { return nil }
        let lines = (fields["recurrence"]?.array ?? []).compactMap(\.string)
        var content = EventContent(summary: "", from: start, to: end)
        content[.recurrence] = FieldValue(Recurrence(google: lines, zone: self.start.zone, from: start)?.text)
        return content
    }
}

extension EventMoment {
    fileprivate var time: EventTime? {
        switch self {
        case .day(let day): CivilDate(day).map { .date($0) }
        case .instant(let seconds, _): .instant(Timestamp(secondsSince1970: seconds))
        }
    }

    /// Nil for a day.
    fileprivate var zone: String? { if case .instant(_, let zone) = self { zone } else { nil } }

    fileprivate init(_ time: EventTime, like other: EventMoment) {
        switch time {
        case .date(let day): self = .day(day.description)
        case .instant(let instant): self = .instant(instant.secondsSince1970, zone: other.zone ?? "UTC")
        }
    }
}

extension EventTime {
    /// As ids of instances end: `20261201` or `20261201T170000Z`.
    fileprivate var stamp: String { description.filter { $0 != "-" && $0 != ":" } }

    fileprivate init?(stamp: String) {
        let digits = Array(stamp)
        func part(_ range: Range<Int>) -> String { String(digits[range]) }
        guard digits.count == 8 || digits.count == 16 else { return nil }
        let day = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
        self.init(digits.count == 8 ? day : "\(day)T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z")
        guard self.stamp == stamp else { return nil }
    }
}
