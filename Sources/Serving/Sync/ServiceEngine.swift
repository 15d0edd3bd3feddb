package import ReconcileModel

/// What the service asks the engine to do. Whoever starts the service wires it to the clients and the state.
package struct ServiceEngine: Sendable {
    /// Reads at Notion what events an organization has, and publishes what subscribers are to see of it.
    package var events: @Sendable (Organization) async throws(Failure) -> EventListing
    /// What was published last, as the state has it; nil where nothing was. Reads neither Notion nor Google.
    package var published: @Sendable (Organization) async -> Published?
    /// Plans and applies, as one run under the run lock.
    package var sync: @Sendable ([Organization], Trigger) async throws(Failure) -> SyncResult
    /// The organization's calendar, where the state knows one and Google confirms it. Needs neither Notion nor the run lock.
    package var calendar: @Sendable (Organization) async throws(Failure) -> CalendarID?
    /// Creates the organization's calendar where it has none, as a run under the run lock.
    package var setUp: @Sendable (Organization) async throws(Failure) -> CalendarID
    /// Looks at Notion whether the properties that the organization needs are there.
    package var checkMapping: @Sendable (Organization) async throws(Failure) -> Void
    /// Gives each an id in the state, without which its events cannot be answered; writes nothing to Google.
    package var register: @Sendable ([Organization]) async throws(Failure) -> Void
    /// What the state remembers.
    package var overview: @Sendable () async throws(Failure) -> StateOverview
    /// Whose calendars have events of these pages, by the links; prefixes.
    package var owners: @Sendable (Set<PageID>) async throws(Failure) -> Set<String>
    /// Why nothing can be synchronized, where the service has no Google key; nil: it can.
    package var refusal: Failure?

    /// `refusal` in words that everybody may read.
    var publicRefusal: String? {
        guard let refusal else { return nil }
        return refusal.code == "credentials_missing"
            ? "This service has no Google key: it serves events and synchronizes nothing."
            : "The Google key of this service cannot be used: it serves events and synchronizes nothing."
    }

    package init(
        events: @escaping @Sendable (Organization) async throws(Failure) -> EventListing,
        published: @escaping @Sendable (Organization) async -> Published?,
        sync: @escaping @Sendable ([Organization], Trigger) async throws(Failure) -> SyncResult,
        calendar: @escaping @Sendable (Organization) async throws(Failure) -> CalendarID?,
        setUp: @escaping @Sendable (Organization) async throws(Failure) -> CalendarID,
        checkMapping: @escaping @Sendable (Organization) async throws(Failure) -> Void,
        register: @escaping @Sendable ([Organization]) async throws(Failure) -> Void,
        overview: @escaping @Sendable () async throws(Failure) -> StateOverview,
        owners: @escaping @Sendable (Set<PageID>) async throws(Failure) -> Set<String>,
        refusal: Failure? = nil
    ) {
        (self.events, self.published, self.sync, self.calendar) = (events, published, sync, calendar)
        (self.setUp, self.checkMapping, self.register, self.overview) = (setUp, checkMapping, register, overview)
        (self.owners, self.refusal) = (owners, refusal)
    }

    /// What started a run; the words are the kinds of runs in the history.
    package enum Trigger: String, Sendable {
        case schedule, webhook, sync, setup
    }

    /// What subscribers were shown last.
    package struct Published: Sendable {
        package var listing: EventListing
        /// Time since it was last known to be right.
        package var age: Duration

        package init(listing: EventListing, age: Duration) { (self.listing, self.age) = (listing, age) }
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

    var prefix: String { report.plan.organization.prefix }
}
