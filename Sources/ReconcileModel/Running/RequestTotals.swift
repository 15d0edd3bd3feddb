/// Requests that went out, as the services count them.
package struct RequestTotals: Hashable, Sendable {
    package var notion: Int
    package var google: Int
    /// Calls that travelled inside batch requests.
    package var googleBatched: Int

    package init(notion: Int = 0, google: Int = 0, googleBatched: Int = 0) {
        (self.notion, self.google, self.googleBatched) = (notion, google, googleBatched)
    }

    package static func - (left: RequestTotals, right: RequestTotals) -> RequestTotals {
        RequestTotals(
            notion: left.notion - right.notion,
            google: left.google - right.google,
            googleBatched: left.googleBatched - right.googleBatched
        )
    }
}
