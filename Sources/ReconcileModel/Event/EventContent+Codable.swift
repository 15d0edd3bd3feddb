/// By the names of fields: text as it is, a time as `yyyy-mm-dd` or RFC 3339 in UTC. One that is empty is null, one that is not spoken of
/// has no key.
extension EventContent: Codable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }

        static let displayZone = Key(stringValue: "displayZone")
        static let cancelled = Key(stringValue: "cancelled")
        static let exceptions = Key(stringValue: "exceptions")

        static func of(_ field: EventField) -> Key { Key(stringValue: field.rawValue) }
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        func time(_ field: EventField) throws -> EventTime {
            let text = try values.decode(String.self, forKey: .of(field))
            guard let time = EventTime(text) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .of(field),
                    in: values,
                    debugDescription: "neither a date nor an instant"
                )
            }
            return time
        }
        self.init(
            summary: try values.decode(String.self, forKey: .of(.summary)),
            from: try time(.start),
            to: try time(.end),
            displayZone: try values.decodeIfPresent(String.self, forKey: .displayZone)
        )
        isCancelled = try values.decodeIfPresent(Bool.self, forKey: .cancelled) ?? false
        exceptions = try values.decodeIfPresent([SeriesException].self, forKey: .exceptions) ?? []
        for field in EventField.allCases where !field.isRequired && values.contains(.of(field)) {
            switch field.kind {
            case .text, .setting, .rule:
                self[field] = FieldValue(try values.decodeIfPresent(String.self, forKey: .of(field)))
            case .time: self[field] = .time(try time(field))
            }
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        for field in fields { try values.encode(text(of: field), forKey: .of(field)) }
        try values.encodeIfPresent(displayZone, forKey: .displayZone)
        if isCancelled { try values.encode(true, forKey: .cancelled) }
        if !exceptions.isEmpty { try values.encode(exceptions, forKey: .exceptions) }
    }
}
