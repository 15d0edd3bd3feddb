import ReconcileModel
import Telemetry
import TestSupport
import Testing

struct ServiceMetricsTests {
    private let registry = MetricsRegistry()
    private var metrics: ServiceMetrics { ServiceMetrics(registry) }

    private func figures(_ metric: Metric) -> [String] {
        registry.exposition().split(separator: "\n").filter { $0.hasPrefix(metric.name) }
            .map { String($0.dropFirst(metric.name.count)) }
    }

    private func report(_ prefix: String, _ outcomes: [Outcome], failure: Failure? = nil) -> OrganizationReport {
        let creation = EventCreation(desired: .sample(1), id: EventID(rawValue: "e1"), reason: .newPage)
        let plan = OrganizationPlan.planned(.sample(prefix), outcomes.map { _ in .create(creation) })
        return OrganizationReport(plan: plan, outcomes: outcomes, failure: failure)
    }

    @Test func `requests are counted by method, route and status; made-up methods are one`() {
        let route = metrics.route("/api/calendar/{prefix}/events")
        route.answered(method: "GET", status: 200, took: .milliseconds(2))
        route.answered(method: "GET", status: 200, took: .milliseconds(2))
        route.answered(method: "BREW", status: 405, took: .zero)
        route.answered(method: "TEA", status: 405, took: .zero)
        #expect(
            figures(.httpRequests) == [
                #"{method="GET",route="/api/calendar/{prefix}/events",status="200"} 2"#,
                #"{method="other",route="/api/calendar/{prefix}/events",status="405"} 2"#,
            ]
        )
        #expect(figures(.httpDuration).contains(#"_bucket{route="/api/calendar/{prefix}/events",le="0.0025"} 4"#))
    }

    @Test func `a run counts its changes, and dates the success of those in order`() {
        let failure = Failure(code: "x", message: "It broke.")
        let whole = report("acm", [.applied, .applied, .applied])
        let broken = report("film", [.applied, .failed(failure), .skipped("")])
        metrics.synchronized(
            Report(organizations: [whole, broken]),
            trigger: "schedule",
            took: .seconds(3),
            now: .day(0)
        )
        #expect(
            figures(.changes) == [
                #"{action="create",organization="acm"} 3"#, #"{action="create",organization="film"} 1"#,
            ]
        )
        #expect(figures(.lastSuccess) == [#"{organization="acm"} 1795194000"#])
        #expect(figures(.syncs) == [#"{outcome="partial",trigger="schedule"} 1"#])
        #expect(figures(.syncDuration).contains(#"_bucket{trigger="schedule",le="5"} 1"#))
        #expect(figures(.syncDuration).contains(#"_bucket{trigger="schedule",le="2.5"} 0"#))
    }

    @Test func `runs are told apart by their outcome`() {
        let failure = Failure(code: "x", message: "It broke.")
        metrics.synchronized(Report(organizations: [report("acm", [])]), trigger: "sync", took: .zero, now: .day(0))
        let failed = Report(organizations: [report("acm", [], failure: failure)])
        metrics.synchronized(failed, trigger: "sync", took: .zero, now: .day(0))
        metrics.failed(trigger: "sync", took: .zero)
        #expect(
            figures(.syncs) == [#"{outcome="failed",trigger="sync"} 2"#, #"{outcome="success",trigger="sync"} 1"#]
        )
    }

    @Test func `an organization that is skipped is no success`() {
        let plan = OrganizationPlan(.leftAlone(.syncDisabled), of: .sample("acm"))
        let report = Report(organizations: [OrganizationReport(plan: plan, outcomes: [])])
        metrics.synchronized(report, trigger: "sync", took: .zero, now: .day(0))
        #expect(figures(.lastSuccess).isEmpty)
    }

    @Test func `queues and the cache are shown`() {
        metrics.queueLength(.webhook, 3)
        metrics.queueLength(.webhook, 2)
        metrics.cacheAnswered(.hit)
        metrics.cacheAnswered(.stale)
        #expect(figures(.queueLength) == [#"{queue="webhook"} 2"#])
        #expect(figures(.cacheAnswers) == [#"{result="hit"} 1"#, #"{result="stale"} 1"#])
    }
}
