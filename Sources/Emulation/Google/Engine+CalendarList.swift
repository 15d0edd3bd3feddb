/// The list of calendars of one account.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/calendarList>
extension Engine {
    func listCalendars(_ call: Call, _ caller: CalendarCaller) throws(Refusal) -> JSONValue? {
        let name = "calendarList \(caller.email)"
        var since: Int?
        if let text = call.parameter("syncToken") {
            let isRestricted = call.parameter("minAccessRole") != nil || call.flag("showOwnOrganizationOnly")
            guard !isRestricted else {
                throw .calendar(400, "badRequest", "Sync token cannot be used with other query restrictions.")
            }
            guard let token = ListToken(text, list: name) else { throw .fullSyncRequired }
            since = token.since
        }
        let entries = try shownEntries(call, caller, since: since)
        let (page, token) = try ListPage.cut(
            entries,
            call,
            list: name,
            changed: world.google.lastChange,
            standard: 100,
            most: 250
        )
        var answer: JSONValue = [
            "kind": "calendar#calendarList",
            "etag": .string(OpaqueTag.quoted("\(name) \(world.google.lastChange)")),
            "items": .array(page),
        ]
        answer[token.name] = .string(token.text)
        return answer
    }

    private func shownEntries(_ call: Call, _ caller: CalendarCaller, since: Int?) throws(Refusal) -> [JSONValue] {
        var least = AccessRole.freeBusyReader
        if let text = call.parameter("minAccessRole") {
            guard let role = AccessRole(rawValue: text) else {
                throw .invalidParameter("minAccessRole", "Invalid Value")
            }
            least = role
        }
        let entries = (world.google.accounts[caller.email]?.calendarList ?? [:]).sorted {
            $0.value.order < $1.value.order
        }
        return entries.compactMap { id, entry in
            guard let calendar = world.google.calendars[id], calendar.role(of: caller.email) >= least else {
                return nil
            }
            guard max(entry.changed, calendar.changed) > since ?? -1 else { return nil }
            guard !entry.isHidden || call.flag("showHidden") || since != nil else { return nil }
            guard !entry.isDeleted || call.flag("showDeleted") || since != nil else { return nil }
            if let stale = settings.staleListsSince, entry.changed > stale { return nil }
            return resource(entry, calendar, caller)
        }
    }

    func listEntry(_ id: String, _ caller: CalendarCaller) throws(Refusal) -> JSONValue? {
        guard let entry = world.google.accounts[caller.email]?.calendarList[id], !entry.isDeleted,
            let calendar = world.google.calendars[id]
        else { throw .notFound }
        return resource(entry, calendar, caller)
    }

    mutating func insertListEntry(_ call: Call, _ caller: CalendarCaller) throws(Refusal) -> JSONValue? {
        let body = try object(call)
        guard let id = body["id"]?.string else { throw .required("Missing id.") }
        try require(.freeBusyReader, of: id, caller)
        if world.google.accounts[caller.email]?.calendarList[id]?.isDeleted != false {
            world.list(id, for: caller.email, changed: world.google.stamp(now))
        }
        change(id, caller) { $0.set(body) }
        return try listEntry(id, caller)
    }

    mutating func changeListEntry(
        _ id: String,
        _ call: Call,
        _ caller: CalendarCaller,
        merges: Bool
    ) throws(Refusal) -> JSONValue? {
        _ = try listEntry(id, caller)
        let body = try object(call)
        change(id, caller) { entry in
            if !merges { (entry.fields, entry.isHidden) = ([:], false) }
            entry.set(body)
        }
        return try listEntry(id, caller)
    }

    mutating func deleteListEntry(_ id: String, _ caller: CalendarCaller) throws(Refusal) {
        _ = try listEntry(id, caller)
        guard world.google.calendars[id]?.dataOwner != caller.email else {
            throw .calendar(
                403,
                "cannotUnsubscribeFromOwnedCalendar",
                "The data owner of a calendar cannot remove such a calendar from their calendar list.",
                domain: "calendar"
            )
        }
        change(id, caller) { $0.isDeleted = true }
    }

    private mutating func change(_ id: String, _ caller: CalendarCaller, _ change: (inout CalendarListEntry) -> Void) {
        guard var entry = world.google.accounts[caller.email]?.calendarList[id] else { return }
        change(&entry)
        entry.changed = world.google.stamp(now)
        world.google.accounts[caller.email]?.calendarList[id] = entry
        world.serial += 1
    }

    private func resource(_ entry: CalendarListEntry, _ calendar: GoogleCalendar, _ caller: CalendarCaller) -> JSONValue
    {
        var resource = calendar.settings
        for (name, value) in entry.fields { resource[name] = value }
        resource["kind"] = "calendar#calendarListEntry"
        // Does not change with the shared fields, only with the entry itself.
        resource["etag"] = .string("\"\(entry.changed * 1000)\"")
        resource["colorId"] = resource["colorId"] ?? "14"
        resource["backgroundColor"] = resource["backgroundColor"] ?? "#9fe1e7"
        resource["foregroundColor"] = resource["foregroundColor"] ?? "#000000"
        resource["selected"] = resource["selected"] ?? true
        resource["defaultReminders"] = resource["defaultReminders"] ?? []
        resource["accessRole"] = .string(calendar.role(of: caller.email).rawValue)
        if entry.isHidden { resource["hidden"] = true }
        if entry.isDeleted { resource["deleted"] = true }
        if calendar.isPrimary { resource["primary"] = true }
        return resource
    }
}

extension CalendarListEntry {
    private static let own: Set = [
        "summaryOverride", "colorId", "backgroundColor", "foregroundColor", "selected", "defaultReminders",
        "notificationSettings",
    ]

    fileprivate mutating func set(_ body: [String: JSONValue]) {
        for (name, value) in body where Self.own.contains(name) { fields[name] = value.isNull ? nil : value }
        if let hidden = body["hidden"]?.bool { isHidden = hidden }
    }
}
