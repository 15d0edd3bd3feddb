import ReconcileModel

/// What is known of single pages beside what the listing said.
struct Inspection: Sendable {
    /// Whether the listing is to be believed after that.
    var listing: ListingState
    var findings: [PageID: PageFinding] = [:]
    /// What pages are told of their events.
    var feedback: [PageID: PageFeedback] = [:]
    /// Pages of our database whose events carry the mark of an organization that is not declared any more.
    var recognized: Set<PageID> = []
    var warnings: [Warning] = []
    /// Where all pages of our events are, where none is in this data source.
    var elsewhere: PagePlace?

    /// What could not be looked at is not known: that is an error of the run, as when the listing itself fails.
    mutating func reportUnread() {
        guard listing == .complete else { return }
        let reasons = findings.sorted { $0.key < $1.key }.compactMap { $0.value.absence?.unknownReason }
        guard let first = reasons.first else { return }
        let pages = reasons.count == 1 ? "1 page that has an event" : "\(reasons.count) pages that have events"
        listing = .incomplete(
            Failure(
                code: "notion_page_unreadable",
                message: "\(pages) in the calendar cannot be looked at, so nothing is deleted: \(first)",
                hint: "Run again; if it stays, open the page in Notion."
            )
        )
    }
}

extension OrganizationState {
    /// Takes over what is known of single pages, which the listing left open.
    mutating func take(_ inspection: Inspection) {
        listing = inspection.listing
        pages.merge(inspection.findings) { _, newer in newer }
        feedback.merge(inspection.feedback) { _, newer in newer }
        recognized = inspection.recognized
        warnings += inspection.warnings
    }
}

extension Absence {
    var unknownReason: String? {
        guard case .unknown(let reason) = self else { return nil }
        return reason
    }
}
