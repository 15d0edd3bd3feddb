/// The brakes: how many events may go without a person naming the number.
struct DeleteLimits {
    /// Share of the organization's events, 0 to 100.
    let maxPercent: Int
    /// Distinct events deleted within the last day without an allowance: slicing a big delete into many runs does not help it.
    let recentDeletes: Int
    /// Our events in the calendar now.
    let managedEvents: Int
    /// How many there were when deletes began to be blocked: what was created since makes no room for them.
    let eventsWhenBlocked: Int?

    /// So few deletes are never blocked by their share alone.
    static let freeDeletes = 5
    /// From so many events on, none may be left over by accident.
    static let emptiedFrom = 3

    enum Verdict: Equatable {
        case allowed
        /// What to tell people, and the number to name.
        case blocked(message: String, deletes: Int)
    }

    func verdict(deletes: Int, creates: Int, allowed: Int?) -> Verdict {
        guard deletes > 0 else { return .allowed }
        let before = min(managedEvents, eventsWhenBlocked ?? managedEvents) + recentDeletes
        if let allowed {
            guard deletes > allowed else { return .allowed }
            let message = "\(count(deletes)) would be deleted, but only \(allowed) may be: nothing was deleted."
            return .blocked(message: message, deletes: deletes)
        }
        let earlier = recentDeletes > 0 ? " (and \(recentDeletes) were within the last day)" : ""
        let total = deletes + recentDeletes
        if before >= Self.emptiedFrom, managedEvents - deletes + creates <= 0 {
            let message = "All \(count(deletes)) would be deleted\(earlier), leaving none: nothing was deleted."
            return .blocked(message: message, deletes: deletes)
        }
        if total > Self.freeDeletes, total * 100 > maxPercent * before {
            let message =
                "\(deletes) of \(count(managedEvents)) would be deleted\(earlier), more than \(Self.freeDeletes) "
                + "and more than the limit of \(maxPercent) %: nothing was deleted."
            return .blocked(message: message, deletes: deletes)
        }
        return .allowed
    }

    private func count(_ events: Int) -> String { events == 1 ? "1 event" : "\(events) events" }
}
