/// What became of one organization's plan.
package struct OrganizationReport: Hashable, Sendable {
    package var plan: OrganizationPlan
    /// Each line of the plan with what became of it; empty where nothing was tried.
    package var done: [Done]
    /// What ended the organization's run early, beside outcomes of single changes.
    package var failure: Failure?
    /// The calendar that the run created.
    package var created: CalendarID?
    /// Where people find that.
    package var links: CalendarLinks?

    /// A line of a plan, and what became of it.
    package struct Done: Hashable, Sendable {
        package var line: PlanLine
        package var outcome: Outcome

        package init(_ line: PlanLine, _ outcome: Outcome) {
            self.line = line
            self.outcome = outcome
        }

        /// What waits for a yes was not to be done; that pages cannot be told anything is one warning, and no failure.
        fileprivate var isAsPlanned: Bool {
            outcome.isFulfilled || line.awaited != nil || outcome == .skipped(Outcome.notAllowed)
        }
    }

    /// - Parameter done: the lines of the plan, in their order; what the plan left out is added.
    package init(plan: OrganizationPlan, done: [Done], failure: Failure? = nil) {
        self.plan = plan
        self.done = done
        self.failure = failure
        self.done += plan.leftOut.map { Done(.change($0.change), .stale($0.reason)) }
    }

    /// - Parameter outcome: of each line of the plan that could be carried out, by its place there.
    package init(plan: OrganizationPlan, failure: Failure? = nil, outcome: (Int, PlanLine) -> Outcome) {
        let done = plan.lines.enumerated().map { index, line in
            Done(line, line.awaited == nil ? outcome(index, line) : .skipped(Outcome.waiting))
        }
        self.init(plan: plan, done: done, failure: failure)
    }
}

extension OrganizationReport {
    /// Whether everything the plan promised came true.
    package var isSuccess: Bool {
        guard failure == nil, plan.status != .error, plan.status != .blocked else { return false }
        return done.allSatisfy(\.isAsPlanned)
    }

    /// Whether calendar and events are as the plan promised, whoever may see them.
    package var isInStep: Bool {
        guard failure == nil, let work = plan.work, work.incompleteness == nil,
            work.blocks.allSatisfy({ $0.kind == .sharing }), work.refusal.map({ $0.code.subject == .sharing }) ?? true
        else { return isSuccess }
        return done.allSatisfy { $0.isAsPlanned || [.accessRule, .page].contains($0.line.resource) }
    }

    /// The lines to be shown, with what became of them where something was tried.
    package var lines: [(line: PlanLine, outcome: Outcome?)] {
        done.isEmpty ? plan.lines.map { ($0, nil) } : done.map { ($0.line, $0.outcome) }
    }
}
