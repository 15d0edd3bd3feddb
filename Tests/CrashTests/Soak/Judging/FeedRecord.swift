/// What subscribers have seen so far.
struct FeedRecord {
    /// What they have seen of one organization.
    struct Former {
        /// By page; all that was ever shown.
        fileprivate(set) var events: [String: Set<ModelPage.Event>] = [:]
        /// Whether the state knows what they saw last.
        fileprivate(set) var isKnown = false
    }

    private var organizations: [Int: Former] = [:]

    func former(of organization: Int) -> Former { organizations[organization] ?? Former() }

    mutating func add(_ feed: PublicFeed, of organization: Int) {
        guard let events = feed.events else { return }
        organizations[organization, default: Former()].isKnown = true
        for (page, event) in events { organizations[organization]?.events[page, default: []].insert(event) }
    }

    /// The state is not what it was.
    mutating func forget() {
        for organization in organizations.keys { organizations[organization]?.isKnown = false }
    }
}
