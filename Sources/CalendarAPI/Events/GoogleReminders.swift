import JSON
import ReconcileModel

/// `reminders` of an event, as the account has them that asks.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/events#reminders>
struct GoogleReminders: Decodable {
    private var useDefault: Bool?
    private var overrides: [Override]?

    private struct Override: Decodable {
        var method: String?
        var minutes: Int?
    }

    /// As we write it down. Nil: what the calendar says, or nothing that could be written back.
    var text: String? {
        guard useDefault != true else { return nil }
        let overrides = overrides ?? []
        let known = overrides.compactMap { one -> EventReminders.Reminder? in
            guard let method = one.method, let minutes = one.minutes, minutes >= 0,
                !method.isEmpty, method.utf8.allSatisfy({ (97...122).contains($0) })
            else { return nil }
            return EventReminders.Reminder(method, minutes: minutes)
        }
        return known.count == overrides.count ? EventReminders(known).text : nil
    }
}

extension EventReminders {
    var json: JSON {
        let overrides = reminders.map { JSON.object(["method": .string($0.method), "minutes": .integer($0.minutes)]) }
        return ["useDefault": false, "overrides": .array(overrides)]
    }

    /// In a PATCH, which merges: what the calendar says takes the place of all that was set.
    static let standardPatch: JSON = ["useDefault": true, "overrides": .null]
}
