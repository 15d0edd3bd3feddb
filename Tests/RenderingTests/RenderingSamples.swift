import ReconcileModel
import Rendering
import TestSupport

extension PlanOutput {
    /// As people at a terminal see it, or in a file.
    func text(isColored: Bool = false, isVerbose: Bool = false, isQuiet: Bool = false) -> String {
        text(as: .text, Look(style: TextStyle(isColored: isColored), isVerbose: isVerbose, isQuiet: isQuiet))
    }
}

/// A plan and a report in which everything occurs that can be shown.
enum RenderingSamples {
    static let kickoff = DesiredEvent.sample(1)

    static let lines: [PlanLine] = [
        .create(
            CalendarCreation(
                summary: "ACM Events",
                description: "Join us!\n\n\(CalendarMark(prefix: "acm", database: .sample).line)",
                timeZone: "America/Phoenix",
                mark: CalendarMark(prefix: "acm", database: .sample)
            )
        ),
        .create(EventCreation(desired: kickoff, id: EventID(derivedFrom: kickoff.page), reason: .newPage)),
        .create(
            EventCreation(
                desired: allDay,
                id: EventID(derivedFrom: allDay.page),
                reason: .revived,
                tombstone: .number(3)
            )
        ),
        update(3, fields: [.summary, .start, .end, .location, .description], reason: .edited) { event in
            event = EventContent(summary: "Old name", start: date("2026-11-23"), end: date("2026-11-25"))
        },
        update(4, fields: [.description], reason: .drift) { $0.description = nil },
        update(5, fields: [.location, .description], reason: .adopted) { event in
            (event.location, event.description) = ("", String(repeating: "long ", count: 40))
        },
        .delete(deletion(6, .trashed)), .delete(deletion(7, .duplicate)), .delete(deletion(8, .archived)),
        .delete(deletion(9, .undated)), .delete(deletion(10, .moved)), .delete(deletion(11, .filteredOut)),
        .delete(deletion(12, .gone)), unreadable,
        .adopt(EventAdoption(desired: .sample(14), event: EventID(rawValue: "predecessor1"), etag: .number(1))),
    ]

    static let plan = Plan(organizations: [
        warned,
        OrganizationPlan.planned(
            .sample("blocked", name: "Blocked Society"),
            [
                .held(.event(.delete(deletion(21, .trashed)))),
                .held(.event(.delete(.duplicate(sample(22).live(), of: .number(22))))),
            ],
            unchanged: 18
        ).blocked(
            6,
            "6 of 20 events would be deleted, more than 5 and more than the limit of 25 %: nothing was deleted."
        ),
        .planned(.sample("cal", name: "Calendar Club"), [calendarUpdate]),
        .failed(
            .sample("error", name: "Error Group"),
            "The database is not shared with the integration.",
            hint: "Share it in Notion: ••• → Connections."
        ),
        .planned(.sample("quiet", name: "Quiet Club"), unchanged: 1),
        .planned(.sample("relink", name: "Relinked Club"), [adoption(31), adoption(32)]),
        OrganizationPlan(
            .leftAlone(.syncDisabled),
            of: Organization(prefix: "skipped", name: "Skipped Club")
        ),
    ])

    private static var warned: OrganizationPlan {
        var plan = OrganizationPlan.planned(.sample("acm", name: "ACM"), lines, unchanged: 12)
        plan.warnings = [
            Warning(code: "title_empty", message: "A page has no title.", page: .number(2)),
            Warning(code: "property_missing", message: "There is no property \"Location\"."),
        ]
        return plan
    }

    private static func sample(_ number: Int) -> DesiredEvent { .sample(number) }

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

    static let calendarUpdate = PlanLine.update(
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

    static func adoption(_ number: Int) -> PlanLine {
        let desired = DesiredEvent.sample(number)
        return .adopt(EventAdoption(desired: desired, event: EventID(derivedFrom: desired.page), etag: .number(1)))
    }

    static func deletion(_ number: Int, _ reason: Reason) -> EventDeletion {
        let event = DesiredEvent.sample(number)
        return EventDeletion(live: event.live(), page: event.page, reason: reason)
    }

    /// An event without times that can be read.
    static let unreadable: PlanLine = {
        var live = DesiredEvent.sample(13).live()
        live.event = nil
        return .delete(EventDeletion(live: live, page: .number(13), reason: .gone))
    }()

    static func update(
        _ number: Int,
        fields: [EventField],
        reason: Reason,
        _ change: (inout EventContent) -> Void
    ) -> PlanLine {
        let desired = DesiredEvent.sample(number)
        var event = desired.event
        change(&event)
        return .update(
            EventUpdate(desired: desired, live: desired.live(event: event), fields: fields, reason: reason)
        )
    }

    /// One organization with one created event for each title.
    static func plan(titles: [String], timeZone: String = "UTC") -> Plan {
        let creations = titles.enumerated().map { index, title in
            let desired = DesiredEvent.sample(index + 1, .sample(title, day: index))
            return PlanLine.create(
                EventCreation(desired: desired, id: EventID(derivedFrom: desired.page), reason: .newPage)
            )
        }
        return plan(creations, timeZone: timeZone)
    }

    static func plan(_ lines: [PlanLine], timeZone: String = "UTC") -> Plan {
        Plan(organizations: [.planned(.sample(timeZone: timeZone), lines)])
    }
}
