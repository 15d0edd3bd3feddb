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

    /// For each page of whose event people made something else, and for each that an event names which nobody can place.
    private var people: [Warning] {
        copies.sorted { $0.key < $1.key }.flatMap { page, copies in
            let copied = copies.people.filter { $0.marks?.hash != nil || $0.isCopy }
            let unknown = copies.people.filter { $0.marks?.hash == nil && !$0.isCopy }
            return [copiedWarning(copied, of: page), unknownWarning(unknown, of: page)].compactMap(\.self)
        }
    }

    private func copiedWarning(_ events: [LiveEvent], of page: PageID) -> Warning? {
        guard let example = events.map(Self.title).min() else { return nil }
        let subject = events.count == 1 ? example : "\(events.count) events, such as \(example),"
        let left = events.count == 1 ? "it is left alone" : "they are left alone"
        return Warning(
            code: "event_copied",
            message: "Somebody made \(subject) of a copy of an event of ours; \(left).",
            page: page
        )
    }

    /// Events that carry the page and nothing of what was written: the predecessor's, or made of one of those.
    private func unknownWarning(_ events: [LiveEvent], of page: PageID) -> Warning? {
        guard let example = events.map(Self.title).min() else { return nil }
        let isOne = events.count == 1
        let subject = isOne ? "\(example) names" : "\(events.count) events, such as \(example), name"
        return Warning(
            code: "event_not_recognized",
            message:
                "\(subject) this page, but \(isOne ? "is" : "are") not the event that it has now, and nothing tells who wrote "
                + "\(isOne ? "it" : "them"), another program or a person: left alone. What is not wanted any more can be deleted "
                + "in Google Calendar.",
            page: page
        )
    }

    private static func title(_ event: LiveEvent) -> String { "\"\(event.event?.summary ?? EventChange.untitled)\"" }
}
