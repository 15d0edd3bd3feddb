/// An event as a request wants it: checked, normalized, without what only the server sets.
struct EventDraft {
    var fields: [String: JSONValue]
    var start: EventMoment
    var end: EventMoment

    /// Members that a request cannot set.
    static let readOnly: Set = [
        "kind", "etag", "id", "htmlLink", "created", "updated", "creator", "organizer", "hangoutLink", "locked",
        "iCalUID", "sequence", "recurringEventId", "originalStartTime", "attendeesOmitted", "reminders",
    ]

    /// Members that are left out of answers where they have these values.
    private static let defaults: [String: JSONValue] = [
        "transparency": "opaque", "visibility": "default", "eventType": "default", "anyoneCanAddSelf": false,
        "guestsCanInviteOthers": true, "guestsCanModify": false, "guestsCanSeeOtherGuests": true,
        "privateCopy": false, "endTimeUnspecified": false,
    ]

    /// - Parameter body: the whole resource as it shall be.
    /// - Throws: the 400 of the first thing that is wrong.
    init(_ body: [String: JSONValue], calendarZone: String) throws(Refusal) {
        guard let endValue = body["end"], endValue.object?.isEmpty == false else {
            throw .required("Missing end time.")
        }
        guard let startValue = body["start"], startValue.object?.isEmpty == false else {
            throw .required("Missing start time.")
        }
        let recurs = body["recurrence"]?.array?.isEmpty == false
        start = try .read(startValue, "start", calendarZone: calendarZone, recurs: recurs)
        end = try .read(endValue, "end", calendarZone: calendarZone, recurs: recurs)
        try EventMoment.checkRange(start: start, end: end)
        fields = [:]
        for (name, value) in body where name != "start" && name != "end" {
            guard !value.isNull, value != "", value != [], value != Self.defaults[name] else { continue }
            fields[name] = value
        }
        fields["status"] = fields["status"] ?? "confirmed"
        if let properties = fields["extendedProperties"] {
            fields["extendedProperties"] = try Self.limited(properties)
        }
        try checkValues()
    }

    private func checkValues() throws(Refusal) {
        try checkRecurrence()
        guard ["confirmed", "tentative", "cancelled"].contains(fields["status"]?.string) else {
            throw .invalid("Invalid Value")
        }
        if let color = fields["colorId"], !(1...11).contains(color.string.flatMap { Int($0) } ?? 0) {
            throw .invalid("Invalid Value")
        }
        if let visibility = fields["visibility"]?.string, !["public", "private", "confidential"].contains(visibility) {
            throw .invalid("Invalid Value")
        }
        if let url = fields["source"]?["url"]?.string, !url.hasPrefix("https://"), !url.hasPrefix("http://") {
            throw .invalid("Invalid Value")
        }
        for text in ["summary", "description", "location"] where fields[text] != nil && fields[text]?.string == nil {
            throw .invalid("Invalid Value")
        }
    }

    /// Lines of RFC 5545 without DTSTART and DTEND.
    private func checkRecurrence() throws(Refusal) {
        guard let lines = fields["recurrence"] else { return }
        guard let lines = lines.array else { throw .invalid("Invalid Value") }
        for line in lines {
            let text = line.string?.uppercased() ?? ""
            let name = text.prefix { $0 != ":" && $0 != ";" }
            guard ["RRULE", "EXRULE", "RDATE", "EXDATE"].contains(String(name)), text.contains(":"),
                !name.hasSuffix("RULE") || text.contains("FREQ=")
            else { throw .invalid("Invalid recurrence rule.") }
        }
    }

    /// Long keys disappear, long values are cut, both without a word; too much altogether is an error.
    ///
    /// <https://developers.google.com/workspace/calendar/api/guides/extended-properties>
    private static func limited(_ properties: JSONValue) throws(Refusal) -> JSONValue? {
        var (kept, count, size): (JSONValue, Int, Int) = ([:], 0, 0)
        for kind in ["private", "shared"] {
            var members: [String: JSONValue] = [:]
            for (key, value) in properties[kind]?.object ?? [:] where key.count <= 44 && !value.isNull {
                let text = String((value.string ?? value.text).prefix(1024))
                members[key] = .string(text)
                count += 1
                size += key.utf8.count + text.utf8.count
            }
            if !members.isEmpty { kept[kind] = .object(members) }
        }
        guard count <= 300, size <= 32_768 else { throw .invalid("A provided value exceeds the allowed size limit.") }
        return kept == [:] ? nil : kept
    }
}

extension [String: JSONValue] {
    /// PATCH: objects merge, everything else replaces, null removes.
    func merged(with patch: [String: JSONValue]) -> [String: JSONValue] {
        var result = self
        for (name, value) in patch {
            switch value {
            case .null: result[name] = nil
            case .object(let members): result[name] = .object((result[name]?.object ?? [:]).merged(with: members))
            default: result[name] = value
            }
        }
        return result
    }
}
