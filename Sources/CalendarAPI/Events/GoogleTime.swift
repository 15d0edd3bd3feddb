import ReconcileModel

/// `start` or `end` as Google writes it.
struct GoogleTime {
    var date: String?
    var dateTime: String?
    var timeZone: String?

    /// Of an instant; a day has none.
    var zone: String? { date == nil ? timeZone : nil }

    /// Nil where neither key, or none that can be read, is there.
    var eventTime: EventTime? {
        if let date { return CivilDate(date).map(EventTime.date) }
        return dateTime.flatMap { Timestamp(rfc3339: $0) }.map(EventTime.instant)
    }
}

extension GoogleTime: Decodable {
    private enum Key: String, CodingKey { case date, dateTime, timeZone }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        func text(_ key: Key) -> String? { values.contains(key) ? try? values.decode(String.self, forKey: key) : nil }
        (date, dateTime, timeZone) = (text(.date), text(.dateTime), text(.timeZone))
    }
}
