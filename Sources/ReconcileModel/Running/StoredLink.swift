/// A link, and when it was last written.
package struct StoredLink: Sendable, Equatable {
    package var link: Link
    /// RFC 3339 in UTC.
    package var appliedAt: String

    package init(link: Link, appliedAt: String) {
        self.link = link
        self.appliedAt = appliedAt
    }
}
