package import ReconcileModel

/// What a page asks for.
package enum PageOutcome: Hashable, Sendable {
    case event(DesiredEvent, [Warning])
    /// It has no date yet: no event.
    case undated(PageID, title: String)
    /// The filter leaves it out; `facts`: what decided.
    case filteredOut(PageID, title: String?, [FilterFact])
    /// It is called off, and the declaration removes such events.
    case cancelled(PageID, title: String?)
    /// It cannot be read as an event. Invalid is not absent: an event that exists stays as it is.
    ///
    /// `sentence`: what the page itself is told.
    case invalid(PageID, title: String, Warning, sentence: String)
    case trashed(PageID)
    case archived(PageID)
}
