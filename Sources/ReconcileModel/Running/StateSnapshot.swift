/// All that a plan needs of the state, read in one transaction.
package struct StateSnapshot: Sendable {
    /// The service account that wrote last; nil before the first apply.
    package var serviceAccount: String?
    package var organizations: [String: OrganizationRecord]
    /// The end of the rolling day in which deletes are counted.
    package var readAt: Timestamp?

    package init(
        serviceAccount: String? = nil,
        organizations: [String: OrganizationRecord] = [:],
        readAt: Timestamp? = nil
    ) {
        (self.serviceAccount, self.organizations, self.readAt) = (serviceAccount, organizations, readAt)
    }

    /// What an overview tells; links are none of it.
    package init(_ overview: StateOverview) {
        self.init(
            organizations: overview.organizations.mapValues { stored in
                OrganizationRecord(
                    id: stored.id,
                    formerPrefixes: stored.formerPrefixes,
                    calendar: stored.calendar,
                    database: stored.database,
                    dataSource: stored.dataSource,
                    lastSync: stored.lastSync,
                    managedFields: stored.managedFields,
                    origins: stored.origins,
                    hold: stored.hold
                )
            }
        )
    }

    /// The beginning of that day.
    package var dayAgo: Timestamp? { readAt?.adding(seconds: -86_400) }
}
