import Foundation

/// Calendars themselves.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/calendars>
extension Engine {
    mutating func insertCalendar(_ call: Call, _ caller: CalendarCaller) throws(Refusal) -> JSONValue? {
        let body = try object(call)
        guard let summary = body["summary"]?.string, !summary.isEmpty else { throw .required("Missing title.") }
        let zone = body["timeZone"]?.string ?? "UTC"
        guard Zone.isKnown(zone) else { throw .invalid("Invalid Value") }
        let id = world.addCalendar(
            summary,
            timeZone: zone,
            description: body["description"]?.string.flatMap { $0.isEmpty ? nil : $0 },
            owner: caller.email,
            now: now
        )
        world.google.calendars[id]?.location = body["location"]?.string
        if settings.freshCalendarFailures > 0 { freshCalendars[id] = settings.freshCalendarFailures }
        return world.google.calendars[id]?.resource
    }

    func calendarResource(_ id: String, _ caller: CalendarCaller) throws(Refusal) -> JSONValue? {
        try require(.freeBusyReader, of: id, caller)
        return world.google.calendars[id]?.resource
    }

    mutating func changeCalendar(
        _ id: String,
        _ call: Call,
        _ caller: CalendarCaller,
        merges: Bool
    ) throws(Refusal) -> JSONValue? {
        try require(.owner, of: id, caller)
        try checkMatch(call, world.google.calendars[id]?.etag ?? "")
        let body = try object(call)
        if let summary = body["summary"], summary.string?.isEmpty != false { throw .required("Missing title.") }
        if !merges, body["summary"] == nil { throw .required("Missing title.") }
        if let zone = body["timeZone"]?.string, !Zone.isKnown(zone) { throw .invalid("Invalid Value") }
        let changed = world.google.stamp(now)
        world.google.calendars[id]?.change(body, merges: merges, changed: changed)
        world.serial += 1
        return world.google.calendars[id]?.resource
    }

    mutating func deleteCalendar(_ id: String, _ call: Call, _ caller: CalendarCaller) throws(Refusal) {
        try require(.freeBusyReader, of: id, caller)
        guard let calendar = world.google.calendars[id], calendar.dataOwner == caller.email else {
            throw .accessLevel("owner")
        }
        guard !calendar.isPrimary else { throw .forbidden }
        try checkMatch(call, calendar.etag)
        world.google.calendars[id] = nil
        for email in world.google.accounts.keys { world.google.accounts[email]?.calendarList[id] = nil }
        world.serial += 1
    }

    mutating func clearCalendar(_ id: String, _ caller: CalendarCaller) throws(Refusal) {
        try require(.owner, of: id, caller)
        guard world.google.calendars[id]?.isPrimary == true else { throw .forbidden }
        world.google.calendars[id]?.events = [:]
        world.google.calendars[id]?.order = []
        world.serial += 1
    }
}

extension GoogleCalendar {
    var etag: String { OpaqueTag.quoted("calendar \(id) \(changed)") }

    var resource: JSONValue {
        var resource = settings
        resource["kind"] = "calendar#calendar"
        resource["etag"] = .string(etag)
        return resource
    }

    /// What calendar and calendar list entry have in common.
    var settings: JSONValue {
        var resource: JSONValue = .object(fields)
        resource["id"] = .string(id)
        resource["summary"] = .string(summary)
        resource["timeZone"] = .string(timeZone)
        resource["description"] = description.map { .string($0) }
        resource["location"] = location.map { .string($0) }
        if !isPrimary { resource["dataOwner"] = .string(dataOwner) }
        resource["conferenceProperties"] = ["allowedConferenceSolutionTypes": ["hangoutsMeet"]]
        return resource
    }

    fileprivate mutating func change(_ body: [String: JSONValue], merges: Bool, changed: Int) {
        if let text = body["summary"]?.string { summary = text }
        if let zone = body["timeZone"]?.string { timeZone = zone }
        if !merges || body["description"] != nil { description = body["description"]?.filledText }
        if !merges || body["location"] != nil { location = body["location"]?.filledText }
        self.changed = changed
    }
}

extension JSONValue {
    /// Text that is not empty: services leave empty text out of answers.
    var filledText: String? { string.flatMap { $0.isEmpty ? nil : $0 } }
}

/// Versions that say nothing of what they were made from.
enum OpaqueTag {
    static func quoted(_ text: String) -> String { "\"\(plain(text))\"" }

    /// FNV-1a over the text, twice, in the digits of base 32.
    static func plain(_ text: String) -> String {
        let hash = text.utf8.reduce(14_695_981_039_346_656_037 as UInt64) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        return "p3" + String(hash, radix: 32)
    }
}
