package import NotionAPI
package import ReconcileModel

/// Proves anew that pages ask for no event, when the proof that a delete relies on has become old.
package struct AbsenceProver: Sendable {
    private let notion: NotionClient

    package init(notion: NotionClient) { self.notion = notion }

    /// - Returns: those of the pages that still are absent. What cannot be looked at is not proven.
    ///
    /// - Parameter dataSource: the one that the plan was made from.
    package func stillAbsent(
        _ pages: [PageID],
        of organization: Organization,
        in dataSource: DataSourceID?
    ) async -> Set<PageID> {
        do throws(Failure) {
            let observer = NotionObserver(notion: notion, organization: organization, remembered: dataSource)
            let source = try await observer.source()
            return await AbsenceInspector(notion: notion, pages: observer, source: source).stillAbsent(pages)
        } catch {
            return []
        }
    }
}
