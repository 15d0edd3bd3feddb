import ReconcileModel

/// One page, and what is the organization's of it.
struct JudgedPage {
    let page: DrawnPage
    let answer: Reference.Answer
    /// The one to keep first.
    var events: [LiveEvent]
    var inside: [LiveEvent]
    var isAskedInside = false
    /// The fields that are not as the page asks.
    var differing: Set<EventField> = []
    /// What is put back to what a new event has.
    var released: Set<EventField> = []

    var isInScope: Bool { isAskedInside || !inside.isEmpty }

    init(
        _ page: DrawnPage,
        _ story: DeclarationStory,
        _ run: DeclarationStory.Run,
        _ window: ReferenceWindow
    ) {
        self.page = page
        answer = run.reference.answer(page)
        let link = run.before.links[page.id]?.event
        func rank(_ event: LiveEvent) -> Int {
            event.id == link ? 0 : event.id.isDerived(from: page.id) ? 1 : 2
        }
        events = (story.own[page.number] ?? []).compactMap { run.before.events[$0] }
            .sorted { (rank($0), $0.id) < (rank($1), $1.id) }
        inside = events.filter { window.holds($0) }
        guard case .event(let asked) = answer else { return }
        isAskedInside = window.holds(asked)
        guard let kept = events.first, let content = kept.event else { return }
        differing = asked.differences(from: content)
        released = Set(
            (story.set[kept.id] ?? [:]).filter { field, value in
                let isAsked = asked.texts[field] != nil || field == .recurrence && asked.isRuleAsked
                let held = content.text(of: field)
                return !isAsked && held != nil && Reference.Event.isSame(value, held)
            }
            .keys
        )
    }

    var isUpdated: Bool { isInScope && !events.isEmpty && !(differing.isEmpty && released.isEmpty) }

    /// The events that go.
    func deletes(_ window: ReferenceWindow) -> [LiveEvent] {
        guard isInScope else { return [] }
        switch answer {
        case .absent: return inside
        case .invalid: return []
        case .event: return events.dropFirst().filter { window.holds($0) }
        }
    }
}
