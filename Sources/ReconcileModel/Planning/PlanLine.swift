/// One line of a plan.
package enum PlanLine: Hashable, Codable, Sendable {
    /// Is carried out.
    case change(Change)
    /// A limit holds it back: shown, never carried out.
    case held(Change)
    /// Waits for somebody who is shown it and says yes (`deletions: confirm`); nobody else carries it out.
    case pending(Change)
    /// An undo would change the event, but it is not as the run left it. Shown, never carried out.
    case refused(EventRefusal)

    /// What is carried out, or would be but for a limit or for want of a yes; nil where nothing can be.
    package var change: Change? {
        switch self {
        case .change(let change): change
        case .held(let change): change
        case .pending(let change): change
        case .refused: nil
        }
    }

    /// What waits for a yes; nil where nothing does.
    package var awaited: Change? { if case .pending(let change) = self { change } else { nil } }

    /// Nil where nothing of it is carried out.
    package var todo: Change? { if case .change(let change) = self { change } else { nil } }

    /// Whether it takes an event to another calendar.
    package var isMove: Bool { if case .event(.move) = change { true } else { false } }

    /// The same, held back by a limit.
    package var heldBack: PlanLine { if case .change(let change) = self { .held(change) } else { self } }

    /// Shown, and not carried out.
    package var isHeld: Bool { todo == nil }

    /// Whether carrying it out writes to Google or Notion.
    package var writes: Bool { todo?.writes ?? false }

    private var refusal: EventRefusal? { if case .refused(let refusal) = self { refusal } else { nil } }
}

extension PlanLine {
    package var resource: ChangedResource { change?.resource ?? .event }

    package var action: ChangeAction {
        switch self {
        case .change(let change): change.action
        case .held(let change): change.action
        case .pending(let change): change.action
        case .refused(let refusal): refusal.action
        }
    }

    package var reason: Reason { change?.reason ?? .undone }

    /// Why the content changed, where it is not the page that was edited.
    package var cause: String? {
        if case .event(.update(let update)) = change { update.cause } else { nil }
    }

    package var title: String { change?.title ?? refusal?.content?.summary ?? EventChange.untitled }

    package var page: PageID? { change?.page ?? refusal?.page }

    package var eventID: EventID? { change?.eventID ?? refusal?.event }

    /// When it happens, or happened so far.
    package var event: EventContent? { change?.event ?? refusal?.content }

    /// What changes, field by field; times in UTC or as dates.
    package var fieldChanges: [FieldChange] { change?.fieldChanges ?? [] }
}
