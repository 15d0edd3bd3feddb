package import ReconcileModel

/// Which events of an organization a request asks for. Every condition must be met.
package struct EventsQuery: Sendable {
    /// What the texts must contain; none for a condition that was not given.
    var anyText: SearchText?
    var texts: [TextField: SearchText] = [:]
    /// `from` and `to`, and `date`: an event must overlap each.
    var windows: [EventWindow] = []
    /// As they were given.
    var from: EventTime?
    var to: EventTime?
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

    /// - Parameter span: for which time occurrences of series are told where the request does not say it.
    /// - Returns: the events asked for, by start, and how many match before `limit` and `offset` cut.
    package func apply(to listing: EventListing, _ span: SeriesSpan) -> (events: [ShownEvent], total: Int) {
        // A day that is asked for is bound enough.
        let bounds = windows.count == 1 && !hasRange ? windows : windows + [span.window(from: from, to: to)]
        var found: [ShownEvent] = []
        var hasSeries = false
        for desired in listing.events {
            if let occurrences = SeriesExpansion.occurrences(of: desired, in: bounds) {
                hasSeries = true
                found += occurrences.filter { matches($0.event) }
            } else if !filters || overlaps(desired.event) && matches(desired.event) {
                found.append(ShownEvent(desired.page, desired.event))
            }
        }
        if hasSeries {
            found.sort { ($0.event.start.order, $0.page) < ($1.event.start.order, $1.page) }
        }
        return (cut(found), found.count)
    }

    /// The events, series as a whole, of which something is asked for.
    package func select(from listing: EventListing) -> [DesiredEvent] {
        guard filters else { return cut(listing.events) }
        return cut(
            listing.events.filter { desired in
                guard let occurrences = SeriesExpansion.occurrences(of: desired, in: windows) else {
                    return overlaps(desired.event) && matches(desired.event)
                }
                return occurrences.contains { matches($0.event) }
            }
        )
    }

    private var hasRange: Bool { from != nil || to != nil }

    private func cut<Event>(_ events: [Event]) -> [Event] {
        guard offset > 0 || limit != nil else { return events }
        return Array(events.dropFirst(offset).prefix(limit ?? events.count))
    }

    private func overlaps(_ event: EventContent) -> Bool {
        windows.allSatisfy { $0.overlaps(from: event.start, to: event.end) }
    }

    /// By its texts.
    private func matches(_ event: EventContent) -> Bool {
        texts.allSatisfy { field, search in search.isFound(in: field.text(of: event)) }
            && (anyText.map { search in TextField.allCases.contains { search.isFound(in: $0.text(of: event)) } } ?? true)
    }
}
