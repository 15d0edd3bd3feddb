/// The events of an organization that were deleted within the last day.
package struct RecentDeletes: Sendable, Equatable {
    /// Without an allowance; some perhaps only meant to be, by a run that was killed.
    package var counted: Set<EventID>
    /// With one.
    package var allowed: Set<EventID>

    package init(counted: Set<EventID> = [], allowed: Set<EventID> = []) {
        self.counted = counted
        self.allowed = allowed
    }

    /// How many of them are to be counted.
    ///
    /// An event that is alive was not deleted by the killed run that meant to, or was brought back: it counts only when it is
    /// deleted now. Counted twice, what a killed run left undone would be blocked for a day.
    ///
    /// - Parameter forgotten: those that the state knows nothing of.
    package func count(without alive: (EventID) -> Bool, and forgotten: Set<EventID> = []) -> Int {
        counted.union(forgotten).count { !alive($0) }
    }
}
