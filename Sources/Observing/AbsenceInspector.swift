import NotionAPI
import ReconcileModel

/// Looks alone at each page whose event is in the calendar but which the listing did not have: being missing from a list
/// proves nothing.
struct AbsenceInspector: Sendable {
    let notion: NotionClient
    let source: NotionObserver.Source
    let organization: Organization

    /// So many requests are under way at once; the transport paces them.
    private static let width = 8

    func inspect(_ state: inout OrganizationState) async {
        guard state.listing == .complete else { return }
        let candidates = candidates(in: state)
        let seen = await look(at: candidates)
        for (page, finding) in seen {
            switch finding {
            case .absent(let absence): state.absences[page] = absence
            case .invalid(let warning):
                state.invalid.insert(page)
                state.warnings.append(warning)
            }
        }
        distrustListing(&state, looked: candidates.count)
        reportUnread(&state)
    }

    private enum Finding: Sendable {
        case absent(Absence)
        case invalid(Warning)
    }

    /// Pages of our live events that the listing did not have, in a fixed order.
    private func candidates(in state: OrganizationState) -> [PageID] {
        var pages: Set<PageID> = []
        for event in state.events.values where event.status == .live && event.recurringEvent == nil {
            guard let marks = event.marks else { continue }
            let isOurs =
                marks.organization == nil || marks.organization == organization.prefix || state.links[marks.page] != nil
            if isOurs { pages.insert(marks.page) }
        }
        // Also those listed without a date: a formula or rollup can be empty for a moment.
        let open = pages.filter { page in
            let isOpen = state.absences[page] == nil || state.absences[page] == .undated
            return isOpen && state.desired[page] == nil && !state.invalid.contains(page)
        }
        return open.sorted()
    }

    private func look(at pages: [PageID]) async -> [(PageID, Finding)] {
        await withTaskGroup(of: (PageID, Finding).self) { group in
            var waiting = pages[...]
            var findings: [(PageID, Finding)] = []
            for _ in 0..<Self.width {
                guard let page = waiting.popFirst() else { break }
                group.addTask { (page, await look(at: page)) }
            }
            while let finding = await group.next() {
                findings.append(finding)
                guard let page = waiting.popFirst() else { continue }
                group.addTask { (page, await look(at: page)) }
            }
            return findings.sorted { $0.0 < $1.0 }
        }
    }

    private func look(at id: PageID) async -> Finding {
        let page: NotionPage
        do throws(NotionError) {
            page = try await notion.page(id, properties: source.mapping.propertyIDs)
        } catch {
            // The data source itself was readable and completely listed a moment ago: the page is what is gone.
            if case .notFound = error { return .absent(.gone) }
            return .absent(.unknown(error.failure.message))
        }
        if page.isInTrash { return .absent(.trashed) }
        if page.isArchived { return .absent(.archived) }
        guard isHere(page.parent) else { return .absent(.moved) }
        switch PageMapper(mapping: source.mapping, organization: organization).outcome(for: page) {
        case .event: return .absent(.present)
        case .undated: return .absent(.undated)
        case .invalid(_, _, let warning): return .invalid(warning)
        case .trashed: return .absent(.trashed)
        case .archived: return .absent(.archived)
        }
    }

    /// What could not be looked at is not known: that is an error of the run, as when the listing itself fails.
    private func reportUnread(_ state: inout OrganizationState) {
        guard state.listing == .complete else { return }
        let reasons = state.absences.sorted { $0.key < $1.key }.compactMap { $0.value.unknownReason }
        guard let first = reasons.first else { return }
        let pages = reasons.count == 1 ? "1 page that has an event" : "\(reasons.count) pages that have events"
        state.listing = .incomplete(
            Failure(
                code: "notion_page_unreadable",
                message: "\(pages) in the calendar cannot be looked at, so nothing is deleted: \(first)",
                hint: "Run again; if it stays, open the page in Notion."
            )
        )
    }

    private func isHere(_ parent: NotionPage.Parent) -> Bool {
        if let dataSource = parent.dataSource { return dataSource == source.dataSource.id }
        return parent.database == source.database
    }

    /// A listing that left out many pages which are alive was no complete listing, whatever it said: a page of results was
    /// missing. A single one may be Notion's index lagging behind.
    private func distrustListing(_ state: inout OrganizationState, looked: Int) {
        let alive = state.absences.values.count { $0 == .present }
        let managed = state.desired.count + looked
        guard alive > 5 || alive * 100 > organization.maxDeletePercent * managed else { return }
        let pages = alive == 1 ? "1 page that is" : "\(alive) pages that are"
        state.listing = .incomplete(NotionObserver.incomplete(source.dataSource, "it left out \(pages) there"))
    }
}

extension Absence {
    fileprivate var unknownReason: String? {
        guard case .unknown(let reason) = self else { return nil }
        return reason
    }
}
