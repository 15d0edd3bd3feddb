import NotionAPI
package import ReconcileModel

/// Proves anew that pages ask for no event, when the proof that a delete relies on has become old.
package struct AbsenceProver: Sendable {
    private let clients: @Sendable (Organization) throws(Failure) -> ServiceClients
    private let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - clients: as an organization reaches Notion.
    ///   - now: what is today in filters.
    package init(
        clients: @escaping @Sendable (Organization) throws(Failure) -> ServiceClients,
        now: @escaping @Sendable () -> Timestamp
    ) {
        (self.clients, self.now) = (clients, now)
    }

    /// - Returns: those of the pages that still are absent. What cannot be looked at is not proven.
    ///
    /// - Parameter dataSource: the one that the plan was made from.
    package func stillAbsent(
        _ pages: [PageID],
        of organization: Organization,
        in dataSource: DataSourceID?
    ) async -> Set<PageID> {
        do throws(Failure) {
            let notion = try clients(organization).notion
            let observer = NotionObserver(notion: notion, organization: organization, remembered: dataSource)
            let source = try await observer.source()
            let inspector = AbsenceInspector(notion: notion, pages: observer, source: source, now: now())
            return await inspector.stillAbsent(pages)
        } catch {
            return []
        }
    }
}
