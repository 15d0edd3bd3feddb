package import ReconcileModel

/// What failed, and what is as important, for standard error: one line for each thing, so that a job whose output nobody keeps still
/// says what is wrong.
package struct FailureText: Sendable {
    /// At most so many failed changes of one organization are told apart.
    private static let limit = 20

    package init() {}

    /// Empty where nothing failed and nothing is urgent.
    package func render(_ plan: Plan) -> String {
        warnings(plan.organizations) + text(plan.organizations.flatMap { lines($0, failure: nil) })
    }

    /// Empty where nothing failed and nothing is urgent.
    package func render(_ report: Report) -> String {
        var lines = report.organizations.flatMap { one in
            self.lines(one.plan, failure: one.failure) + changes(one)
        }
        if let failure = report.failure { lines.append(failure.description.printable) }
        return warnings(report.organizations.map(\.plan)) + text(lines)
    }

    /// Empty where nothing failed and nothing was lost.
    package func render(_ rebuild: Rebuild) -> String {
        (rebuild.loss.map { "warning: \($0.printable)\n" } ?? "")
            + text(
                rebuild.organizations.compactMap { prefix, outcome in
                    guard case .failed(let failure) = outcome else { return nil }
                    return "\(prefix): \(failure.description.printable)"
                }
            )
    }

    private func warnings(_ plans: [OrganizationPlan]) -> String {
        plans.flatMap { plan in
            plan.warnings.filter(\.isUrgent).map { "warning: \(plan.organization.prefix): \($0.message.printable)\n" }
        }.joined()
    }

    private func lines(_ plan: OrganizationPlan, failure: Failure?) -> [String] {
        let prefix = plan.organization.prefix
        if let failure { return ["\(prefix): \(failure.description.printable)"] }
        guard plan.mistakes.isEmpty else {
            return plan.mistakes.map { "\(prefix): \($0.description.printable)" }
        }
        switch plan.status {
        case .blocked, .error: return ["\(prefix): \((plan.explanation ?? "it failed").printable)"]
        case .changes, .noChanges, .skipped, .orphaned: return []
        }
    }

    private func changes(_ report: OrganizationReport) -> [String] {
        let failed = report.done.compactMap { one -> String? in
            let problem: String
            switch one.outcome {
            case .applied, .unchanged: return nil
            case .failed(let failure): problem = failure.description
            case .stale(let reason): problem = reason
            // Blocked, or left out because of what failed before it: that is told already.
            case .skipped(let reason):
                guard report.failure == nil, report.plan.status == .changes else { return nil }
                problem = "not made: \(reason)"
            }
            let title = "\(one.line.action.rawValue) \"\(one.line.title.printable.shortened(to: 80))\""
            return "\(report.plan.organization.prefix): \(title): \(problem.printable)"
        }
        let rest = failed.count - Self.limit
        return Array(failed.prefix(Self.limit))
            + (rest > 0 ? ["\(report.plan.organization.prefix): and \(rest) more changes"] : [])
    }

    private func text(_ lines: [String]) -> String { lines.map { "error: \($0)\n" }.joined() }
}
