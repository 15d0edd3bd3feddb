import ReconcileModel
import TestSupport

/// One plan, and what became of it, with every kind of change, of standing and of remark: what each format is looked at with.
enum RichSamples {
    static let plan = Plan(
        organizations: [sharing, waiting, series, misdeclared, orphaned, leaving, moved, otherCalendar, released]
            + RenderingSamples.plan.organizations
    )

    static let report = Report(
        organizations: plan.organizations.enumerated().map { number, plan in
            let outcomes = plan.lines.indices.map { outcome(of: $0, in: plan, number) }
            var report = OrganizationReport(plan: plan, outcomes: outcomes)
            if plan.organization.prefix == "acm" {
                report.created = .sample
                report.links = CalendarLinks(
                    page: "https://calendar.google.com/calendar/embed?src=acm%40group.calendar.google.com",
                    subscription: "https://calendar.google.com/calendar/r?cid=YWNt",
                    feed: "https://calendar.google.com/calendar/ical/acm%40group.calendar.google.com/public/basic.ics",
                    ownFeed: "https://events.example.org/api/calendar/acm/events.ics"
                )
            }
            return report
        },
        requests: RequestTotals(notion: 7, google: 9, googleBatched: 61)
    )

    private static func outcome(of index: Int, in plan: OrganizationPlan, _ number: Int) -> Outcome {
        if plan.lines[index].isHeld { return .skipped(plan.lines[index].awaited == nil ? "blocked" : Outcome.waiting) }
        let all: [Outcome] = [
            .applied, .applied, .failed(Failure(code: "forbidden", message: "Google refused it.", hint: "Share it.")),
            .applied, .done, .stale("somebody changed it in the meantime"), .skipped(Outcome.stopped), .applied,
        ]
        return all[(index + number) % all.count]
    }

    private static func organization(_ prefix: String, _ name: String) -> Organization {
        var organization = Organization.sample(prefix, name: name)
        organization.source = SourceLocation(file: "orgs.d/\(prefix).yaml", line: 1, column: 1)
        return organization
    }

    private static var sharing: OrganizationPlan {
        let everybody = AccessScope.everybody
        let lines: [PlanLine] = [
            .change(.access(AccessChange(.user("officer@example.org"), from: nil, to: .writer, .sharing))),
            .change(.access(AccessChange(.domain("example.org"), from: .writer, to: .reader, .drift))),
            .change(.access(AccessChange(.group("old@example.org"), from: .reader, to: nil, .sharing))),
            .held(.access(AccessChange(everybody, from: nil, to: .reader, .sharingWidened))),
        ]
        var plan = OrganizationPlan.planned(organization("debate", "Debate Society"), lines, unchanged: 4)
        plan.work?.audience = Audience(live: [], account: "bot@example-project.iam.gserviceaccount.com")
        plan.work?.blocks = [
            Work.Block(.sharing, count: 1, message: "The calendar would be shown to more people: everybody.")
        ]
        var remedy = Allowances()
        remedy.sharing = ["debate"]
        plan.work?.remedy = remedy
        return plan
    }

    private static var waiting: OrganizationPlan {
        let told = PageWrite(
            page: .number(41),
            title: "Open mic",
            values: [
                .link: PageWrite.Value(nil, .address),
                .status: PageWrite.Value("on the calendar", .text("waiting for approval")),
            ]
        )
        let lines: [PlanLine] = [
            .pending(.event(.delete(RenderingSamples.deletion(42, .trashed)))),
            .pending(.event(.delete(RenderingSamples.deletion(43, .cancelled)))),
            .change(.page(told)),
            .pending(
                .page(
                    PageWrite(
                        page: .number(44),
                        title: "Poetry slam",
                        values: [.status: PageWrite.Value("Ask Ana about the room!", .text("no date"))]
                    )
                )
            ),
        ]
        return .planned(organization("poetry", "Poetry Club"), lines, unchanged: 7)
    }

    private static var series: OrganizationPlan {
        let text = "Bring your laptop and a charger. We meet in front of the main entrance at five o'clock. "
        let long = String(repeating: text, count: 3)
        var weekly = EventContent.sample("Chess night", day: 2, description: long + "Ask for Ana.")
        weekly[.recurrence] = .text("RRULE:FREQ=WEEKLY;BYDAY=SU\nTZID:America/Phoenix")
        weekly[.color] = .text("blueberry")
        let desired = DesiredEvent.sample(51, weekly)
        var before = weekly
        before.description = text + long.replacing("charger", with: "cable") + "Ask for Bob."
        before[.recurrence] = .text("RRULE:FREQ=WEEKLY;BYDAY=SA\nTZID:America/Phoenix")
        before[.color] = .empty
        before.start = .instant(.day(1))
        before.end = .instant(.day(1, hour: 19))
        let fields: [EventField] = [.start, .end, .description, .recurrence, .color]
        let update = EventUpdate(desired: desired, live: desired.live(event: before), fields: fields, reason: .edited)
        var upgraded = EventUpdate(
            desired: .sample(52, .sample("Simultaneous", day: 12, location: "Library")),
            live: DesiredEvent.sample(52).live(event: .sample("Simultaneous", day: 12, location: "Libary")),
            fields: [.location],
            reason: .edited
        )
        upgraded.cause = "the column \"Where\" gives the location now"
        var plan = OrganizationPlan.planned(
            organization("chess", "Chess & Checkers <Club>"),
            [.update(update), .update(upgraded), .change(.event(.create(creation(53, days: 6...9))))],
            unchanged: 3
        )
        plan.notes = ["The filter leaves out 4 pages."]
        plan.warnings = [
            Warning(code: "occurrences_lost", message: "\"Chess night\" loses 2 changed and 1 cancelled occurrences.")
        ]
        return plan
    }

    private static func creation(_ number: Int, days: ClosedRange<Int>) -> EventCreation {
        let event = EventContent(
            summary: "Congress",
            start: RenderingSamples.date("2026-12-29"),
            end: RenderingSamples.date("2027-01-02")
        )
        let desired = DesiredEvent.sample(number, event)
        return EventCreation(desired: desired, id: EventID(derivedFrom: desired.page), reason: .newPage)
    }

    private static var misdeclared: OrganizationPlan {
        let file = "orgs.d/drama.yaml"
        return OrganizationPlan(
            .misdeclared([
                Diagnostic(
                    location: SourceLocation(file: file, line: 3, column: 1),
                    message: "unknown key \"notion_databse_id\"",
                    hint: "did you mean \"notion_database_id\"?"
                ),
                Diagnostic(
                    location: SourceLocation(file: file, line: 7, column: 15),
                    message: "\"25%\" is no whole number",
                    hint: "write max_delete_percent: 25"
                ),
            ]),
            of: organization("drama", "Drama Group")
        )
    }

    private static var orphaned: OrganizationPlan {
        OrganizationPlan(.leftAlone(.orphaned(.sample)), of: organization("film", "Film Club"))
    }

    private static var released: OrganizationPlan {
        OrganizationPlan(.leftAlone(.onHold(RunID(rawValue: 12))), of: organization("rowing", "Rowing Club"))
    }

    private static var leaving: OrganizationPlan {
        let kept = DesiredEvent.sample(61)
        let lines: [PlanLine] = [
            .change(.calendar(.delete(.sample(summary: "Old Events")))),
            .change(.event(.release(EventRelease(live: kept.live(), page: kept.page)))),
            .delete(RenderingSamples.deletion(62, .retired)),
        ]
        return .planned(organization("hiking", "Hiking Club"), lines)
    }

    private static var otherCalendar: OrganizationPlan {
        let (taken, anew) = (DesiredEvent.sample(63), DesiredEvent.sample(64))
        let former = CalendarID(rawValue: "old@group.calendar.google.com")
        let move = EventMove(live: taken.live(), page: taken.page, from: former, to: .sample)
        let creation = EventCreation(desired: anew, id: EventID(derivedFrom: anew.page), reason: .calendarMoved)
        var plan = OrganizationPlan.planned(
            organization("sailing", "Sailing Club"),
            [.change(.event(.move(move))), .change(.event(.create(creation)))]
        )
        plan.warnings = [
            Warning(
                code: "former_calendar_read_only",
                message: "reconcile@example.org may only read the calendar \(former): what is there stays."
            )
        ]
        return plan
    }

    private static var moved: OrganizationPlan {
        let calendar = LiveCalendar.sample(summary: "Robotics Events")
        let mark = CalendarMark(prefix: "robotics", database: .sample).line
        let renamed = CalendarUpdate(
            calendar: calendar,
            summary: nil,
            description: mark,
            timeZone: nil,
            reason: .renamed
        )
        let refused = EventRefusal(
            action: .update,
            page: .number(73),
            event: EventID(rawValue: "event73"),
            content: .sample("Build night", day: 20),
            message: "it was edited since"
        )
        let lines: [PlanLine] = [
            .update(renamed),
            RenderingSamples.update(71, fields: [.summary], reason: .databaseChanged) { $0.summary = "Kickof" },
            .delete(RenderingSamples.deletion(72, .databaseChanged)),
            RenderingSamples.update(74, fields: [.start, .end], reason: .undone) {
                ($0.start, $0.end) = (.instant(.day(3)), .instant(.day(3, hour: 18)))
            },
            .change(.event(.delete(RenderingSamples.deletion(75, .calendarDeleted)))),
            .refused(refused),
        ]
        return .planned(organization("robotics", "Robotics Team"), lines, unchanged: 2)
    }
}
