import Planning
import ReconcileModel
import Testing
import TestSupport

/// The calendar itself.
struct CalendarPlanTests {
    private let mark = CalendarMark(prefix: "acm", database: .sample)

    private func update(_ calendar: LiveCalendar, for organization: Organization = .sample()) -> CalendarUpdate? {
        guard
            case .change(.calendar(.update(let update)))? = plan(
                .sample(calendar: .existing(calendar)),
                for: organization
            ).lines.first
        else { return nil }
        return update
    }

    @Test func `a missing calendar is created first, with its mark`() {
        let one = DesiredEvent.sample(1)
        let plan = plan(.sample(desired: [one], calendar: .missing))
        #expect(plan.words == ["create calendar calendar_missing", "create 1 new_page"])
        let creation = CalendarCreation(
            summary: "ACM Events",
            description: mark.line,
            timeZone: "America/Phoenix",
            mark: mark
        )
        #expect(plan.lines.first == .create(creation))
        #expect(plan.target?.calendar == nil && plan.target?.database == .sample)
    }

    @Test func `a missing calendar is created as declared`() {
        let organization = Organization.sample(
            calendar: CalendarSettings(name: "ACM at ASU", description: "Join us!\n")
        )
        let line = plan(.sample(calendar: .missing), for: organization).lines.first
        guard case .change(.calendar(.create(let creation)))? = line
        else {
            Issue.record("no creation")
            return
        }
        #expect(creation.summary == "ACM at ASU" && creation.description == "Join us!\n\n\(mark.line)")
    }

    @Test func `a calendar as it should be is left alone`() {
        #expect(update(.sample()) == nil)
        // An answer without a zone says nothing of the zone.
        #expect(update(.sample(timeZone: nil)) == nil)
        #expect(plan(.sample()).target?.calendar == .sample)
    }

    @Test func `a mark that Google made HTML of is neither missed nor added again`() {
        let html = "Join us!<br><br>\(mark.line)<br>"
        #expect(CalendarMark(in: html) == mark)
        #expect(update(.sample(description: html)) == nil)
        let declared = Organization.sample(calendar: CalendarSettings(description: "Come in!"))
        #expect(update(.sample(description: html), for: declared)?.description == "Come in!\n\n\(mark.line)")
    }

    @Test(arguments: [
        (LiveCalendar.sample(summary: "Renamed"), "ACM Events" as String?, nil as String?),
        (LiveCalendar.sample(timeZone: "UTC"), nil, "America/Phoenix"),
        (LiveCalendar.sample(summary: "Renamed", timeZone: "UTC"), "ACM Events", "America/Phoenix"),
    ])
    func `settings of our calendar that differ are put right`(
        calendar: LiveCalendar,
        summary: String?,
        timeZone: String?
    ) {
        let update = update(calendar)
        #expect(update == CalendarUpdate(calendar: calendar, summary: summary, description: nil, timeZone: timeZone))
    }

    @Test(arguments: [
        ("Join us!", "Join us!\n\n"), (nil as String?, ""), ("", ""),
        // What people wrote below the mark moves above it, so that the mark is the last line.
        ("reconcile: organization acm, Notion database 6cfb47c1-0c05-5d6d-bf24-11c6f27fc36e\nbelow", "below\n\n"),
        // A mark of an earlier database of ours is replaced.
        ("Hi\n\nreconcile: organization acm, Notion database 00000000-0000-4000-8000-000000000001", "Hi\n\n"),
    ])
    func `the mark is kept below what people wrote`(description: String?, body: String) {
        #expect(update(.sample(description: description))?.description == body + mark.line)
    }

    @Test(arguments: ["Join us!\n\n", "Join us!\r\n\r\n", "A\n\nB\n\n"])
    func `people's own description above the mark stays`(body: String) {
        #expect(update(.sample(description: body + mark.line)) == nil)
        #expect(update(.sample(description: body + mark.line + "\n")) == nil)
    }

    @Test func `a declared description replaces what people wrote`() {
        let organization = Organization.sample(calendar: CalendarSettings(description: "Declared"))
        let calendar = LiveCalendar.sample(description: "By hand\n\n\(mark.line)")
        #expect(update(calendar, for: organization)?.description == "Declared\n\n\(mark.line)")
    }

    @Test func `a calendar given by id keeps its settings`() {
        let calendar = LiveCalendar.sample(
            summary: "Their name",
            description: nil,
            timeZone: "UTC",
            isCreatedByUs: false
        )
        #expect(update(calendar, for: .sample(googleCalendar: .sample)) == nil)
    }

    @Test func `a calendar given by id gets the settings that are declared, and no mark`() {
        let calendar = LiveCalendar.sample(
            summary: "Their name",
            description: "Old",
            timeZone: "UTC",
            isCreatedByUs: false
        )
        let settings = CalendarSettings(name: "Declared", description: "Declared too")
        let update = update(calendar, for: .sample(googleCalendar: .sample, calendar: settings))
        let wanted = CalendarUpdate(calendar: calendar, summary: "Declared", description: "Declared too", timeZone: nil)
        #expect(update == wanted)
    }
}
