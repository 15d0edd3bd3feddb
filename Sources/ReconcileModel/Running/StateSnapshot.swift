/// All that a plan needs of the state, read in one transaction.
package struct StateSnapshot: Sendable {
    /// By prefix.
    package var organizations: [String: OrganizationRecord]
    /// By prefix; those of each organization by page.
    package var links: [String: [PageID: Link]]
    /// By prefix.
    package var deletes: [String: RecentDeletes]
    /// The end of the rolling day in which deletes are counted.
    package var readAt: Timestamp?

    package init(
        organizations: [String: OrganizationRecord] = [:],
        links: [String: [PageID: Link]] = [:],
        deletes: [String: RecentDeletes] = [:],
        readAt: Timestamp? = nil
    ) {
        self.organizations = organizations
        self.links = links
        self.deletes = deletes
        self.readAt = readAt
    }

    /// What an overview tells; links are none of it.
    package init(_ overview: StateOverview) { self.init(organizations: overview.organizations) }

    /// The beginning of that day.
    package var dayAgo: Timestamp? { readAt?.adding(seconds: -86_400) }
}
