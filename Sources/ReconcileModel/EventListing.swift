/// What the pages of one organization ask for, all of it: an incomplete listing is none.
package struct EventListing: Sendable, Equatable {
    /// The organization's.
    package var prefix: String
    /// By start, then by page.
    package var events: [DesiredEvent]
    package var warnings: [Warning]

    package init(prefix: String, events: some Sequence<DesiredEvent>, warnings: [Warning] = []) {
        (self.prefix, self.warnings) = (prefix, warnings)
        self.events = events.sorted { ($0.event.start.order, $0.page) < ($1.event.start.order, $1.page) }
    }
}
