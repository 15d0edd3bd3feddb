package import ReconcileModel

/// What subscribers were shown last.
package struct LastPublished: Sendable {
    package var listing: EventListing
    /// Time since it was last known to be right.
    package var age: Duration

    package init(listing: EventListing, age: Duration) { (self.listing, self.age) = (listing, age) }
}
