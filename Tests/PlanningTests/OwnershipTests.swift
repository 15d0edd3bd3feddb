import Planning
import ReconcileModel
import Testing
import TestSupport

/// Whose an event is that carries a mark.
struct OwnershipTests {
    private let one = DesiredEvent.sample(1)
    private let copy = EventID(rawValue: "copied")

    private func copied(_ title: String = "Party at Ada's", isAsWritten: Bool? = false) -> LiveEvent {
        var live = one.live(id: copy, event: .sample(title, day: 9), created: "2026-09-01T10:00:00.000Z")
        live.isAsWritten = isAsWritten
        return live
    }

    @Test func `an event that the state links with another organization is never ours`() {
        let ownership = EventOwnership(
            prefixes: ["acm"],
            linkedElsewhere: [EventID(rawValue: "old1"): "ieee"]
        )
        let event = one.live(id: EventID(rawValue: "old1"), organization: nil)
        let state = OrganizationState.sample(events: [event], absences: [one.page: .moved], ownership: ownership)
        let plan = plan(state)
        #expect(plan.lines.isEmpty)
        #expect(plan.warningCodes == ["event_of_another_organization"])
        #expect(plan.warnings.first?.message.contains("ieee") == true)
    }

    @Test func `an event of another declared organization is no event of ours, also where its page is`() {
        let event = one.live(id: EventID(rawValue: "theirs"), organization: "ieee")
        let plan = plan(.sample(desired: [one], events: [event]))
        #expect(plan.words == ["create 1 new_page"])
        #expect(plan.warningCodes == ["event_of_another_organization"])
    }

    @Test func `an event of an organization that nobody declares is ours where its page is`() {
        let event = one.live(id: EventID(rawValue: "theirs"), organization: "dissolved")
        #expect(plan(.sample(desired: [one], events: [event])).words == ["adopt 1 adopted"])
        let gone = plan(.sample(events: [event], absences: [one.page: .trashed]))
        #expect(gone.lines.isEmpty && gone.warningCodes == ["event_of_another_organization"])
    }

    @Test func `what the state links with us is ours whatever its mark says`() {
        let event = one.live(organization: "ieee")
        let plan = plan(.sample(desired: [one], events: [event], links: [one.link()]))
        #expect(plan.words.isEmpty && plan.unchanged == 1 && plan.warningCodes.isEmpty)
    }

    @Test func `an event of the predecessor whose page is in another database is left alone unless it is linked`() {
        let event = one.live(id: EventID(rawValue: "old1"), organization: nil)
        let unlinked = plan(.sample(events: [event], absences: [one.page: .moved]))
        #expect(unlinked.lines.isEmpty && unlinked.warningCodes == ["event_of_unknown_owner"])
        let linked = plan(.sample(events: [event], links: [one.link(event: event.id)], absences: [one.page: .moved]))
        #expect(linked.words == ["delete 1 moved"])
    }

    @Test(arguments: [false, true])
    func `a person's copy stays beside the event, older or not`(isLinked: Bool) {
        let plan = plan(.sample(desired: [one], events: [one.live(), copied()], links: isLinked ? [one.link()] : []))
        #expect(plan.deletions.isEmpty)
        #expect(plan.warningCodes == ["event_copied"])
        #expect(plan.warnings.first?.message.contains("Party at Ada's") == true)
    }

    @Test func `a person's copy stays when the page goes, now and later`() {
        let absences = [one.page: Absence.trashed]
        let now = plan(.sample(events: [one.live(), copied()], links: [one.link()], absences: absences))
        #expect(now.words == ["delete 1 trashed"] && now.warningCodes == ["event_copied"])
        let later = plan(.sample(events: [copied()], absences: absences, wasSynced: true))
        #expect(later.lines.isEmpty && later.warningCodes == ["event_copied"])
    }

    @Test func `a copy of an event without a hash is a person's where it differs from the one that stays`() {
        var (original, copied) = (one.live(), copied(isAsWritten: nil))
        original.marks?.hash = nil
        copied.marks?.hash = nil
        #expect(plan(.sample(desired: [one], events: [original, copied])).deletions.isEmpty)
        copied.event = one.event
        #expect(plan(.sample(desired: [one], events: [original, copied])).words.contains("delete 1 duplicate"))
        // The original is gone with its page: its tombstone tells that the other one is the copy.
        let tombstone = one.live(status: .cancelled, organization: nil)
        copied.event = .sample("Party", day: 9)
        let plan = plan(.sample(events: [tombstone, copied], absences: [one.page: .trashed]))
        #expect(plan.lines.isEmpty && plan.warningCodes == ["event_not_recognized"])
    }

    @Test func `a person's copy is not taken for the event that was deleted`() {
        let tombstone = one.live(status: .cancelled)
        let plan = plan(.sample(desired: [one], events: [tombstone, copied()], links: [one.link()]))
        #expect(plan.words == ["create 1 revived"] && plan.warningCodes == ["event_copied"])
    }

    @Test func `an edited event with the predecessor's id is ours where the state is lost`() {
        let plan = plan(.sample(desired: [one], events: [copied()]))
        #expect(plan.words.first?.hasPrefix("update 1 drift") == true)
        #expect(plan.words.count == 1 && plan.warningCodes.isEmpty)
    }

    @Test func `a copy that says of what it is one is a person's, also where nothing else is left`() {
        var copied = copied()
        copied.marks?.event = EventID(derivedFrom: one.page)
        let plan = plan(.sample(desired: [one], events: [copied]))
        #expect(plan.words == ["create 1 new_page"] && plan.warningCodes == ["event_copied"])
    }

    @Test func `an unchanged copy is a duplicate`() {
        let twin = { () -> LiveEvent in
            var twin = one.live(id: copy)
            twin.isAsWritten = true
            return twin
        }()
        #expect(
            plan(.sample(desired: [one], events: [one.live(), twin], links: [one.link()])).words == [
                "delete 1 duplicate"
            ]
        )
    }

    @Test func `a tombstone of another organization is not revived`() {
        let tombstone = one.live(status: .cancelled, organization: "ieee")
        let creation = plan(.sample(desired: [one], events: [tombstone])).creations.first
        #expect(creation?.id == EventID(derivedFrom: one.page, generation: 1))
    }
}
