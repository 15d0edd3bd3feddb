import Foundation

/// Single events.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/events>
extension Engine {
    func rendering(_ calendar: String, _ call: Call, _ caller: CalendarCaller) throws(Refusal) -> EventRendering {
        let name = call.parameter("timeZone") ?? world.google.calendars[calendar]?.timeZone ?? "UTC"
        guard Zone.isKnown(name) else { throw .invalidParameter("timeZone", "Invalid Value") }
        return EventRendering(
            calendarID: calendar,
            calendarSummary: world.google.calendars[calendar]?.summary ?? "",
            zone: Zone.named(name),
            viewer: caller.email,
            role: world.google.calendars[calendar]?.role(of: caller.email) ?? .none,
            showsLinks: !settings.omitsLinks
        )
    }

    func eventResource(
        _ calendar: String,
        _ id: String,
        _ call: Call,
        _ caller: CalendarCaller
    ) throws(Refusal) -> JSONValue? {
        try require(.freeBusyReader, of: calendar, caller)
        guard let event = event(id, of: calendar), !event.isPurged else { throw .notFound }
        return try rendering(calendar, call, caller).resource(event)
    }

    mutating func insertEvent(_ calendar: String, _ call: Call, _ caller: CalendarCaller) throws(Refusal) -> JSONValue?
    {
        try require(.writerWithoutPrivateAccess, of: calendar, caller)
        let body = try object(call)
        try refuseAttendees(body, caller)
        let id =
            try body["id"].map { value throws(Refusal) in try checkedID(value) } ?? world.identifiers.hex(digits: 26)
        let zone = world.google.calendars[calendar]?.timeZone ?? "UTC"
        let draft = rewritten(try EventDraft(settable(body, call), calendarZone: zone))
        guard world.google.calendars[calendar]?.events[id] == nil else { throw .duplicate }
        let updated = world.google.stamp(now)
        var event = GoogleEvent(
            id: id,
            fields: draft.fields,
            start: draft.start,
            end: draft.end,
            created: now / 1000 * 1000,
            updated: updated,
            creator: caller.email,
            iCalUID: body["iCalUID"]?.string ?? "\(id)@google.com"
        )
        try setReminders(body, of: &event, caller)
        return try store(event, in: calendar, call, caller)
    }

    mutating func changeEvent(
        _ calendar: String,
        _ id: String,
        _ call: Call,
        _ caller: CalendarCaller,
        merges: Bool
    ) throws(Refusal) -> JSONValue? {
        try require(.writerWithoutPrivateAccess, of: calendar, caller)
        guard var event = event(id, of: calendar) else { throw .notFound }
        guard !event.isPurged else { throw .forbidden }
        if !merges || !settings.patchIgnoresIfMatch { try checkMatch(call, event.etag) }
        let body = try object(call)
        try refuseAttendees(body, caller)
        let before = event
        try apply(body, to: &event, in: calendar, call, caller, merges: merges)
        let onlyReminders = merges && !body.isEmpty && body.keys.allSatisfy { $0 == "reminders" }
        // Reminders belong to the caller alone and leave `updated` as it is.
        if !onlyReminders { event.updated = world.google.stamp(now) }
        if before.start != event.start || before.end != event.end
            || before.fields["location"] != event.fields["location"]
        {
            event.sequence += 1
        }
        if before.isSeries,
            before.start != event.start || before.fields["recurrence"] != event.fields["recurrence"]
                || before.isCancelled
        {
            world.google.calendars[calendar]?.dropExceptions(of: id)
        }
        return try store(event, in: calendar, call, caller)
    }

    mutating func deleteEvent(_ calendar: String, _ id: String, _ call: Call, _ caller: CalendarCaller) throws(Refusal)
    {
        try require(.writerWithoutPrivateAccess, of: calendar, caller)
        guard var event = event(id, of: calendar) else { throw .notFound }
        guard !event.isCancelled, !event.isPurged else { throw .deleted }
        try checkMatch(call, event.etag)
        event.fields["status"] = "cancelled"
        event.updated = world.google.stamp(now)
        _ = try store(event, in: calendar, call, caller)
        guard event.isSeries else { return }
        for instance in world.google.calendars[calendar]?.liveEvents ?? [] where instance.seriesID == id {
            let updated = world.google.stamp(now)
            world.google.calendars[calendar]?.edit(instance.id, updated: updated) { $0.fields["status"] = "cancelled" }
        }
    }

    private mutating func store(
        _ event: GoogleEvent,
        in calendar: String,
        _ call: Call,
        _ caller: CalendarCaller
    ) throws(Refusal) -> JSONValue? {
        var event = event
        if let pattern = settings.droppedText { event.drop(pattern) }
        world.google.calendars[calendar]?.store(event)
        world.serial += 1
        return try rendering(calendar, call, caller).resource(event)
    }

    private func rewritten(_ draft: EventDraft) -> EventDraft {
        settings.rewritesSeries ? draft.rewritingSeries : draft
    }

    /// PATCH merges, PUT replaces; what the caller cannot set stays in both.
    private func apply(
        _ body: [String: JSONValue],
        to event: inout GoogleEvent,
        in calendar: String,
        _ call: Call,
        _ caller: CalendarCaller,
        merges: Bool
    ) throws(Refusal) {
        let zone = world.google.calendars[calendar]?.timeZone ?? "UTC"
        var body = settable(body, call)
        if event.creator != caller.email { body["source"] = nil }
        var whole = body
        if merges {
            var present = event.fields
            present["start"] = event.start.resource(in: Zone.named(zone))
            present["end"] = event.end.resource(in: Zone.named(zone))
            whole = present.merged(with: body)
        } else {
            for name in kept(by: call, event, caller) { whole[name] = event.fields[name] }
        }
        let draft = rewritten(try EventDraft(whole, calendarZone: zone))
        (event.fields, event.start, event.end) = (draft.fields, draft.start, draft.end)
        for name in EventDraft.readOnly { event.fields[name] = whole[name] }
        try setReminders(try object(call), of: &event, caller)
    }

    /// Members that a PUT does not clear: read-only ones, and those that need a parameter to be seen at all.
    private func kept(by call: Call, _ event: GoogleEvent, _ caller: CalendarCaller) -> Set<String> {
        var names = EventDraft.readOnly
        if event.creator != caller.email { names.insert("source") }
        if call.parameter("conferenceDataVersion") != "1" { names.insert("conferenceData") }
        if !call.flag("supportsAttachments") { names.insert("attachments") }
        return names
    }

    /// The body without what a request cannot set.
    private func settable(_ body: [String: JSONValue], _ call: Call) -> [String: JSONValue] {
        var body = body.filter { !EventDraft.readOnly.contains($0.key) }
        if call.parameter("conferenceDataVersion") != "1" { body["conferenceData"] = nil }
        if !call.flag("supportsAttachments") { body["attachments"] = nil }
        return body
    }

    private func setReminders(
        _ body: [String: JSONValue],
        of event: inout GoogleEvent,
        _ caller: CalendarCaller
    ) throws(Refusal) {
        guard let reminders = body["reminders"], reminders != .null else { return }
        guard reminders.object != nil else { throw .invalid("Invalid value for: reminders") }
        let overrides = reminders["overrides"]?.array ?? []
        let usesDefault = reminders["useDefault"]?.bool ?? overrides.isEmpty
        guard !usesDefault || overrides.isEmpty else {
            throw .invalid("Cannot specify both default reminders and overrides at the same time.")
        }
        guard overrides.count <= 5, overrides.allSatisfy({ (0...40_320).contains($0["minutes"]?.int ?? -1) }) else {
            throw .invalid("Invalid reminder override.")
        }
        event.reminders[caller.email] = usesDefault ? nil : ["useDefault": false, "overrides": .array(overrides)]
    }

    private func refuseAttendees(_ body: [String: JSONValue], _ caller: CalendarCaller) throws(Refusal) {
        if caller.isServiceAccount, body["attendees"]?.array?.isEmpty == false { throw .attendeesRefused }
    }

    private func checkedID(_ value: JSONValue) throws(Refusal) -> String {
        guard let id = value.string, (5...1024).contains(id.utf8.count),
            id.utf8.allSatisfy({ (48...57).contains($0) || (97...118).contains($0) })
        else { throw .invalidID }
        return id
    }
}

extension GoogleEvent {
    /// Leaves out of the texts what matches a regular expression; a text of which nothing is left is none.
    fileprivate mutating func drop(_ pattern: String) {
        for name in ["summary", "description", "location"] {
            guard let text = fields[name]?.string else { continue }
            let rest = text.replacingOccurrences(of: pattern, with: "", options: .regularExpression)
            fields[name] = rest.isEmpty ? nil : .string(rest)
        }
    }
}
