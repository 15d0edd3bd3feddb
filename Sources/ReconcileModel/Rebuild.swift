/// What recreating the link table from the marks came to.
package struct Rebuild: Sendable {
    package enum Outcome: Sendable, Equatable {
        case rebuilt(links: Int)
        case skipped(String)
        case failed(Failure)
    }

    package var state: String
    /// Where a damaged file is now.
    package var damagedCopy: String?
    package var organizations: [(prefix: String, outcome: Outcome)]

    package init(state: String, damagedCopy: String?, organizations: [(prefix: String, outcome: Outcome)]) {
        (self.state, self.damagedCopy, self.organizations) = (state, damagedCopy, organizations)
    }

    package var isSuccess: Bool {
        !organizations.contains { if case .failed = $0.outcome { true } else { false } }
    }
}
