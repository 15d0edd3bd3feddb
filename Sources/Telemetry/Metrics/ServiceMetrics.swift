package import Metrics
package import ReconcileModel
import Transport

/// What the service counts of itself, but for its calls of the APIs, which `RetryingTransport` counts.
package struct ServiceMetrics: Sendable {
    package enum CacheResult: String, Sendable {
        case hit, miss, stale
    }

    package enum Queue: String, Sendable {
        case sync, webhook
    }

    private let factory: any MetricsFactory

    package init(_ factory: any MetricsFactory = NOOPMetricsHandler.instance) { self.factory = factory }

    /// What is counted on one route. To be made once for each, not for each request.
    package func route(_ pattern: String) -> RouteMetrics { RouteMetrics(pattern, factory: factory) }

    package func cacheAnswered(_ result: CacheResult) {
        counter(.cacheAnswers, [("result", result.rawValue)]).increment()
    }

    package func queueLength(_ queue: Queue, _ length: Int) {
        Meter(label: Metric.queueLength.name, dimensions: [("queue", queue.rawValue)], factory: factory).set(length)
    }

    /// - Parameter prefix: an organization of which everything is confirmed to be as declared.
    package func succeeded(_ prefix: String, at time: Timestamp) {
        gauge(.lastSuccess, prefix).set(time.secondsSince1970)
    }

    /// - Parameter count: of intervals in which the organization was not looked at.
    package func missed(_ prefix: String, _ count: Int) {
        gauge(.missedIntervals, prefix).set(count)
    }

    /// - Parameter count: of organizations that nobody declares any more and whose calendars are kept.
    package func orphaned(_ count: Int) { Meter(label: Metric.orphaned.name, factory: factory).set(count) }

    /// - Parameter prefix: an organization that is synchronized no more: nobody needs to worry about its last success.
    package func forget(_ prefix: String) {
        for metric in [Metric.lastSuccess, .missedIntervals, .pendingDeletes] { gauge(metric, prefix).destroy() }
    }

    /// Counts a run that ended, and all that came of it.
    ///
    /// - Parameters:
    ///   - trigger: one of a few words, such as `schedule`.
    ///   - now: when it ended.
    package func synchronized(_ report: Report, trigger: String, took duration: Duration, now: Timestamp) {
        ended(outcome: report.outcome, trigger: trigger, took: duration)
        for organization in report.organizations {
            let prefix = organization.plan.organization.prefix
            for one in organization.done where one.outcome == .applied {
                counter(.changes, [("organization", prefix), ("action", one.line.action.rawValue)]).increment()
            }
            if organization.isSuccess, !organization.plan.isLeftAlone { succeeded(prefix, at: now) }
            notePending(organization.plan)
        }
    }

    /// What nobody looked at is as it was.
    private func notePending(_ plan: OrganizationPlan) {
        let gauge = gauge(.pendingDeletes, plan.organization.prefix)
        guard plan.organization.deletions == .confirm else { return gauge.destroy() }
        if plan.work != nil { gauge.set(plan.pendingDeletes) }
    }

    /// Counts a run that ended without a report.
    package func failed(trigger: String, took duration: Duration) {
        ended(outcome: "failed", trigger: trigger, took: duration)
    }

    private func ended(outcome: String, trigger: String, took duration: Duration) {
        counter(.syncs, [("outcome", outcome), ("trigger", trigger)]).increment()
        Timer(label: Metric.syncDuration.name, dimensions: [("trigger", trigger)], factory: factory)
            .recordSeconds(duration.inSeconds)
    }

    private func gauge(_ metric: Metric, _ prefix: String) -> Meter {
        Meter(label: metric.name, dimensions: [("organization", prefix)], factory: factory)
    }

    private func counter(_ metric: Metric, _ dimensions: [(String, String)]) -> Counter {
        Counter(label: metric.name, dimensions: dimensions, factory: factory)
    }
}

extension Report {
    /// `success`, `partial` where some organizations are in order and others are not, or `failed`.
    fileprivate var outcome: String {
        if isSuccess { return "success" }
        return organizations.contains { $0.isSuccess && !$0.plan.isLeftAlone } ? "partial" : "failed"
    }
}
