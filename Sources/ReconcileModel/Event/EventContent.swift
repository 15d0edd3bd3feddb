/// What is asked of an event, or stands there: a value for each field that is spoken of. What is not spoken of, like everything else
/// on an event, belongs to people.
package struct EventContent: Hashable, Sendable {
    package var summary: String
    package var start: EventTime
    /// Exclusive, as Google has it: an all-day event of one day ends on the next.
    package var end: EventTime
    /// The IANA zone in which Google shows a timed event; never compared.
    package var displayZone: String?
    /// Whether its page is called off; shown in public addresses, never compared.
    package var isCancelled = false
    /// Of a series, the occurrences that are not as its rule has them; shown in public addresses, never compared.
    package var exceptions: [SeriesException] = []
    /// Of the fields that may be left to people, those that are spoken of.
    private var others: [EventField: FieldValue]

    /// Speaks of no field that may be left to people.
    package init(summary: String, from start: EventTime, to end: EventTime, displayZone: String? = nil) {
        self.summary = summary
        self.start = start
        self.end = end
        self.displayZone = displayZone
        others = [:]
    }

    /// The value of a field; nil where it is not spoken of.
    ///
    /// A time stays as it is where something else than a time is set, for no event is without.
    package subscript(field: EventField) -> FieldValue? {
        get {
            switch field {
            case .summary: .text(summary)
            case .start: .time(start)
            case .end: .time(end)
            default: others[field]
            }
        }
        set {
            switch field {
            case .summary: summary = newValue?.text ?? ""
            case .start: start = newValue?.time ?? start
            case .end: end = newValue?.time ?? end
            default: others[field] = newValue
            }
        }
    }

    /// Those that are spoken of, in their order.
    package var fields: [EventField] { EventField.allCases.filter { $0.isRequired || others[$0] != nil } }
}

extension EventContent {
    /// Speaks of all fields; what is not given is meant to be empty.
    package init(
        summary: String,
        description: String? = nil,
        location: String? = nil,
        start: EventTime,
        end: EventTime,
        displayZone: String? = nil
    ) {
        self = EventContent(summary: summary, from: start, to: end, displayZone: displayZone).complete
        self.description = description
        self.location = location
    }

    /// Nil where there is none, or nobody speaks of it; set to nil, it is meant to be empty.
    package var description: String? {
        get { self[.description]?.text }
        set { self[.description] = FieldValue(newValue) }
    }

    /// As `description`.
    package var location: String? {
        get { self[.location]?.text }
        set { self[.location] = FieldValue(newValue) }
    }

    /// How it repeats; nil: it does not, or nobody speaks of it.
    package var recurrence: Recurrence? { Recurrence(text: self[.recurrence]?.text) }

    /// A field as text; nil where it is empty, or nobody speaks of it.
    package func text(of field: EventField) -> String? { self[field]?.text }

    /// The same for people and programs, to whom the lines of a rule are told without its zone.
    package func plainText(of field: EventField) -> String? {
        field.kind == .rule ? recurrence?.shown : text(of: field)
    }

    /// The fields that are spoken of here and are something else in `live`, which may speak of more.
    package func differences(from live: EventContent) -> [EventField] {
        fields.filter { field in
            guard let own = self[field] else { return false }
            return !field.isSame(own, live[field] ?? .empty)
        }
    }

    /// Without what people wrote into fields that pages do not decide.
    package func limited(to fields: Set<EventField>) -> EventContent {
        var content = self
        for field in EventField.allCases where !field.isRequired && !fields.contains(field) { content[field] = nil }
        return content
    }

    /// Without what only templates set.
    package var withoutSettings: EventContent {
        var content = self
        for field in EventField.settings { content[field] = nil }
        return content
    }

    /// A field as programs and people are told it: what is spoken of and empty has the standard's word, where there is one.
    package func shown(_ field: EventField) -> String? {
        guard let value = self[field] else { return nil }
        return plainText(of: field) ?? (value == .empty ? field.standard : nil)
    }

    /// The same, where what columns could give and is not spoken of is meant to be empty.
    package var complete: EventContent { speaking(of: EventField.optional) }

    /// The same, where these fields are meant to be empty if they are not spoken of.
    package func speaking(of fields: some Sequence<EventField>) -> EventContent {
        var content = self
        for field in fields where content[field] == nil { content[field] = .empty }
        return content
    }

    /// The same, with some fields as another one has them.
    package func taking(_ fields: some Sequence<EventField>, from other: EventContent) -> EventContent {
        var content = self
        for field in fields { content[field] = other[field] ?? .empty }
        return content
    }
}

extension EventContent: CustomDebugStringConvertible {
    /// Field by field, in their order, for those who look for a mistake.
    package var debugDescription: String {
        fields.map { "\($0.rawValue): \(text(of: $0).map { "\"\($0)\"" } ?? "none")" }.joined(separator: ", ")
    }
}
