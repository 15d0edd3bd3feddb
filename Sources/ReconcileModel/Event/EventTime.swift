/// When an event starts or ends: a day, or an instant.
package enum EventTime: Hashable, Sendable {
    case date(CivilDate)
    case instant(Timestamp)
}

extension EventTime {
    /// Sorts events as people read calendars: seconds since 1970, a day at its beginning in UTC. Never compared for equality.
    package var order: Int {
        switch self {
        case .date(let date): date.daysSince1970 * 86_400
        case .instant(let timestamp): timestamp.secondsSince1970
        }
    }
}

extension EventTime: CustomStringConvertible {
    package var description: String {
        switch self {
        case .date(let date): date.description
        case .instant(let timestamp): timestamp.description
        }
    }
}

extension EventTime {
    /// `yyyy-mm-dd`, or RFC 3339; nil where it is neither.
    package init?(_ text: String) {
        if let date = CivilDate(text) {
            self = .date(date)
        } else if let instant = Timestamp(rfc3339: text) {
            self = .instant(instant)
        } else {
            return nil
        }
    }
}

/// As text.
extension EventTime: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let time = EventTime(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "neither a date nor an instant")
        }
        self = time
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
