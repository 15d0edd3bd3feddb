package struct EventCreation: Sendable, Equatable {
    package var desired: DesiredEvent
    package var id: EventID
    package var reason: Reason
    /// Set where a deleted event with this id is to be brought back instead of inserting one.
    package var tombstone: ETag?
    /// Marks to be restored; nil: those of `desired`.
    package var marks: EventMarks?
    /// Whether another id may be used where this one is burnt; not where the page has a live event of its own.
    package var mayTakeSuccessor: Bool

    package init(
        desired: DesiredEvent,
        id: EventID,
        reason: Reason,
        tombstone: ETag? = nil,
        marks: EventMarks? = nil,
        mayTakeSuccessor: Bool = true
    ) {
        (self.desired, self.id, self.reason) = (desired, id, reason)
        (self.tombstone, self.marks, self.mayTakeSuccessor) = (tombstone, marks, mayTakeSuccessor)
    }
}
