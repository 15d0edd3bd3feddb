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

    /// Whether its deletes are for a person to say yes to.
    var waits: Bool { organization.deletions == .confirm }

    /// Neither another organization's, nor what a person made of a copy.
    func isOurs(_ event: LiveEvent) -> Bool {
        guard let marks = event.marks else { return false }
        if before.links[marks.page]?.event == event.id { return true }
        guard !isPeoples(event, marks) else { return false }
        return switch marks.organization {
        case nil, "acm": true
        case "ieee": false
        default: before.pages[marks.page]?.desired != nil || before.links[marks.page] != nil
        }
    }

    /// Nothing but the predecessor's mark speaks for it, and its page is another database's.
    func isOfUnknownOwner(_ page: PageID) -> Bool {
        guard before.pages[page]?.absence == .moved, before.links[page] == nil else { return false }
        return before.events.values.allSatisfy { $0.marks?.page != page || $0.marks?.organization == nil }
    }

    /// A copy that is not what we wrote is a person's wherever the page has another event, or asks for none.
    private func isPeoples(_ event: LiveEvent, _ marks: EventMarks) -> Bool {
        guard event.isAsWritten == false, !event.id.isDerived(from: marks.page) else { return false }
        return before.pages[marks.page]?.desired == nil
            || before.copies()[marks.page]?.ours.contains { $0.id == event.id } == false
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
