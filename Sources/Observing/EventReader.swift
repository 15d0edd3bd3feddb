package import NotionAPI
package import ReconcileModel

/// Reads what events an organization's pages ask for. Needs no Google key, and no state.
package struct EventReader: Sendable {
    private let notion: NotionClient

    package init(notion: NotionClient) { self.notion = notion }

    /// - Throws: also where Notion did not list every page: some of the events are none.
    package func listing(of organization: Organization) async throws(Failure) -> EventListing {
        let observer = NotionObserver(notion: notion, organization: organization)
        let source = try await observer.source()
        let pages = try await observer.read(source).get()
        if case .incomplete(let failure) = pages.listing { throw failure }
        return EventListing(prefix: organization.prefix, events: pages.desired.values, warnings: pages.warnings)
    }

    /// Looks whether every property that is mapped is there, with a fitting type.
    package func checkMapping(of organization: Organization) async throws(Failure) {
        _ = try await NotionObserver(notion: notion, organization: organization).source()
    }
}

extension OrganizationObservation {
    /// What was read of the pages, where that is all of them.
    package var events: EventListing? {
        guard case .observed(let state) = content, state.listing == .complete else { return nil }
        return EventListing(prefix: organization.prefix, events: state.desired.values, warnings: state.warnings)
    }
}
