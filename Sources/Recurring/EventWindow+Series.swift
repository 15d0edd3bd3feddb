package import ReconcileModel

extension EventWindow {
    /// Whether a part of an event, or of one occurrence of a series, lies in the window.
    package func holds(_ event: EventContent) -> Bool {
        guard event.recurrence != nil else { return overlaps(from: event.start, to: event.end) }
        // A series whose rule is not understood goes on for nobody knows how long.
        guard let series = Series(event) else { return isOpen(after: event.start) }
        return !series.occurrences(in: [self], limit: 1).isEmpty
    }

    /// Likewise of a live event; one whose times are not known lies in it.
    package func holds(_ live: LiveEvent) -> Bool {
        guard let event = live.event else { return true }
        return live.isSeries && event.recurrence == nil ? isOpen(after: event.start) : holds(event)
    }
}

extension OrganizationState {
    /// Whether a page and its events are looked after: it lies in the window, or one of them does, so that what is moved over the edge
    /// stays the same event.
    ///
    /// - Parameter events: that are the page's.
    package func isInWindow(_ page: PageID, _ events: some Sequence<LiveEvent>) -> Bool {
        pages[page]?.desired.map { window.holds($0.event) } ?? false || events.contains { window.holds($0) }
    }
}
