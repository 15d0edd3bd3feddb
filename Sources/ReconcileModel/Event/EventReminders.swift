/// When Google reminds of an event, in place of what the calendar says.
///
/// Each account has reminders of its own: they are those of the account that writes them.
/// <https://developers.google.com/workspace/calendar/api/concepts/reminders>
package struct EventReminders: Hashable, Codable, Sendable {
    /// Before the start, each once, the shortest first; empty: it reminds of nothing.
    package let minutes: [Int]

    /// Google allows no more.
    package static let most = 5
    /// In minutes, four weeks: likewise.
    package static let longest = 40_320

    package init(minutes: some Sequence<Int>) { self.minutes = Set(minutes).sorted() }

    /// `10m, 1d`, or `none`.
    package var text: String {
        minutes.isEmpty ? Self.none : minutes.map { DurationText.text($0 * 60) }.joined(separator: ", ")
    }

    package static let none = "none"

    /// What the text of some reminders says; nil where it is none.
    package init?(text: String) {
        guard text != Self.none else {
            self.init(minutes: [])
            return
        }
        var minutes: [Int] = []
        for part in text.split(separator: ",") {
            guard let seconds = DurationText.seconds(String(part.drop { $0 == " " })) else { return nil }
            minutes.append(seconds / 60)
        }
        self.init(minutes: minutes)
    }
}

/// `reminders:` of a template.
package struct DeclaredReminders: Hashable, Codable, Sendable {
    package var reminders: EventReminders
    /// Where they stand.
    package var source: SourceLocation

    package init(_ reminders: EventReminders, source: SourceLocation) {
        (self.reminders, self.source) = (reminders, source)
    }
}
