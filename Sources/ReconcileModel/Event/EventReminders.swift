/// When Google reminds of an event, in place of what the calendar says.
///
/// Each account has reminders of its own: they are those of the account that writes them.
/// <https://developers.google.com/workspace/calendar/api/concepts/reminders>
package struct EventReminders: Hashable, Codable, Sendable {
    package struct Reminder: Hashable, Codable, Sendable {
        /// `popup`, or what people chose: `email`.
        package var method: String
        /// Before the start.
        package var minutes: Int

        package init(_ method: String, minutes: Int) { (self.method, self.minutes) = (method, minutes) }
    }

    /// Each once, the shortest first; empty: it reminds of nothing.
    package let reminders: [Reminder]

    /// Google allows no more.
    package static let most = 5
    /// In minutes, four weeks: likewise.
    package static let longest = 40_320
    package static let popup = "popup"

    package init(_ reminders: some Sequence<Reminder>) {
        self.reminders = Set(reminders).sorted { ($0.minutes, $0.method) < ($1.minutes, $1.method) }
    }

    /// Those that declarations make.
    package init(minutes: some Sequence<Int>) { self.init(minutes.map { Reminder(Self.popup, minutes: $0) }) }

    /// `10m, 1d`, `10m, email 1d`, or `none`.
    package var text: String {
        guard !reminders.isEmpty else { return Self.none }
        return reminders.map { one in
            let time = one.minutes == 0 ? "0m" : DurationText.text(one.minutes * 60)
            return one.method == Self.popup ? time : "\(one.method) \(time)"
        }
        .joined(separator: ", ")
    }

    package static let none = "none"

    /// What the text of some reminders says; nil where it is none.
    package init?(text: String) {
        guard text != Self.none else {
            self.init([])
            return
        }
        var reminders: [Reminder] = []
        for part in text.split(separator: ",") {
            let words = part.split(separator: " ")
            guard let time = words.last, words.count <= 2, let seconds = DurationText.seconds(String(time)) else {
                return nil
            }
            let method = words.count == 2 ? words.first.map(String.init) : nil
            reminders.append(Reminder(method ?? Self.popup, minutes: seconds / 60))
        }
        guard !reminders.isEmpty else { return nil }
        self.init(reminders)
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
