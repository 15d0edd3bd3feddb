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

    /// What we set, as we write it down; anything else in words that are none of ours. Nil: what the calendar says.
    var text: String? {
        guard useDefault != true else { return nil }
        let overrides = overrides ?? []
        guard overrides.allSatisfy({ $0.method == "popup" && $0.minutes != nil }) else {
            return overrides.map { "\($0.method ?? "unknown") \($0.minutes ?? 0)" }.sorted().joined(separator: ", ")
        }
        return EventReminders(minutes: overrides.compactMap(\.minutes)).text
    }
}

extension EventReminders {
    var json: JSON {
        let overrides = minutes.map { JSON.object(["method": "popup", "minutes": .integer($0)]) }
        return ["useDefault": false, "overrides": .array(overrides)]
    }

    /// In a PATCH, which merges: what the calendar says takes the place of all that was set.
    static let standardPatch: JSON = ["useDefault": true, "overrides": .null]
}
