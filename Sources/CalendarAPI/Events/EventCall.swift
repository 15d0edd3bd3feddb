package import ReconcileModel

/// One call about one event. Each may be repeated: inserts carry the id that the event is to have.
package enum EventCall: Hashable, Sendable {
    /// Answers deleted events too, while Google still has them. `ifNoneMatch`: answer `notModified` for this version.
    case get(EventID, ifNoneMatch: ETag? = nil)
    case insert(EventBody)
    /// Costs three quota units.
    case patch(EventID, EventPatch, ifMatch: ETag? = nil)
    /// Replaces the whole event: what the body omits is cleared.
    case update(EventID, EventBody, ifMatch: ETag? = nil)
    case delete(EventID, ifMatch: ETag? = nil)
    /// Takes the event to another calendar under the same id; answers it as it stands there.
    case move(EventID, to: CalendarID)

    package var event: EventID {
        switch self {
        case .get(let id, _), .patch(let id, _, _), .update(let id, _, _), .delete(let id, _),
            .move(let id, _):
            id
        case .insert(let body): body.id
        }
    }

    /// The calls that a calendar made a moment ago may refuse in error; others are about events that were seen there.
    var isInsertOrGet: Bool {
        switch self {
        case .insert, .get: true
        case .patch, .update, .delete, .move: false
        }
    }
}

/// What a call about an event was answered, when it succeeded.
package enum EventAnswer: Sendable {
    /// The event as it now stands.
    case event(GoogleEvent)
    case deleted
    /// The event still has the version that the call named.
    case notModified
}

/// What became of one call.
package struct EventResult: Sendable {
    package var outcome: Result<EventAnswer, CalendarError>
    /// Whether an earlier try of the same call may have been carried out.
    ///
    /// Then a 409 on insert, a 410 on delete or a 412 may speak of what that try did; otherwise it speaks of somebody else.
    package var wasRepeated: Bool

    package init(outcome: Result<EventAnswer, CalendarError>, wasRepeated: Bool = false) {
        (self.outcome, self.wasRepeated) = (outcome, wasRepeated)
    }
}
