import ReconcileModel
import Testing
import TestSupport

/// One case, the plan for it, and the world after the plan.
struct PlannerTrial {
    let made: PlannerCase
    let plan: OrganizationPlan
    let after: ModelWorld

    var before: OrganizationState { made.state }
    var organization: Organization { made.organization }

    init(_ made: PlannerCase) {
        self.made = made
        plan = PlanningTests.plan(made.state, for: made.organization, allowedDeletes: made.allowedDeletes)
        var world = ModelWorld(made.state)
        world.apply(plan)
        after = world
    }

    func isOurs(_ event: LiveEvent) -> Bool {
        guard let marks = event.marks else { return false }
        return marks.organization == nil || marks.organization == "acm" || before.desired[marks.page] != nil
            || before.links[marks.page] != nil
    }
}

/// What does not hold in a trial.
struct Complaints {
    private(set) var texts: [String] = []

    mutating func expect(_ holds: Bool, _ rule: @autoclosure () -> String) { if !holds { texts.append(rule()) } }
}

/// Something that holds for every case.
struct PlannerProperty: Sendable {
    let check: @Sendable (PlannerTrial, inout Complaints) -> Void

    /// Nil where it holds; else the seed, and the smallest case for which it does not hold either.
    func counterexample(seed: UInt64) -> (message: String, smallest: PlannerCase)? {
        let made = PlannerCase(seed: seed)
        guard !complaints(made).isEmpty else { return nil }
        let smallest = Shrinking.smallest(from: made, smaller: \.smaller) { !complaints($0).isEmpty }
        let message = """
            seed \(seed): \(complaints(smallest).joined(separator: "; "))
            The smallest case that fails:
            \(smallest)
            """
        return (message, smallest)
    }

    func expect(seed: UInt64, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
        guard let counterexample = counterexample(seed: seed) else { return }
        Issue.record("\(counterexample.message)", sourceLocation: sourceLocation)
    }

    private func complaints(_ made: PlannerCase) -> [String] {
        var complaints = Complaints()
        check(PlannerTrial(made), &complaints)
        return complaints.texts
    }
}
