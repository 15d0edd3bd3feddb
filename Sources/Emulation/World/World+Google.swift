extension World {
    /// Adds a service account with a key; it may act as each of `delegators` (domain-wide delegation).
    ///
    /// - Throws: `SigningError` where no key can be made.
    package mutating func addServiceAccount(_ email: String, delegators: Set<String> = []) throws {
        let clientID = "1\(identifiers.next() % 100_000_000_000_000_000)"
        var account = GoogleAccount(
            email: email,
            key: try .make(id: identifiers.hex(digits: 40), clientID: clientID)
        )
        account.delegators = delegators
        google.accounts[email] = account
        addPrimaryCalendar(of: email)
    }

    /// Adds a person's account, which can be acted as but has no key.
    package mutating func addPerson(_ email: String) {
        google.accounts[email] = GoogleAccount(email: email)
        addPrimaryCalendar(of: email)
    }

    private mutating func addPrimaryCalendar(of email: String) {
        var calendar = GoogleCalendar(
            id: email,
            summary: email,
            timeZone: "UTC",
            dataOwner: email,
            changed: google.stamp(World.epoch)
        )
        calendar.isPrimary = true
        add(calendar, listedFor: nil)
    }

    /// Adds a secondary calendar.
    ///
    /// - Parameters:
    ///   - sharedWith: further rules: role by e-mail.
    ///   - id: nil makes one.
    /// - Returns: its id.
    @discardableResult
    package mutating func addCalendar(
        _ summary: String,
        timeZone: String = "UTC",
        description: String? = nil,
        owner: String = World.serviceAccount,
        sharedWith: [String: AccessRole] = [:],
        id: String? = nil,
        now: Int = World.epoch
    ) -> String {
        let id = id ?? "c_\(identifiers.hex(digits: 64))@group.calendar.google.com"
        var calendar = GoogleCalendar(
            id: id,
            summary: summary,
            timeZone: timeZone,
            dataOwner: owner,
            changed: google.stamp(now)
        )
        calendar.description = description
        for (email, role) in sharedWith.sorted(by: { $0.key < $1.key }) {
            let rule = AccessRule(role: role, scopeType: "user", scopeValue: email, changed: google.stamp(now))
            calendar.rules[rule.id] = rule
        }
        add(calendar, listedFor: owner)
        return id
    }

    private mutating func add(_ calendar: GoogleCalendar, listedFor owner: String?) {
        var calendar = calendar
        let rule = AccessRule(
            role: .owner,
            scopeType: "user",
            scopeValue: calendar.dataOwner,
            changed: calendar.changed
        )
        calendar.rules[rule.id] = rule
        google.calendars[calendar.id] = calendar
        if let owner { list(calendar.id, for: owner, changed: calendar.changed) }
        serial += 1
    }

    /// Puts a calendar into an account's list, as following a link does.
    package mutating func list(_ calendar: String, for email: String, changed: Int = World.epoch) {
        guard let account = google.accounts[email] else { return }
        let order = (account.calendarList.values.map(\.order).max() ?? 0) + 1
        google.accounts[email]?.calendarList[calendar] = CalendarListEntry(order: order, changed: changed)
        serial += 1
    }

    /// Adds an event as a person or another program would have made it.
    ///
    /// - Parameters:
    ///   - start: `yyyy-mm-dd`, or an RFC 3339 time with its offset.
    ///   - end: exclusive; nil: the next day, or an hour later.
    ///   - marks: private extended properties.
    ///   - fields: further members of the resource.
    /// - Returns: its id; nil where there is no such calendar or the times are no times.
    @discardableResult
    package mutating func addEvent(
        to calendar: String,
        _ summary: String,
        start: String,
        end: String? = nil,
        marks: [String: String] = [:],
        id: String? = nil,
        creator: String? = nil,
        fields: [String: JSONValue] = [:],
        now: Int = World.epoch
    ) -> String? {
        guard let zone = google.calendars[calendar]?.timeZone, let start = EventMoment(start, zone: zone) else {
            return nil
        }
        guard let end = end.map({ EventMoment($0, zone: zone) }) ?? start.defaultEnd else { return nil }
        let id = id ?? identifiers.hex(digits: 26)
        var fields = fields.merging(["summary": .string(summary), "status": "confirmed"]) { mine, _ in mine }
        if !marks.isEmpty { fields["extendedProperties"] = ["private": .object(marks.mapValues { .string($0) })] }
        let updated = google.stamp(now)
        let event = GoogleEvent(
            id: id,
            fields: fields,
            start: start,
            end: end,
            created: now / 1000 * 1000,
            updated: updated,
            creator: creator ?? google.calendars[calendar]?.dataOwner ?? World.serviceAccount,
            iCalUID: "\(id)@google.com"
        )
        google.calendars[calendar]?.store(event)
        serial += 1
        return id
    }

    /// Changes an event behind everybody's back, as a person in the user interface does: it gets a new etag.
    package mutating func editEvent(
        _ id: String,
        of calendar: String,
        now: Int = World.epoch,
        _ change: (inout GoogleEvent) -> Void
    ) {
        let updated = google.stamp(now)
        google.calendars[calendar]?.edit(id, updated: updated, change)
        serial += 1
    }

    /// 1 November 2026, when nothing else says what time it is; in milliseconds since 1970.
    package static let epoch = 1_793_491_200_000
}

extension GoogleCalendar {
    mutating func edit(_ id: String, updated: Int, _ change: (inout GoogleEvent) -> Void) {
        guard var event = events[id] else { return }
        change(&event)
        event.updated = updated
        events[id] = event
    }
}
