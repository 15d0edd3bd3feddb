import ReconcileModel

/// Says which events carry marks like ours and are left alone all the same.
struct StrangerNotes {
    let state: OrganizationState
    let copies: [PageID: PageCopies]

    var warnings: [Warning] { others + people }

    /// One for each organization whose events are in the calendar.
    private var others: [Warning] {
        var titles: [String: [String]] = [:]
        for event in state.events.values where event.standsAlone {
            guard case .other(let prefix) = state.owner(of: event) else { continue }
            titles[prefix, default: []].append(Self.title(event))
        }
        return titles.sorted { $0.key < $1.key }.map { prefix, titles in
            let example = titles.min() ?? ""
            let events =
                titles.count == 1
                ? "The event \(example) belongs" : "\(titles.count) events, such as \(example), belong"
            let left = titles.count == 1 ? "it is left alone" : "they are left alone"
            return Warning(
                code: "event_of_another_organization",
                message: "\(events) to the organization \(prefix), by mark or state; \(left).\(way(prefix))"
            )
        }
    }

    /// What to do about an organization that nobody declares: it may be what this one was called.
    private func way(_ prefix: String) -> String {
        guard !state.ownership.otherPrefixes.contains(prefix) else { return "" }
        return " Nobody declares \(prefix): if that is what this organization was called, add "
            + "`previously: [\(prefix)]` to its declaration."
    }

    /// One for each page of whose event people made something else.
    private var people: [Warning] {
        copies.filter { !$0.value.people.isEmpty }.sorted { $0.key < $1.key }.map { page, copies in
            let example = copies.people.map(Self.title).min() ?? ""
            let events = copies.people.count == 1 ? example : "\(copies.people.count) events, such as \(example),"
            let left = copies.people.count == 1 ? "it is left alone" : "they are left alone"
            return Warning(
                code: "event_copied",
                message: "Somebody made \(events) of a copy of an event of ours; \(left).",
                page: page
            )
        }
    }

    private static func title(_ event: LiveEvent) -> String { "\"\(event.event?.summary ?? "Untitled")\"" }
}
