extension CalendarEvent {
    /// The fields in which `live` is not what this event asks for.
    ///
    /// Times are compared as instants or days. Texts are compared as people see them: Google may return `\r\n` as `\n`, and
    /// an empty text as none; white space at the ends and the Unicode form of a letter are no difference either.
    package func differences(from live: CalendarEvent, among fields: Set<EventField>) -> [EventField] {
        EventField.allCases.filter { fields.contains($0) && !isEqual(to: live, in: $0) }.sorted()
    }

    private func isEqual(to live: CalendarEvent, in field: EventField) -> Bool {
        switch field {
        case .summary: Self.isSameText(summary, live.summary)
        case .description: Self.isSameText(description, live.description)
        case .location: Self.isSameText(location, live.location)
        case .start: start == live.start
        case .end: end == live.end
        }
    }

    package static func isSameText(_ one: String?, _ other: String?) -> Bool {
        if one == other { return true }
        return normalized(one ?? "") == normalized(other ?? "")
    }

    private static func normalized(_ text: String) -> String {
        // "\r\n" is one Character, equal to neither "\r" nor "\n".
        var characters = text.map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 }[...]
        while let first = characters.first, first.isWhitespace { characters.removeFirst() }
        while let last = characters.last, last.isWhitespace { characters.removeLast() }
        return String(characters)
    }
}

extension CalendarEvent {
    /// Without what people wrote into fields that pages do not decide.
    package func limited(to fields: Set<EventField>) -> CalendarEvent {
        var event = self
        if !fields.contains(.location) { event.location = nil }
        if !fields.contains(.description) { event.description = nil }
        return event
    }
}
