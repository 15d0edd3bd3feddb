/// `events.list`.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/events/list>
extension Engine {
    func listEvents(_ id: String, _ call: Call, _ caller: CalendarCaller) throws(Refusal) -> JSONValue? {
        try require(.freeBusyReader, of: id, caller)
        guard let calendar = world.google.calendars[id] else { throw .notFound }
        var query = try EventQuery(call, oldestUpdatedMin: settings.oldestUpdatedMin)
        let sync = try syncToken(call, calendar)
        if let sync { (query.timeMin, query.timeMax, query.showDeleted) = (sync.timeMin, sync.timeMax, true) }
        let page = try pageToken(call, calendar)
        let started = page?.since ?? world.google.lastChange
        var rendering = try rendering(id, call, caller)
        if let fields = call.parameter("fields") {
            rendering.showsLinks = try FieldSelector(fields).includes(["items", "htmlLink"]) && !settings.omitsLinks
        }
        let offset = page?.offset ?? 0
        let (events, next) =
            query.singleEvents
            ? slice(expanded(calendar, query, since: sync?.since), from: offset, of: calendar, query)
            : slice(candidates(calendar, query, since: sync?.since), from: offset, of: calendar, query)

        var answer = header(calendar, caller)
        answer["items"] = .array(
            events.map { sync != nil && $0.isCancelled ? rendering.tombstone($0) : rendering.resource($0) }
        )
        var token = ListToken(list: listName(call, calendar), epoch: calendar.syncEpoch, since: started)
        if let next {
            token.offset = next
            answer["nextPageToken"] = .string(token.text)
        } else if query.allowsSyncToken {
            token.list = syncName(calendar)
            (token.timeMin, token.timeMax) = (query.timeMin, query.timeMax)
            answer["nextSyncToken"] = .string(token.text)
        }
        return answer
    }

    func header(_ calendar: GoogleCalendar, _ caller: CalendarCaller) -> JSONValue {
        let updated = calendar.order.last.flatMap { calendar.events[$0]?.updated } ?? calendar.changed
        var header: JSONValue = [
            "kind": "calendar#events",
            "etag": .string(OpaqueTag.quoted("\(calendar.id) \(world.google.lastChange)")),
            "summary": .string(calendar.summary),
            "updated": .string(Milliseconds.text(max(updated, calendar.changed))),
            "timeZone": .string(calendar.timeZone),
            "accessRole": .string(calendar.role(of: caller.email).rawValue),
            "defaultReminders": [],
        ]
        header["description"] = calendar.description.map { .string($0) }
        return header
    }

    /// The ids that a list goes through, in its order.
    private func candidates(_ calendar: GoogleCalendar, _ query: EventQuery, since: Int?) -> [String] {
        if let since { return byUpdate(calendar).filter { $0.updated > since }.map(\.id) }
        switch query.orderBy {
        case "updated": return byUpdate(calendar).map(\.id)
        case "startTime":
            let zone = Zone.named(calendar.timeZone)
            return calendar.order.compactMap { calendar.events[$0] }
                .map { (id: $0.id, start: $0.start.seconds(in: zone)) }
                .sorted { ($0.start, $0.id) < ($1.start, $1.id) }.map(\.id)
        default: return calendar.order
        }
    }

    private func byUpdate(_ calendar: GoogleCalendar) -> [(id: String, updated: Int)] {
        calendar.events.values.map { (id: $0.id, updated: $0.updated) }.sorted { $0.updated < $1.updated }
    }

    /// The events that a list goes through where series are expanded.
    private func expanded(_ calendar: GoogleCalendar, _ query: EventQuery, since: Int?) -> [GoogleEvent] {
        let stored = candidates(calendar, query, since: since).compactMap { calendar.events[$0] }
        let events = stored.flatMap { event in
            event.isSeries ? instances(of: event, in: calendar, query) : event.seriesID == nil ? [event] : []
        }
        guard query.orderBy == "startTime" else { return events }
        let zone = Zone.named(calendar.timeZone)
        return events.map { (event: $0, start: $0.start.seconds(in: zone)) }
            .sorted { ($0.start, $0.event.id) < ($1.start, $1.event.id) }.map(\.event)
    }

    /// One page of events, and where the next one begins.
    private func slice(
        _ ids: [String],
        from offset: Int,
        of calendar: GoogleCalendar,
        _ query: EventQuery
    ) -> (events: [GoogleEvent], next: Int?) {
        slice(ids.indices, from: offset, of: calendar, query) { calendar.events[ids[$0]] }
    }

    private func slice(
        _ events: [GoogleEvent],
        from offset: Int,
        of calendar: GoogleCalendar,
        _ query: EventQuery
    ) -> (events: [GoogleEvent], next: Int?) {
        slice(events.indices, from: offset, of: calendar, query) { events[$0] }
    }

    private func slice(
        _ positions: Range<Int>,
        from offset: Int,
        of calendar: GoogleCalendar,
        _ query: EventQuery,
        _ event: (Int) -> GoogleEvent?
    ) -> (events: [GoogleEvent], next: Int?) {
        let zone = Zone.named(calendar.timeZone)
        var events: [GoogleEvent] = []
        for position in positions.dropFirst(offset) {
            guard let event = event(position), query.matches(event, zone: zone) else { continue }
            if let stale = settings.staleListsSince, event.created > stale { continue }
            if events.count == query.maxResults { return (events, position) }
            events.append(event)
        }
        return (events, nil)
    }

    private func syncToken(_ call: Call, _ calendar: GoogleCalendar) throws(Refusal) -> ListToken? {
        guard let text = call.parameter("syncToken") else { return nil }
        let excluded = EventQuery.excludedBySyncToken.contains { call.parameter($0) != nil }
        guard !excluded, call.parameter("showDeleted")?.lowercased() != "false" else {
            throw .calendar(400, "badRequest", "Sync token cannot be used with other query restrictions.")
        }
        guard let token = ListToken(text, list: syncName(calendar)), token.epoch == calendar.syncEpoch else {
            throw .fullSyncRequired
        }
        return token
    }

    private func pageToken(_ call: Call, _ calendar: GoogleCalendar) throws(Refusal) -> ListToken? {
        guard let text = call.parameter("pageToken") else { return nil }
        guard let token = ListToken(text, list: listName(call, calendar)) else {
            throw .invalidParameter("pageToken", "Invalid page token value.")
        }
        return token
    }

    private func syncName(_ calendar: GoogleCalendar) -> String { "events \(calendar.id)" }

    /// Differs where any parameter does that has to stay as in the first call.
    private func listName(_ call: Call, _ calendar: GoogleCalendar) -> String {
        let free: Set = ["pageToken", "maxResults", "fields", "prettyPrint", "quotaUser", "key", "alt"]
        let fixed = call.query.filter { !free.contains($0.name) }.map { "\($0.name)=\($0.value)" }.sorted()
        return "events page \(calendar.id) \(fixed.joined(separator: "&"))"
    }
}
