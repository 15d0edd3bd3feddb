/// Whose the events of one calendar are, as far as marks, state and declarations tell: the one place where "ours" is decided.
package struct EventOwnership: Hashable, Codable, Sendable {
    package enum Owner: Hashable, Sendable {
        /// Nobody marked it.
        case nobody
        case ours
        /// Of the organization with this prefix, which need not be declared any more.
        case other(String)
    }

    /// The organization's own prefix, and those it had before.
    package var prefixes: Set<String>
    /// Prefixes of all other organizations that are declared, with those they had before.
    package var otherPrefixes: Set<String>
    /// Those of them that are declared for another database: an event that carries one together with our database is ours, if
    /// its page is.
    package var reusedPrefixes: Set<String>
    /// Events of this calendar that the state links with other organizations, each with that one's prefix.
    package var linkedElsewhere: [EventID: String]

    package init(
        prefixes: Set<String>,
        otherPrefixes: Set<String> = [],
        reusedPrefixes: Set<String> = [],
        linkedElsewhere: [EventID: String] = [:]
    ) {
        self.prefixes = prefixes
        self.otherPrefixes = otherPrefixes
        self.reusedPrefixes = reusedPrefixes
        self.linkedElsewhere = linkedElsewhere
    }

    /// - Parameters:
    ///   - link: what the state says about the marked page.
    ///   - isKnown: whether the marked page is of our database, as far as its marks tell.
    ///   - isHere: whether it was seen there, and the marks say so too.
    package func owner(of event: LiveEvent, link: Link?, isKnown: Bool, isHere: Bool = false) -> Owner {
        guard let marks = event.marks else { return .nobody }
        if let other = linkedElsewhere[event.id] {
            // A state that is older than a rename has the event under a prefix that nobody declares: its own marks are newer.
            let namesUs = marks.organization.map(prefixes.contains) ?? false
            let isOutdated = isHere && namesUs && !otherPrefixes.contains(other)
            if !isOutdated { return .other(other) }
        }
        if link?.event == event.id { return .ours }
        // An event of the predecessor, which named no organization.
        guard let organization = marks.organization else { return .ours }
        if prefixes.contains(organization) { return .ours }
        if otherPrefixes.contains(organization) {
            return isHere && reusedPrefixes.contains(organization) ? .ours : .other(organization)
        }
        // Nobody declares that organization any more: then the page decides.
        return isKnown ? .ours : .other(organization)
    }
}

extension OrganizationState {
    /// Whose an event of the calendar is.
    package func owner(of event: LiveEvent) -> EventOwnership.Owner {
        guard let marks = event.marks else { return .nobody }
        let page = marks.page
        let (isSeen, isMarked) = (pages[page]?.desired != nil || recognized.contains(page), marks.database == database)
        return ownership.owner(
            of: event,
            link: links[page],
            isKnown: isSeen || isMarked || links[page] != nil,
            isHere: isSeen && isMarked
        )
    }

    /// The live events that are marked with pages of ours, by page. Instances of a series carry their master's marks and are left
    /// out: they are its parts, not its duplicates.
    package func copies() -> [PageID: PageCopies] {
        var marked: [PageID: [LiveEvent]] = [:]
        var tombstones: Set<PageID> = []
        for event in events.values where event.recurringEvent == nil {
            guard let page = event.marks?.page, owner(of: event) == .ours else { continue }
            if event.status == .live { marked[page, default: []].append(event) } else { tombstones.insert(page) }
        }
        var copies: [PageID: PageCopies] = [:]
        for (page, events) in marked {
            copies[page] = PageCopies(
                events,
                of: page,
                link: links[page],
                desired: pages[page]?.desired?.event,
                hasTombstone: tombstones.contains(page),
                wasSynced: wasSynced
            )
        }
        return copies
    }
}
