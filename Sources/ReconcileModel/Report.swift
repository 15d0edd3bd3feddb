/// What became of a plan.
package struct Report: Sendable, Equatable {
    package var organizations: [OrganizationReport]
    package var requests: RequestTotals
    /// What went wrong with the run as a whole after its changes were carried out.
    package var failure: Failure?
    /// Its number in the history; nil before it has ended.
    package var run: RunID?

    package init(
        organizations: [OrganizationReport],
        requests: RequestTotals = RequestTotals(),
        failure: Failure? = nil
    ) {
        (self.organizations, self.requests, self.failure) = (organizations, requests, failure)
    }

    package var isSuccess: Bool { failure == nil && organizations.allSatisfy(\.isSuccess) }
}

/// What became of one organization's plan.
package struct OrganizationReport: Sendable, Equatable {
    package var plan: OrganizationPlan
    /// One for each change of the plan, in its order.
    package var outcomes: [Outcome]
    /// What ended the organization's run early, beside outcomes of single changes.
    package var failure: Failure?

    /// - Parameter outcomes: one for each change of the plan; what the plan left out is added to both.
    package init(plan: OrganizationPlan, outcomes: [Outcome], failure: Failure? = nil) {
        (self.plan, self.outcomes, self.failure) = (plan, outcomes, failure)
        guard !plan.leftOut.isEmpty else { return }
        if outcomes.isEmpty { self.plan.changes = [] }
        self.plan.changes += plan.leftOut.map(\.change)
        self.outcomes += plan.leftOut.map { .stale($0.reason) }
        self.plan.leftOut = []
    }
}

/// What became of one change.
package enum Outcome: Sendable, Equatable {
    /// Google (or, for an adoption, the link table) confirmed it.
    case applied
    /// It was so already when it was to be written: by another run, or by somebody's hand. No deed of this run.
    case unchanged(String)
    case failed(Failure)
    /// Not tried, for the reason given: blocked, or something it depends on failed.
    case skipped(String)
    /// What it was planned against has changed since; nothing was overwritten.
    case stale(String)
}

extension Outcome {
    /// Why nothing more is tried where somebody wants the run to end.
    package static let stopped = "the run was stopped"

    /// What was planned stood there before it was written.
    package static let done = Outcome.unchanged("another run, or somebody, had done it already")

    /// Whether what was planned is so now, whoever did it.
    package var isFulfilled: Bool {
        switch self {
        case .applied, .unchanged: true
        case .failed, .skipped, .stale: false
        }
    }

    package var word: String {
        switch self {
        case .applied: "applied"
        case .unchanged: "unchanged"
        case .failed: "failed"
        case .skipped: "skipped"
        case .stale: "stale"
        }
    }
}

/// Requests that went out, as the services count them.
package struct RequestTotals: Sendable, Equatable {
    package var notion: Int
    package var google: Int
    /// Calls that travelled inside batch requests.
    package var googleBatched: Int

    package init(notion: Int = 0, google: Int = 0, googleBatched: Int = 0) {
        (self.notion, self.google, self.googleBatched) = (notion, google, googleBatched)
    }

    package static func - (left: RequestTotals, right: RequestTotals) -> RequestTotals {
        RequestTotals(
            notion: left.notion - right.notion,
            google: left.google - right.google,
            googleBatched: left.googleBatched - right.googleBatched
        )
    }
}

extension OrganizationReport {
    /// Whether everything the plan promised came true.
    package var isSuccess: Bool {
        guard failure == nil, plan.status != .error, plan.status != .blocked else { return false }
        return outcomes.allSatisfy(\.isFulfilled)
    }
}
