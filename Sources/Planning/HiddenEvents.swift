import ReconcileModel

/// Live events of which Google shows the times and nothing else, by the pages whose events they may be.
///
/// Not seen is not gone: a page whose event may be one of them is left alone, for what is made in its place would stand beside a
/// private event, in public.
struct HiddenEvents {
    private struct Times: Hashable {
        var start: EventTime
        var end: EventTime
    }

    private let state: OrganizationState
    private let hidden: Set<EventID>
    /// Times of those that are no known page's.
    private let unclaimed: [Times: EventID]

    init(_ state: OrganizationState) {
        let hidden = state.events.values.filter { $0.isHidden && $0.standsAlone }
        self.state = state
        self.hidden = Set(hidden.map(\.id))
        var claimed = Set(state.links.values.map(\.event))
        if !hidden.isEmpty { claimed.formUnion(state.pages.desired.flatMap { Self.ids(of: $0.page) }) }
        let times = hidden.filter { !claimed.contains($0.id) }.compactMap { live in
            live.event.map { (Times(start: $0.start, end: $0.end), live.id) }
        }
        unclaimed = Dictionary(times) { min($0, $1) }
    }

    /// The hidden event that is a page's, or may be.
    ///
    /// - Parameter copies: the events that carry the page's mark, to be seen.
    func event(of page: PageID, copies: [LiveEvent]) -> EventID? {
        guard !hidden.isEmpty else { return nil }
        let link = state.links[page]
        if let link, hidden.contains(link.event) { return link.event }
        // Where the page has its event, one that has taken the page's id is somebody else's.
        if let link, copies.contains(where: { $0.id == link.event }) { return nil }
        if let own = Self.ids(of: page).first(where: hidden.contains) { return own }
        guard link == nil, copies.isEmpty, let event = state.pages[page]?.desired?.event else { return nil }
        return unclaimed[Times(start: event.start, end: event.end)]
    }

    func warning(about page: PageID, _ event: EventID) -> Warning {
        let title = state.pages[page]?.desired.map { "\"\($0.event.summary)\"" } ?? "A page"
        var message =
            "\(title): its event is, or may be, the private event \(event), of which Google shows only the times; "
            + "nothing is written and nothing is deleted."
        if case .existing(let calendar) = state.calendar, let account = calendar.access?.account {
            message += " \(CalendarAccess.hint(.writer, for: account))"
        }
        return Warning(code: "event_hidden", message: message, page: page)
    }

    /// Nobody takes so many ids of one page.
    private static func ids(of page: PageID) -> [EventID] {
        (0..<8).map { EventID(derivedFrom: page, generation: $0) }
    }
}
