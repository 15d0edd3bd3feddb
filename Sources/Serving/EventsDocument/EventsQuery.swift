package import ReconcileModel

/// Which events of an organization a request asks for. Every condition must be met.
package struct EventsQuery: Sendable {
    /// What the texts must contain; none for a condition that was not given.
    var anyText: SearchText?
    var texts: [TextField: SearchText] = [:]
    /// `from` and `to`, and `date`: an event must overlap each.
    var windows: [EventWindow] = []
    var limit: Int?
    var offset = 0

    /// All events.
    package init() {}

    /// A text of an event, by the name of its parameter.
    enum TextField: String, CaseIterable, Sendable {
        case title, location, description

        func text(of event: EventContent) -> String? {
            switch self {
            case .title: event.summary
            case .location: event.location
            case .description: event.description
            }
        }
    }

    /// Whether it asks for everything, so that an answer made before will do.
    package var isEmpty: Bool { !filters && limit == nil && offset == 0 }

    private var filters: Bool { anyText != nil || !texts.isEmpty || !windows.isEmpty }

    /// - Returns: the events asked for in the listing's order, and how many match before `limit` and `offset` cut.
    package func apply(to listing: EventListing) -> (events: [DesiredEvent], total: Int) {
        let found = filters ? listing.events.filter { matches($0.event) } : listing.events
        guard offset > 0 || limit != nil else { return (found, found.count) }
        let page = found.dropFirst(offset).prefix(limit ?? found.count)
        return (Array(page), found.count)
    }

    private func matches(_ event: EventContent) -> Bool {
        // The cheap conditions first.
        windows.allSatisfy { $0.overlaps(event) }
            && texts.allSatisfy { field, search in search.isFound(in: field.text(of: event)) }
            && (anyText.map { search in TextField.allCases.contains { search.isFound(in: $0.text(of: event)) } } ?? true)
    }
}
