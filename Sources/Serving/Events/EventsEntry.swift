import ReconcileModel

/// An organization's events as they were read at one moment, and the answers made of them.
struct EventsEntry: Sendable {
    let listing: EventListing
    /// The answer to a request without a query.
    let document: RenderedBody
    let feed: RenderedBody
}
