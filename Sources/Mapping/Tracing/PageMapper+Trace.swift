package import NotionAPI
import ReconcileModel
import Recurring

extension PageMapper {
    /// What a page asks for, as `outcome(for:)` says, with what each step did.
    package func traced(_ page: NotionPage) -> (outcome: PageOutcome, trace: MappingTrace) {
        var notes = PageNotes(page: page.id, trace: MappingTrace())
        let outcome = outcome(for: page, &notes)
        if case .event(let desired, _) = outcome {
            notes.begin(.window)
            notes.end(window.holds(desired.event) ? "inside" : "outside: its event is left as it is")
        }
        return (outcome, notes.trace ?? MappingTrace())
    }
}
