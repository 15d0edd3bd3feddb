/// The brakes: how many events may go without a person naming the number.
package struct DeleteLimits: Sendable {
    /// Share of the organization's events, 0 to 100.
    package let maxPercent: Int
    /// Distinct events deleted within the last day without an allowance: slicing a big delete into many runs does not help it.
    package let recentDeletes: Int
    /// Our events in the calendar now.
    package let managedEvents: Int
    /// How many there were when deletes began to be blocked: what was created since makes no room for them.
    package let eventsWhenBlocked: Int?

    package init(maxPercent: Int, recentDeletes: Int, managedEvents: Int, eventsWhenBlocked: Int?) {
        (self.maxPercent, self.recentDeletes) = (maxPercent, recentDeletes)
        (self.managedEvents, self.eventsWhenBlocked) = (managedEvents, eventsWhenBlocked)
    }

    /// So few deletes are never blocked by their share alone.
    package static let freeDeletes = 5
    /// From so many events on, none may be left over by accident.
    package static let emptiedFrom = 3

    package enum Verdict: Equatable {
        case allowed
        /// What to tell people, and the number to name.
        case blocked(message: String, deletes: Int)
    }

    /// With more deletes the verdict is never milder.
    package func verdict(deletes: Int, allowed: Int?) -> Verdict {
        guard deletes > 0 else { return .allowed }
        // What was there: what the same run creates, or was created while deletes are blocked, makes no room for them.
        let there = min(managedEvents, eventsWhenBlocked ?? managedEvents)
        let before = there + recentDeletes
        if let allowed {
            guard deletes > allowed else { return .allowed }
            let message =
                "\(counted(deletes, "event")) would be deleted, but only \(allowed) may be: nothing was deleted."
            return .blocked(message: message, deletes: deletes)
        }
        let earlier = recentDeletes > 0 ? " (and \(recentDeletes) were within the last day)" : ""
        let total = deletes + recentDeletes
        if before >= Self.emptiedFrom, deletes >= there {
            let message =
                "All \(counted(deletes, "event")) would be deleted\(earlier), leaving none of those that were there: nothing was deleted."
            return .blocked(message: message, deletes: deletes)
        }
        if total > Self.freeDeletes, total * 100 > maxPercent * before {
            let message =
                "\(deletes) of \(counted(managedEvents, "event")) would be deleted\(earlier), more than \(Self.freeDeletes) "
                + "and more than the limit of \(maxPercent) %: nothing was deleted."
            return .blocked(message: message, deletes: deletes)
        }
        return .allowed
    }
}
