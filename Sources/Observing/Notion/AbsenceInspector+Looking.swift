import Mapping
import NotionAPI
import ReconcileModel
import ZoneData

/// Looking at pages one by one.
extension AbsenceInspector {
    /// So many requests are under way at once; the transport paces them.
    private static let width = 8

    /// What looking at a page alone told.
    struct Look: Sendable {
        var finding: PageFinding
        var warning: Warning?
        /// What the page is told of its event; nil: nothing.
        var feedback: PageFeedback?
        /// It was seen, and in our data source.
        var isHere = false
        /// Where it was seen; nil: it was not, or is no row of a database.
        var place: PagePlace?

        /// The listing should have had the page.
        var isAlive: Bool { finding.isInvalid || finding.absence == .present }

        /// - Parameter isReplacing: whether the whole database is another one: then none of its pages needs a proof of its own.
        func finding(isReplacing: Bool) -> PageFinding {
            guard isReplacing, !isHere, let absence = finding.absence, absence.unknownReason == nil else {
                return finding
            }
            return .absent(.replaced)
        }
    }

    /// Looks at the pages until it is clear that the listing was not complete.
    ///
    /// - Parameter seen: pages that some run saw in this database.
    func look(at pages: [PageID], seen: Set<PageID> = []) async -> [(PageID, Look)] {
        await withTaskGroup(of: (PageID, Look).self) { group in
            var waiting = pages[...]
            var looks: [(PageID, Look)] = []
            var alive = 0
            for _ in 0..<Self.width {
                guard let page = waiting.popFirst() else { break }
                group.addTask { (page, await look(at: page, isSeen: seen.contains(page))) }
            }
            while let one = await group.next() {
                looks.append(one)
                if one.1.isAlive { alive += 1 }
                guard alive <= Self.tolerance || organization.isFilteredByNotion, let page = waiting.popFirst() else {
                    continue
                }
                group.addTask { (page, await look(at: page, isSeen: seen.contains(page))) }
            }
            return looks.sorted { $0.0 < $1.0 }
        }
    }

    private func look(at id: PageID, isSeen: Bool) async -> Look {
        let page: NotionPage
        do throws(NotionError) {
            page = try await notion.page(id, properties: source.mapping.queriedIDs)
        } catch {
            // The data source itself was readable and listed whole a moment ago, and `confirmSource` asks once more.
            // A page that was never seen here may as well belong to another integration: for us it never was there.
            if case .notFound = error { return Look(finding: .absent(isSeen ? .gone : .neverSeen)) }
            return Look(finding: .absent(.unknown(error.failure.message)))
        }
        let (finding, warning, feedback) = await finding(of: page)
        return Look(
            finding: finding,
            warning: warning,
            feedback: feedback,
            isHere: source.holds(page.parent),
            place: PagePlace(page.parent)
        )
    }

    /// What a page that is there says.
    private func finding(of page: NotionPage) async -> (PageFinding, Warning?, PageFeedback?) {
        // A page of another database proves nothing about ours, wherever it is thrown away; one whose place is not told does.
        guard source.holds(page.parent) || !page.parent.isKnown && (page.isInTrash || page.isArchived) else {
            return (.absent(.moved), nil, nil)
        }
        if page.isInTrash { return (.absent(.trashed), nil, nil) }
        if page.isArchived { return (.absent(.archived), nil, nil) }
        let mapper = pages.mapper(source, now: now)
        let whole: NotionPage
        do throws(NotionError) {
            whole = try await pages.whole(page, source, mapper)
        } catch {
            // Not even a 404 of one value says that the page is gone: it was there a moment ago.
            return (.absent(.unknown(error.failure.message)), nil, nil)
        }
        let outcome = mapper.outcome(for: whole)
        let feedback = mapper.feedback(of: whole, outcome, in: organization.eventWindow(now: now))
        switch outcome {
        case .event: return (.absent(.present), nil, feedback)
        case .filteredOut: return (.absent(.filteredOut), nil, feedback)
        case .cancelled: return (.absent(.cancelled), nil, feedback)
        case .undated: return (.absent(.undated), nil, feedback)
        case .invalid(_, _, let warning, _): return (.invalid, warning, feedback)
        case .trashed: return (.absent(.trashed), nil, nil)
        case .archived: return (.absent(.archived), nil, nil)
        }
    }

    /// Where Notion alone decides which pages become events, one that is there and was not listed left the filter, if a listing
    /// that began after it was looked at has it neither.
    ///
    /// - Returns: also whether that listing was complete.
    func settled(_ looks: [(PageID, Look)]) async -> ([(PageID, Look)], ListingState) {
        guard organization.isFilteredByNotion, looks.contains(where: { $0.1.finding.absence == .present }) else {
            return (looks, .complete)
        }
        let listed: Set<PageID>
        do throws(Failure) { listed = try await pages.listed(source, now: now) } catch {
            return (looks, .incomplete(error))
        }
        let settled = looks.map { page, look in
            guard look.finding.absence == .present, !listed.contains(page) else { return (page, look) }
            var look = look
            look.finding = .absent(.filteredOut)
            look.feedback?.sentence = PageFeedback.leftOut(nil)
            return (page, look)
        }
        return (settled, .complete)
    }
}
