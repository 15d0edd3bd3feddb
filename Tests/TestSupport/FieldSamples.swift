package import ReconcileModel

extension EventField {
    /// Two values of this field that are not the same, made of nothing but its kind: a field that is new has some at once.
    package var samples: (one: FieldValue, other: FieldValue) {
        switch kind {
        case .text: (.text("One \(rawValue)"), .text("Another \(rawValue)"))
        case .setting: settings
        case .rule:
            (rule("WEEKLY"), rule("DAILY"))
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

    private func rule(_ frequency: String) -> FieldValue {
        let first = EventField.start.samples.one.time.flatMap { CivilDate($0.description.prefix(10)) }
        return .text(Recurrence(lines: ["RRULE:FREQ=\(frequency)"], zone: "America/Phoenix", first: first).text)
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
