package import ReconcileModel

/// Values with pleasant defaults, told apart by small numbers; equal arguments give equal values.

extension PageID {
    /// `00000000-0000-4000-8000-00000000000a` for 10.
    package static func number(_ number: Int) -> PageID {
        let digits = String(number, radix: 16)
        let padding = String(repeating: "0", count: max(0, 12 - digits.count))
        return PageID(rawValue: "00000000-0000-4000-8000-\(padding)\(digits)")
    }
}

extension DatabaseID {
    package static let sample = DatabaseID(rawValue: "6cfb47c1-0c05-5d6d-bf24-11c6f27fc36e")
}

extension CalendarID {
    package static let sample = CalendarID(rawValue: "acm@group.calendar.google.com")
}

extension ETag {
    package static func number(_ number: Int) -> ETag { ETag(rawValue: "\"\(number)\"") }
}

extension Timestamp {
    /// 17:00 UTC on the given day after 20 November 2026.
    package static func day(_ day: Int, hour: Int = 17) -> Timestamp {
        Timestamp(secondsSince1970: 1_795_132_800 + day * 86_400 + hour * 3_600)
    }
}

extension Organization {
    package static func sample(
        _ prefix: String = "acm",
        name: String = "ACM",
        timeZone: String = "America/Phoenix",
        googleCalendar: CalendarID? = nil,
        calendar: CalendarSettings? = nil,
        deletions: DeletionPolicy = .auto,
        maxDeletePercent: Int = 25
    ) -> Organization {
        var organization = Organization(prefix: prefix, name: name)
        organization.isSyncEnabled = true
        organization.notion = NotionReference(id: .sample)
        organization.googleCalendar = googleCalendar
        organization.timeZone = timeZone
        organization.calendar = calendar
        organization.deletions = deletions
        organization.maxDeletePercent = maxDeletePercent
        return organization
    }
}

extension EventContent {
    /// One hour, on the given day after 20 November 2026.
    package static func sample(
        _ summary: String = "Kickoff",
        day: Int = 0,
        description: String? = "Bring a laptop.",
        location: String? = "BYENG 210"
    ) -> EventContent {
        EventContent(
            summary: summary,
            description: description,
            location: location,
            start: .instant(.day(day)),
            end: .instant(.day(day, hour: 18)),
            displayZone: "America/Phoenix"
        )
    }

    /// A digest of the content: other content, other digest. Not the product's, which the planner never computes.
    package var sampleHash: ContentHash {
        let fields = [summary, description ?? "", location ?? "", start.description, end.description]
        let text = (fields + [recurrence?.text].compactMap(\.self)).joined(separator: "\u{0}")
        func digest(_ basis: UInt64) -> String {
            let value = text.utf8.reduce(basis) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        return ContentHash(rawValue: digest(0xCBF2_9CE4_8422_2325) + digest(0x8422_2325_CBF2_9CE4))
    }
}

extension DesiredEvent {
    package static func sample(_ number: Int, _ event: EventContent? = nil) -> DesiredEvent {
        let event = event ?? .sample("Event \(number)", day: number)
        return DesiredEvent(
            page: .number(number),
            event: event,
            hash: event.sampleHash,
            lastEdited: "2026-11-01T18:05:00.000Z"
        )
    }

    /// The same of an organization whose pages decide only these fields.
    package func limited(to fields: Set<EventField>) -> DesiredEvent {
        var desired = self
        desired.event = event.limited(to: fields)
        return desired
    }

    /// Its event as it stands in Google after we wrote it.
    package func live(
        id: EventID? = nil,
        etag: Int = 1,
        status: LiveEvent.Status = .live,
        organization: String? = "acm",
        event: EventContent? = nil,
        recurringEvent: EventID? = nil,
        created: String? = "2026-10-01T10:00:00.000Z"
    ) -> LiveEvent {
        LiveEvent(
            id: id ?? EventID(derivedFrom: page),
            etag: .number(etag),
            status: status,
            marks: EventMarks(page: page, organization: organization, hash: organization == nil ? nil : hash),
            event: event ?? self.event,
            recurringEvent: recurringEvent,
            created: created
        )
    }

    /// The link that our write left.
    package func link(event: EventID? = nil, etag: Int = 1, hash: ContentHash? = nil) -> Link {
        Link(
            organization: "acm",
            page: page,
            event: event ?? EventID(derivedFrom: page),
            database: .sample,
            calendar: .sample,
            written: Link.Written(hash: hash ?? self.hash, etag: .number(etag), lastEdited: lastEdited)
        )
    }
}

extension LiveEvent {
    /// An event that a person made by hand.
    package static func stranger(_ id: EventID, status: Status = .live, etag: Int = 90) -> LiveEvent {
        LiveEvent(
            id: id,
            etag: .number(etag),
            status: status,
            event: .sample("By hand"),
            created: "2026-01-01T00:00:00.000Z"
        )
    }
}

extension LiveCalendar {
    /// As we created it for `Organization.sample()`.
    package static func sample(
        summary: String = "ACM Events",
        description: String? = CalendarMark(prefix: "acm", database: .sample).line,
        timeZone: String? = "America/Phoenix",
        isCreatedByUs: Bool = true
    ) -> LiveCalendar {
        LiveCalendar(
            id: .sample,
            etag: .number(1),
            summary: summary,
            description: description,
            timeZone: timeZone,
            isCreatedByUs: isCreatedByUs
        )
    }
}

extension OrganizationState {
    package static func sample(
        desired: [DesiredEvent] = [],
        events: [LiveEvent] = [],
        links: [Link] = [],
        listing: ListingState = .complete,
        invalid: Set<PageID> = [],
        absences: [PageID: Absence] = [:],
        managedFields: Set<EventField> = EventField.all,
        calendar: CalendarObservation = .existing(.sample()),
        ownership: EventOwnership = .sample,
        wasSynced: Bool = false,
        recentDeletes: Int = 0,
        eventsWhenBlocked: Int? = nil
    ) -> OrganizationState {
        var state = OrganizationState(database: .sample, calendar: calendar, ownership: ownership)
        state.listing = listing
        state.pages = absences.mapValues { .absent($0) }
        for page in invalid { state.pages[page] = .invalid }
        for event in desired { state.pages[event.page] = .wants(event.limited(to: managedFields)) }
        state.managedFields = managedFields
        state.events = Dictionary(events.map { ($0.id, $0) }) { first, _ in first }
        state.links = Dictionary(links.map { ($0.page, $0) }) { first, _ in first }
        state.wasSynced = wasSynced
        state.recentDeletes = recentDeletes
        state.eventsWhenBlocked = eventsWhenBlocked
        return state
    }
}

extension EventOwnership {
    /// ACM's, beside one other organization that is declared.
    package static let sample = EventOwnership(prefixes: ["acm"], otherPrefixes: ["ieee"])
}
