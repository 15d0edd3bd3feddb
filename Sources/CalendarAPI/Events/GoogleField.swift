import JSON
package import ReconcileModel

/// How the fields that pages decide stand in Google's event resource.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/events>
extension EventField {
    package var googleKey: String {
        switch self {
        case .summary: "summary"
        case .start: "start"
        case .end: "end"
        case .location: "location"
        case .description: "description"
        case .color: "colorId"
        case .visibility: "visibility"
        case .busy: "transparency"
        case .reminders: "reminders"
        case .recurrence: "recurrence"
        }
    }

    /// Google's word for a setting.
    private func googleWord(_ word: String) -> String {
        switch self {
        case .color: EventColor(rawValue: word)?.googleID ?? word
        case .busy: word == "false" ? "transparent" : "opaque"
        case .summary, .start, .end, .location, .description, .recurrence, .visibility, .reminders: word
        }
    }

    /// What Google's word for a setting means; empty: what a new event has.
    private func setting(_ googleWord: String) -> FieldValue {
        switch self {
        case .color: .text(EventColor(googleID: googleWord)?.rawValue ?? googleWord)
        case .visibility: googleWord == EventVisibility.standard.rawValue ? .empty : .text(googleWord)
        case .busy: googleWord == "transparent" ? .text("false") : .empty
        case .summary, .start, .end, .location, .description, .recurrence, .reminders: .text(googleWord)
        }
    }

    /// The value that Google's text stands for.
    func value(of text: String?) -> FieldValue {
        // Google leaves out what is empty; should it not, the two still mean the same.
        guard let text, !text.isEmpty else { return .empty }
        return kind == .setting ? setting(text) : .text(text)
    }

    /// In a body that makes a whole event; nil: left out.
    ///
    /// - Parameter zone: the IANA zone in which Google shows the event.
    func json(_ value: FieldValue?, zone: String?) -> JSON? {
        switch value {
        case .empty, nil: nil
        case .text(let text): json(text)
        case .time(let time): time.json(zone: zone)
        }
    }

    /// In a PATCH, which deletes what is null.
    func patchJSON(_ value: FieldValue?, zone: String?) -> JSON {
        switch value {
        case .empty, nil: emptyJSON
        case .text(let text): json(text)
        case .time(let time): time.patchJSON(zone: zone)
        }
    }

    private func json(_ text: String) -> JSON {
        switch kind {
        case .text, .time: .string(text)
        // A text that is none is of an older version of this program: then what the calendar says is as good.
        case .setting where self == .reminders: EventReminders(text: text)?.json ?? EventReminders.standardPatch
        case .setting: .string(googleWord(text))
        case .rule: .array((Recurrence(text: text)?.lines ?? []).map(JSON.string))
        }
    }

    private var emptyJSON: JSON {
        switch kind {
        case .text, .time: .null
        case .setting where self == .reminders: EventReminders.standardPatch
        case .setting: standard.map { .string(googleWord($0)) } ?? .null
        // A list is replaced whole, and one without lines makes a series a single event again.
        case .rule: []
        }
    }

    /// What to ask Google for.
    var googleMask: String {
        switch kind {
        case .text, .setting, .rule: googleKey
        case .time: "\(googleKey)(date,dateTime,timeZone)"
        }
    }
}

/// <https://developers.google.com/workspace/calendar/api/v3/reference/colors/get>
extension EventColor {
    /// `1` to `11`, in the order of the cases.
    fileprivate var googleID: String { "\((EventColor.allCases.firstIndex(of: self) ?? 0) + 1)" }

    fileprivate init?(googleID: String) {
        guard let color = EventColor.allCases.first(where: { $0.googleID == googleID }) else { return nil }
        self = color
    }
}
