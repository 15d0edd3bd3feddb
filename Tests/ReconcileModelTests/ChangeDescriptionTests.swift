import ReconcileModel
import Testing
import TestSupport

/// Changes in words and fields.
struct ChangeDescriptionTests {
    private let one = DesiredEvent.sample(1, .sample("New", description: nil))

    @Test func `an update tells the fields before and after`() {
        let live = one.live(event: .sample("Old", description: "Text"))
        let update = EventUpdate(desired: one, live: live, fields: [.summary, .description], reason: .edited)
        let change = PlanLine.update(update)
        #expect(change.fieldChanges == [FieldChange("summary", "Old", "New"), FieldChange("description", "Text", nil)])
        #expect(
            change.resource == .event && change.action == .update && change.title == "New" && change.page == one.page
        )
    }

    @Test func `a creation tells what is there, a deletion what was`() {
        let creation = PlanLine.create(EventCreation(desired: one, id: one.live().id, reason: .newPage))
        let deletion = PlanLine.delete(EventDeletion(live: one.live(), page: one.page, reason: .trashed))
        #expect(creation.fieldChanges.map(\.name) == ["summary", "start", "end", "location"])
        #expect(creation.fieldChanges.allSatisfy { $0.before == nil && $0.after != nil })
        #expect(deletion.fieldChanges.allSatisfy { $0.before != nil && $0.after == nil })
        #expect(creation.event == one.event && deletion.title == "New" && deletion.eventID == one.live().id)
    }

    @Test func `a deletion of an event that cannot be read has no fields`() {
        var live = one.live()
        live.event = nil
        let change = PlanLine.delete(EventDeletion(live: live, page: one.page, reason: .gone))
        #expect(change.fieldChanges.isEmpty && change.title == "Untitled" && change.event == nil)
    }

    @Test func `an update of a calendar tells only what differs`() {
        let update = CalendarUpdate(calendar: .sample(timeZone: nil), summary: nil, description: nil, timeZone: "UTC")
        let change = PlanLine.update(update)
        #expect(change.fieldChanges == [FieldChange("timeZone", nil, "UTC")])
        #expect(change.resource == .calendar && change.reason == .calendarSettings && change.page == nil)
    }
}
