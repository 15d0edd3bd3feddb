package import NotionAPI
package import ReconcileModel

/// Reads what events an organization's pages ask for. Needs no Google key, and no state.
package struct EventReader: Sendable {
    private let notion: NotionClient

    package init(notion: NotionClient) { self.notion = notion }

    /// - Parameter remembered: what the pages decided at the last apply.
    /// - Throws: also where Notion did not list every page, or not every one whole, and where a field that was
    ///   remembered is none any more: what came of the pages would not be all.
    package func listing(
        of organization: Organization,
        remembered: Set<EventField>?
    ) async throws(Failure) -> EventListing {
        let observer = NotionObserver(notion: notion, organization: organization)
        let source = try await observer.source()
        try source.checkFields(against: remembered, of: organization.prefix)
        let pages = try await observer.read(source).get()
        if case .incomplete(let failure) = pages.listing { throw failure }
        return EventListing(prefix: organization.prefix, events: pages.desired.values, warnings: pages.warnings)
    }

    /// Looks whether every property that is mapped, or was at the last apply, is there, with a fitting type.
    package func checkMapping(
        of organization: Organization,
        remembered: Set<EventField>?
    ) async throws(Failure) {
        try await NotionObserver(notion: notion, organization: organization).source()
            .checkFields(against: remembered, of: organization.prefix)
    }
}

extension OrganizationObservation {
    /// What was read of the pages, where that is all of them.
    package var events: EventListing? {
        guard case .observed(let state) = content, state.listing == .complete else { return nil }
        return EventListing(prefix: organization.prefix, events: state.desired.values, warnings: state.warnings)
    }
}
