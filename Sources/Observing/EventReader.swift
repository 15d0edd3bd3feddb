package import NotionAPI
package import ReconcileModel

/// Reads what events an organization's pages ask for. Needs no Google key, and no state.
package struct EventReader: Sendable {
    private let notion: NotionClient

    package init(notion: NotionClient) { self.notion = notion }

    /// - Parameter remembered: the organization at the last apply.
    /// - Throws: also where Notion did not list every page, or not every one whole, and where the pages come from another
    ///   database or a field that was remembered is none any more: what came of the pages would not be all.
    package func listing(
        of organization: Organization,
        remembered: StoredOrganization?
    ) async throws(Failure) -> EventListing {
        let observer = observer(of: organization, remembered)
        let source = try await source(observer, remembered)
        let pages = try await observer.read(source).get()
        if case .incomplete(let failure) = pages.listing { throw failure }
        return EventListing(prefix: organization.prefix, events: pages.desired.values, warnings: pages.warnings)
    }

    /// Looks whether every property that is mapped, or was at the last apply, is there, with a fitting type.
    package func checkMapping(
        of organization: Organization,
        remembered: StoredOrganization?
    ) async throws(Failure) {
        _ = try await source(observer(of: organization, remembered), remembered)
    }

    private func observer(of organization: Organization, _ remembered: StoredOrganization?) -> NotionObserver {
        NotionObserver(notion: notion, organization: organization, remembered: remembered?.dataSource)
    }

    private func source(
        _ observer: NotionObserver,
        _ remembered: StoredOrganization?
    ) async throws(Failure) -> NotionObserver.Source {
        let source = try await observer.source()
        // Of an organization that is only shown a sync would miss nothing.
        guard let remembered, observer.organization.isSyncEnabled else { return source }
        try source.checkFields(against: remembered.managedFields, of: observer.organization.prefix)
        try source.checkDatabase(against: KnownSource(remembered), of: observer.organization)
        return source
    }
}

extension OrganizationObservation {
    /// What was read of the pages, where that is all of them.
    package var events: EventListing? {
        guard case .observed(let state) = content, state.listing == .complete else { return nil }
        return EventListing(prefix: organization.prefix, events: state.desired.values, warnings: state.warnings)
    }
}
