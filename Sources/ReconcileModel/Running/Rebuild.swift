/// What recreating the link table from the marks came to.
package struct Rebuild: Sendable {
    package enum Outcome: Sendable, Equatable {
        /// - isLoss: whether its calendar was written before and the state knew nothing of that.
        case rebuilt(links: Int, isLoss: Bool)
        case skipped(String)
        case failed(Failure)
    }

    /// What messages call it, such as the path of its file.
    package var state: String
    /// Where a damaged file is now.
    package var damagedCopy: String?
    package var organizations: [(prefix: String, outcome: Outcome)]

    package init(state: String, damagedCopy: String?, organizations: [(prefix: String, outcome: Outcome)]) {
        self.state = state
        self.damagedCopy = damagedCopy
        self.organizations = organizations
    }

    /// What of an organization that the state did not know the marks do not tell; nil: nothing was lost.
    package var loss: String? {
        let lost = organizations.filter { if case .rebuilt(_, true) = $0.outcome { true } else { false } }
        guard !lost.isEmpty else { return nil }
        return "A hold, the history that undo needs, and what was allowed by name cannot be recovered for "
            + "\(lost.map(\.prefix).sorted().joined(separator: ", ")); if another state file has them, use that one (--state)."
    }

    package var isSuccess: Bool {
        !organizations.contains { if case .failed = $0.outcome { true } else { false } }
    }
}
