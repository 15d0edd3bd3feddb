/// Single occurrences of recurring events.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/events/instances>
extension Engine {
    /// Nobody pages through more of one series.
    private static let mostInstances = 730

    /// `events.instances`: those that people changed in the place of what the rule has.
    func listInstances(
        _ calendar: String,
        _ id: String,
        _ call: Call,
        _ caller: CalendarCaller
    ) throws(Refusal) -> JSONValue? {
        try require(.freeBusyReader, of: calendar, caller)
        guard let stored = world.google.calendars[calendar], let master = stored.events[id], !master.isPurged else {
            throw .notFound
        }
        var query = try EventQuery(call, oldestUpdatedMin: settings.oldestUpdatedMin)
        query.singleEvents = true
        let rendering = try rendering(calendar, call, caller)
        let zone = Zone.named(stored.timeZone)
        let events = instances(of: master, in: stored, query).filter { query.matches($0, zone: zone) }
        let (page, token) = try ListPage.cut(
            events,
            call,
            list: "instances \(calendar) \(id)",
            changed: world.google.lastChange,
            standard: 250,
            most: 2500
        )
        var answer = header(stored, caller)
        answer["items"] = .array(page.map(rendering.resource))
        answer[token.name] = .string(token.text)
        return answer
    }

    /// All instances of a series, in the order of their times by the rule.
    func instances(of master: GoogleEvent, in calendar: GoogleCalendar, _ query: EventQuery) -> [GoogleEvent] {
        guard let instances = SeriesInstances(of: master) else { return [] }
        let changed = calendar.order.compactMap { calendar.events[$0] }.filter { $0.seriesID == master.id }
        let ids = Set(changed.map(\.id))
        // Without a bound the service lists a year or so.
        let end = query.timeMax ?? now / 1000 + 366 * 86_400
        let others = instances.between(query.timeMin, end, limit: Self.mostInstances).filter { !ids.contains($0.id) }
        return (others + changed).sorted { $0.id < $1.id }
    }

    /// A stored event, or an instance that nobody changed yet.
    func event(_ id: String, of calendar: String) -> GoogleEvent? {
        guard let stored = world.google.calendars[calendar] else { return nil }
        return stored.event(id)
    }
}

extension GoogleCalendar {
    /// A stored event, or an instance that nobody changed yet.
    func event(_ id: String) -> GoogleEvent? {
        if let stored = events[id] { return stored }
        return SeriesInstances.seriesID(of: id).flatMap { events[$0] }.flatMap(SeriesInstances.init)?.instance(id)
    }

    /// What people made of single occurrences goes with the rule, or the start, that they were occurrences by.
    mutating func dropExceptions(of id: String) {
        let dropped = Set(events.values.filter { $0.seriesID == id }.map(\.id))
        order.removeAll(where: dropped.contains)
        for id in dropped { events[id] = nil }
    }
}

extension World {
    /// Changes one occurrence of a series, as a person in the user interface does ("this event").
    ///
    /// - Parameter id: of the instance: that of the series, `_`, and its start by the rule as `20261201T170000Z` or `20261201`.
    package mutating func editInstance(
        _ id: String,
        of calendar: String,
        now: Int = World.epoch,
        _ change: (inout GoogleEvent) -> Void
    ) {
        guard let instance = google.calendars[calendar]?.event(id) else { return }
        google.calendars[calendar]?.store(instance)
        editEvent(id, of: calendar, now: now, change)
    }
}
