package import ReconcileModel

extension EventField {
    /// Two values of this field that are not the same, made of nothing but its kind: a field that is new has some at once.
    package var samples: (one: FieldValue, other: FieldValue) {
        switch kind {
        case .text: (.text("One \(rawValue)"), .text("Another \(rawValue)"))
        case .setting: settings
        case .rule:
            (.text("RRULE:FREQ=WEEKLY\nTZID:America/Phoenix"), .text("RRULE:FREQ=DAILY\nTZID:America/Phoenix"))
        case .time: (.time(.instant(.day(order))), .time(.instant(.day(order, hour: 19))))
        }
    }

    /// Words that are known; of two words that a new event has one.
    private var settings: (one: FieldValue, other: FieldValue) {
        switch self {
        case .color: (.text(EventColor.tomato.rawValue), .text(EventColor.sage.rawValue))
        case .visibility: (.text(EventVisibility.hidden.rawValue), .text(EventVisibility.shown.rawValue))
        case .reminders: (.text("10m, 1d"), .text(EventReminders.none))
        default: (.text("false"), .empty)
        }
    }

    private var order: Int { EventField.allCases.firstIndex(of: self) ?? 0 }
}

extension EventContent {
    /// Every field has its first sample.
    package static let ofSamples: EventContent = {
        var content = EventContent.sample()
        content.displayZone = "America/Phoenix"
        for field in EventField.allCases { content[field] = field.samples.one }
        return content
    }()
}
