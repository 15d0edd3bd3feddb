import ReconcileModel
import TestSupport

/// A plan and a report in which everything occurs that can be shown.
enum RenderingSamples {
    static let kickoff = DesiredEvent.sample(1)

    static let changes: [Change] = [
        .createCalendar(
            CalendarCreation(
                summary: "ACM Events",
                description: "Join us!\n\n\(CalendarMark(prefix: "acm", database: .sample).line)",
                timeZone: "America/Phoenix",
                mark: CalendarMark(prefix: "acm", database: .sample)
            )
        ),
        .createEvent(EventCreation(desired: kickoff, id: EventID(derivedFrom: kickoff.page), reason: .newPage)),
        .createEvent(
            EventCreation(
                desired: allDay,
                id: EventID(derivedFrom: allDay.page),
                reason: .revived,
                tombstone: .number(3)
            )
        ),
        update(3, fields: EventField.allCases, reason: .edited) { event in
            event = EventContent(summary: "Old name", start: date("2026-11-23"), end: date("2026-11-25"))
        },
        update(4, fields: [.description], reason: .drift) { $0.description = nil },
        update(5, fields: [.location, .description], reason: .adopted) { event in
            (event.location, event.description) = ("", String(repeating: "long ", count: 40))
        },
        deletion(6, .trashed), deletion(7, .duplicate), deletion(8, .archived), deletion(9, .undated),
        deletion(10, .moved), deletion(11, .filteredOut), deletion(12, .gone), unreadable,
        .adoptEvent(EventAdoption(desired: .sample(14), event: EventID(rawValue: "predecessor1"), etag: .number(1))),
    ]

    static let plan = Plan(organizations: [
        OrganizationPlan(
            organization: .sample("acm", name: "ACM"),
            status: .changes,
            warnings: [
                Warning(code: "title_empty", message: "A page has no title.", page: .number(2)),
                Warning(code: "property_missing", message: "There is no property \"Location\"."),
            ],
            changes: changes,
            unchanged: 12,
            target: target
        ),
        OrganizationPlan(
            organization: .sample("blocked", name: "Blocked Society"),
            status: .blocked,
            message:
                "6 of 20 events would be deleted, more than 5 and more than the limit of 25 %: nothing was deleted.",
            hint: "If that is right, allow it for one run: --allow-deletes blocked:6.",
            changes: [deletion(21, .trashed, isBlocked: true), deletion(22, .duplicate, isBlocked: true)],
            unchanged: 18,
            target: target
        ),
        OrganizationPlan(
            organization: .sample("cal", name: "Calendar Club"),
            status: .changes,
            changes: [calendarUpdate],
            target: target
        ),
        OrganizationPlan(
            organization: .sample("error", name: "Error Group"),
            status: .error,
            message: "The database is not shared with the integration.",
            hint: "Share it in Notion: ••• → Connections."
        ),
        OrganizationPlan(
            organization: .sample("quiet", name: "Quiet Club"),
            status: .noChanges,
            unchanged: 1,
            target: target
        ),
        OrganizationPlan(
            organization: .sample("relink", name: "Relinked Club"),
            status: .noChanges,
            changes: [adoption(31), adoption(32)],
            target: target
        ),
        OrganizationPlan(
            organization: Organization(prefix: "skipped", name: "Skipped Club", isSyncEnabled: false),
            status: .skipped,
            message: "sync is not enabled"
        ),
    ])

    static let report = Report(
        organizations: [
            OrganizationReport(plan: plan.organizations[0], outcomes: outcomes),
            OrganizationReport(
                plan: plan.organizations[1],
                outcomes: [.skipped("blocked"), .skipped("blocked")]
            ),
            OrganizationReport(
                plan: plan.organizations[2],
                outcomes: [.skipped("an error came before it")],
                failure: Failure(code: "state_disk_full", message: "The state file is full.", hint: "Make room.")
            ),
            OrganizationReport(plan: plan.organizations[3], outcomes: []),
            OrganizationReport(plan: plan.organizations[4], outcomes: []),
            OrganizationReport(plan: plan.organizations[5], outcomes: [.applied, .applied]),
            OrganizationReport(plan: plan.organizations[6], outcomes: []),
        ],
        requests: RequestTotals(notion: 7, google: 9, googleBatched: 61)
    )

    /// One for each change of the first organization.
    static let outcomes: [Outcome] =
        [
            .applied, .applied, .stale("somebody changed it in the meantime"), .applied,
            .failed(Failure(code: "forbidden", message: "Google refused it.", hint: "Share the calendar.")),
            .failed(Failure(code: "service", message: "Google answered 503.")), .skipped("the run was stopped"),
        ] + Array(repeating: .applied, count: 8)

    static let target = OrganizationPlan.Target(database: .sample, calendar: .sample, ownership: .sample)

    static let calendarUpdate = Change.updateCalendar(
        CalendarUpdate(
            calendar: .sample(summary: "Renamed", description: nil, timeZone: "UTC"),
            summary: "ACM Events",
            description: CalendarMark(prefix: "cal", database: .sample).line,
            timeZone: "America/Phoenix"
        )
    )

    static let allDay = DesiredEvent.sample(
        2,
        EventContent(summary: "Hackathon", start: date("2026-11-27"), end: date("2026-11-30"))
    )

    static func date(_ text: String) -> EventTime { CivilDate(text).map(EventTime.date) ?? .instant(.day(0)) }

    static func adoption(_ number: Int) -> Change {
        let desired = DesiredEvent.sample(number)
        return .adoptEvent(EventAdoption(desired: desired, event: EventID(derivedFrom: desired.page), etag: .number(1)))
    }

    static func deletion(_ number: Int, _ reason: Reason, isBlocked: Bool = false) -> Change {
        let event = DesiredEvent.sample(number)
        return .deleteEvent(EventDeletion(live: event.live(), page: event.page, reason: reason, isBlocked: isBlocked))
    }

    /// An event without times that can be read.
    static let unreadable: Change = {
        var live = DesiredEvent.sample(13).live()
        live.event = nil
        return .deleteEvent(EventDeletion(live: live, page: .number(13), reason: .gone))
    }()

    static func update(
        _ number: Int,
        fields: [EventField],
        reason: Reason,
        _ change: (inout EventContent) -> Void
    ) -> Change {
        let desired = DesiredEvent.sample(number)
        var event = desired.event
        change(&event)
        return .updateEvent(
            EventUpdate(desired: desired, live: desired.live(event: event), fields: fields, reason: reason)
        )
    }

    /// One organization with one created event for each title.
    static func plan(titles: [String], timeZone: String = "UTC") -> Plan {
        let creations = titles.enumerated().map { index, title in
            let desired = DesiredEvent.sample(index + 1, .sample(title, day: index))
            return Change.createEvent(
                EventCreation(desired: desired, id: EventID(derivedFrom: desired.page), reason: .newPage)
            )
        }
        return plan(creations, timeZone: timeZone)
    }

    static func plan(_ changes: [Change], timeZone: String = "UTC") -> Plan {
        Plan(organizations: [
            OrganizationPlan(
                organization: .sample(timeZone: timeZone),
                status: .changes,
                changes: changes,
                target: target
            )
        ])
    }
}
