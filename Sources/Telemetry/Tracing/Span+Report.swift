package import ReconcileModel
package import Tracing

extension Span {
    /// Records what went wrong in a run. What the spans of its organizations have recorded is not reported twice.
    ///
    /// Of an organization's changes that failed, the first of each kind stands for the others: a service that is down fails
    /// a thousand of them alike.
    package func record(_ report: Report) {
        if !report.isSuccess { setStatus(SpanStatus(code: .error)) }
        if let failure = report.failure { recordError(failure) }
        for organization in report.organizations {
            let attributes: SpanAttributes = ["organization": .string(organization.plan.organization.prefix)]
            for failure in organization.failures { recordError(failure, attributes: attributes) }
        }
    }
}

extension OrganizationReport {
    fileprivate var failures: [Failure] {
        var all = failure.map { [$0] } ?? []
        if plan.status == .error {
            let message = plan.message ?? "The organization could not be planned."
            all.append(Failure(code: "organization_failed", message: message, hint: plan.hint))
        }
        for case .failed(let failure) in done.map(\.outcome) where !all.contains(where: { $0.code == failure.code }) {
            all.append(failure)
        }
        return all
    }
}
