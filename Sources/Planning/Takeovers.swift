import ReconcileModel
import Recurring

/// Which events of a former database certainly are those of pages of the new one: the same title at the same time, once on
/// either side.
struct Takeovers {
    /// The events that are kept, by the page that they get.
    private(set) var events: [PageID: LiveEvent] = [:]
    /// The pages that they had.
    private(set) var pages: Set<PageID> = []

    /// - Parameter copies: our live events by the page that marks them.
    init(state: OrganizationState, copies: [PageID: [LiveEvent]]) {
        guard state.databaseChange != nil else { return }
        // An event of the predecessor does not tell whose it was.
        let orphans = copies.filter { page, events in
            state.pages[page]?.absence == .replaced
                && (state.links[page] != nil || events.contains { $0.marks?.organization != nil })
        }
        let waiting = state.pages.desired.filter {
            (copies[$0.page]?.isEmpty ?? true) && state.window.holds($0.event)
        }
        let former = Dictionary(grouping: orphans.flatMap(\.value).filter { $0.event != nil }) { Span($0.event) }
        for (span, candidates) in Dictionary(grouping: waiting, by: { Span($0.event) }) {
            for desired in candidates {
                let twins = candidates.filter { Self.isSame($0.event, desired.event) }
                let events = (former[span] ?? []).filter { $0.event.map { Self.isSame(desired.event, $0) } ?? false }
                guard twins.count == 1, events.count == 1, let event = events.first, let page = event.marks?.page,
                    copies[page]?.count == 1
                else { continue }
                self.events[desired.page] = event
                pages.insert(page)
            }
        }
    }

    /// When an event takes place: the same for all that can be the same.
    private struct Span: Hashable {
        let start: EventTime?
        let end: EventTime?

        init(_ event: EventContent?) { (start, end) = (event?.start, event?.end) }
    }

    private static func isSame(_ one: EventContent, _ other: EventContent) -> Bool {
        !one.differences(from: other).contains(where: \.isRequired)
    }
}
