package struct EventCreation: Hashable, Codable, Sendable {
    package var desired: DesiredEvent
    package var id: EventID
    package var reason: Reason
    /// Set where a deleted event with this id is to be brought back instead of inserting one.
    package var tombstone: ETag?
    /// Set where an undo restores what stood there.
    package var restoration: Restoration?

    /// An undo brings back what was deleted; it takes over nothing that stands there now.
    package struct Restoration: Hashable, Codable, Sendable {
        /// Nil: those of `desired`.
        package var marks: EventMarks?
        package var link: LinkAftermath
        /// Whether another id may be used where this one is burnt; not where the page has a live event of its own.
        package var mayTakeSuccessor: Bool

        package init(marks: EventMarks?, link: LinkAftermath, mayTakeSuccessor: Bool = true) {
            self.marks = marks
            self.link = link
            self.mayTakeSuccessor = mayTakeSuccessor
        }
    }

    package init(
        desired: DesiredEvent,
        id: EventID,
        reason: Reason,
        tombstone: ETag? = nil,
        restoration: Restoration? = nil
    ) {
        self.desired = desired
        self.id = id
        self.reason = reason
        self.tombstone = tombstone
        self.restoration = restoration
    }

    package var link: LinkAftermath { restoration?.link ?? .link }
}

extension EventCreation {
    /// Brings back a deleted event. What a template set of it, and none sets now, is put back to what a new event has.
    package static func reviving(_ tombstone: LiveEvent, as desired: DesiredEvent) -> EventCreation {
        var desired = desired
        desired.event = desired.event.speaking(of: tombstone.marks?.settingFields ?? [])
        return EventCreation(desired: desired, id: tombstone.id, reason: .revived, tombstone: tombstone.etag)
    }
}
