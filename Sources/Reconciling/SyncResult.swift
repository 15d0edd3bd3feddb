package import ReconcileModel

/// What started a run; the words are the kinds of runs in the history.
package enum SyncTrigger: String, Sendable {
    case schedule, webhook, sync, setup
}

/// What came of a run.
package struct SyncResult: Sendable {
    package var organizations: [SyncedOrganization]
    /// What went wrong with the run as a whole.
    package var failure: Failure?
    /// Its number in the history.
    package var run: RunID?

    package init(organizations: [SyncedOrganization], failure: Failure? = nil, run: RunID? = nil) {
        (self.organizations, self.failure, self.run) = (organizations, failure, run)
    }
}

/// What a run did for one organization.
package struct SyncedOrganization: Sendable {
    package var report: OrganizationReport
    /// What the run read of the pages; nil where that was not all.
    package var listing: EventListing?
    /// What subscribers are to see after the run; nil where the organization was not looked at.
    package var published: EventListing?
    /// Which event each page has after the run.
    package var links: [PageID: EventID]

    package init(
        report: OrganizationReport,
        listing: EventListing?,
        published: EventListing? = nil,
        links: [PageID: EventID]
    ) {
        (self.report, self.listing, self.published, self.links) = (report, listing, published, links)
    }

    package var prefix: String { report.plan.organization.prefix }
}
