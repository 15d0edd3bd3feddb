import ReconcileModel

/// Deletes that the state knows nothing of, because it was lost or is another one: Google's own traces of them.
///
/// Whether we deleted an event or a person did, its trace does not tell; so all count that were ours.
struct ForgottenDeletes {
    /// Whether the marks of an event name the organization.
    let isOwn: (EventMarks) -> Bool
    let since: Timestamp
    /// From when on the state knows; nil: it knows nothing.
    let knownSince: Timestamp?

    /// - Parameter desired: pages that ask for an event: theirs comes back.
    func events(in events: some Sequence<LiveEvent>, desired: some Collection<PageID>) -> Set<EventID> {
        let returning = Set(desired)
        let returningIDs = Set(desired.map { EventID(derivedFrom: $0) })
        var found: Set<EventID> = []
        for event in events where event.status == .cancelled && event.recurringEvent == nil {
            guard let deleted = event.updated.flatMap({ Timestamp(rfc3339: $0) }), deleted > since,
                knownSince.map({ deleted <= $0 }) ?? true, !returningIDs.contains(event.id)
            else { continue }
            if let marks = event.marks {
                guard isOwn(marks), !returning.contains(marks.page) else { continue }
            } else {
                // Only the id of a tombstone is certain to be there.
                guard event.id.isDerived else { continue }
            }
            found.insert(event.id)
        }
        return found
    }
}
