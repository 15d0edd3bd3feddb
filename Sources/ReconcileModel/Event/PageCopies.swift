/// The live events that carry the mark of one page: which are ours, and which a person made of one of ours.
///
/// Google copies an event with its private properties: somebody who duplicates one of ours and makes something else of it has
/// an event with our marks. It is a person's, also when the page goes.
package struct PageCopies: Hashable, Sendable {
    /// The one to keep first; the others are duplicates of it.
    package private(set) var ours: [LiveEvent]
    /// Of a page that asks for no event: what somebody split off its series ("this and following events"). Ours, and no duplicates.
    package private(set) var parts: [LiveEvent]
    /// Left alone.
    package private(set) var people: [LiveEvent]

    /// All that goes with the page.
    package var all: [LiveEvent] { ours + parts }

    /// - Parameters:
    ///   - desired: what the page asks for; nil: no event, or nobody knows.
    ///   - hasTombstone: whether a deleted event of this page is known.
    ///   - wasSynced: whether the state remembers that this organization was synchronized: then what is ours is linked.
    package init(
        _ events: [LiveEvent],
        of page: PageID,
        link: Link?,
        desired: EventContent?,
        hasTombstone: Bool,
        wasSynced: Bool
    ) {
        let sorted = events.sorted { Self.preference($0, page, link) < Self.preference($1, page, link) }
        let certain = sorted.filter { $0.id == link?.event || $0.id.isDerived(from: page) }
        var rest = sorted.filter { $0.id != link?.event && !$0.id.isDerived(from: page) }
        var ours = certain
        if certain.isEmpty {
            let kept =
                rest.firstIndex { $0.isAsWritten == true }
                ?? rest.firstIndex { event in
                    Self.standsForThePage(event, link, desired, hasTombstone: hasTombstone, wasSynced: wasSynced)
                }
            if let kept { ours.append(rest.remove(at: kept)) }
        }
        let kept = ours.first
        let duplicates = rest.filter { Self.isOurs($0, beside: kept) }
        let others = rest.filter { !Self.isOurs($0, beside: kept) }
        self.ours = ours + duplicates
        // A part of what the page asks for stands beside all of it, and may be what somebody wants.
        parts = desired == nil ? others.filter { Self.isPart($0, of: kept, page) } : []
        people = others.filter { [parts] other in !parts.contains { $0.id == other.id } }
    }

    /// The linked one, else one with an id of the page, else the oldest.
    private static func preference(_ event: LiveEvent, _ page: PageID, _ link: Link?) -> (Int, String, EventID) {
        if event.id == link?.event { return (0, "", event.id) }
        if event.id == EventID(derivedFrom: page) { return (1, "", event.id) }
        if event.id.isDerived(from: page) { return (2, "", event.id) }
        return (3, event.created ?? "9999", event.id)
    }

    /// Whether a copy is as it was written; one without a hash (the predecessor's): whether it equals the one that stays. One with
    /// guests is somebody's invitation.
    private static func isOurs(_ event: LiveEvent, beside kept: LiveEvent?) -> Bool {
        guard !event.hasGuests else { return false }
        if let isAsWritten = event.isAsWritten { return isAsWritten }
        guard let kept = kept?.event, let event = event.event else { return false }
        // Copies that differ in what people set are copies nevertheless.
        return kept.withoutSettings.differences(from: event).isEmpty
    }

    /// Whether it is the second half of a series of ours that somebody split: it carries the marks of the first, and Google's id says so,
    /// or it begins where the first one was made to end and is as it was but for that. One that somebody made something else of, such as a
    /// copy on another day, or invited people to, is theirs.
    private static func isPart(_ event: LiveEvent, of kept: LiveEvent?, _ page: PageID) -> Bool {
        guard event.isSeries, !event.hasGuests else { return false }
        if event.id.isSplit(from: page) || kept.map({ event.id.isSplit(from: $0.id) }) ?? false { return true }
        guard let kept = kept?.event, let event = event.event, kept.ends(by: event.start) else { return false }
        return kept.withoutSettings.differences(from: event).allSatisfy { $0.kind == .time || $0.kind == .rule }
    }

    /// Whether an event that is neither linked nor has an id of the page, nor is as it was written, is the page's nevertheless:
    /// where no other can be. To take a person's copy for it would overwrite that; not to take our own would make a second one.
    private static func standsForThePage(
        _ event: LiveEvent,
        _ link: Link?,
        _ desired: EventContent?,
        hasTombstone: Bool,
        wasSynced: Bool
    ) -> Bool {
        guard !event.isCopy else { return false }
        guard let desired else { return link == nil && event.isAsWritten == nil && !hasTombstone && !wasSynced }
        if link == nil {
            // The state was lost, and somebody edited an event that has the predecessor's id.
            return event.isAsWritten == nil ? !(hasTombstone && wasSynced) : !(hasTombstone || wasSynced)
        }
        return event.event.map { desired.complete.differences(from: $0).isEmpty } ?? false
    }
}

extension EventContent {
    /// Whether it is a series whose rule says that it ends before that time, or on the day of it.
    fileprivate func ends(by start: EventTime) -> Bool {
        guard let rule = recurrence?.rule,
            let until = rule.split(separator: ";").first(where: { $0.uppercased().hasPrefix("UNTIL=") })
        else { return false }
        let day = until.dropFirst(6).prefix(8)
        return day.utf8.count == 8 && day <= start.description.filter { $0 != "-" }.prefix(8)
    }
}
