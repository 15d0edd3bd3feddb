package import ReconcileModel

/// An event as the endpoint answers it: a single one, or one occurrence of a series.
package struct ShownEvent: Hashable, Sendable {
    /// Which of a series it is.
    package struct Occurrence: Hashable, Sendable {
        /// When it takes place by the rule.
        package var id: EventTime
        /// The lines of the rule.
        package var lines: [String]
    }

    package var page: PageID
    package var event: EventContent
    /// Nil for a single event.
    package var occurrence: Occurrence?

    package init(_ page: PageID, _ event: EventContent, _ occurrence: Occurrence? = nil) {
        (self.page, self.event, self.occurrence) = (page, event, occurrence)
    }
}
