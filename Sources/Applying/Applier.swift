package import LinkStorage
package import Logging
package import Observing
package import ReconcileModel
package import Tracing

/// Carries out a plan, change by change. It decides nothing: what is not in the plan is not done.
package struct Applier: Sendable {
    private let clients: @Sendable (Organization) throws(Failure) -> ServiceClients
    private let store: any StateSession
    private let clock: any Clock<Duration>
    private let obstacle: @Sendable (String) -> String?
    private let proofs: ProofRenewal
    private let logger: Logger
    private let tracer: any Tracer

    /// - Parameters:
    ///   - clients: as an organization reaches the services.
    ///   - clock: for the waits while looking for a calendar whose creation was not answered.
    ///   - obstacle: asked before each write, with the organization's prefix: why nothing more of it may be written, which ends its
    ///     part of the run after what is in flight; nil: it may.
    ///   - proofs: how old proofs of deletes are renewed.
    ///   - tracer: gets a span for each organization; none unless told.
    package init(
        clients: @escaping @Sendable (Organization) throws(Failure) -> ServiceClients,
        store: any StateSession,
        clock: any Clock<Duration>,
        obstacle: @escaping @Sendable (String) -> String? = { _ in nil },
        proofs: ProofRenewal,
        logger: Logger,
        tracer: any Tracer = NoOpTracer()
    ) {
        self.clients = clients
        self.store = store
        self.clock = clock
        self.obstacle = obstacle
        self.proofs = proofs
        self.logger = logger
        self.tracer = tracer
    }

    /// So many organizations are worked on at a time; each calendar is written by one request after the other.
    private static let width = 4

    /// - Parameter isPartial: whether the plan leaves out some of what is to be done: then nothing is said about the organizations as a
    ///   whole, such as when they were synchronized.
    package func apply(_ plan: Plan, isPartial: Bool, in run: RunID) async -> [OrganizationReport] {
        var reports: [OrganizationReport] = []
        await withTaskGroup(of: OrganizationReport.self) { group in
            var waiting = plan.organizations[...]
            for _ in 0..<Self.width {
                guard let next = waiting.popFirst() else { break }
                group.addTask { await apply(next, isPartial: isPartial, in: run) }
            }
            while let report = await group.next() {
                reports.append(report)
                guard let next = waiting.popFirst() else { continue }
                group.addTask { await apply(next, isPartial: isPartial, in: run) }
            }
        }
        return reports.sorted { $0.plan.organization.prefix < $1.plan.organization.prefix }
    }

    private func apply(_ plan: OrganizationPlan, isPartial: Bool, in run: RunID) async -> OrganizationReport {
        guard let target = plan.target else {
            return OrganizationReport(plan: plan) { _, _ in .skipped("nothing of this organization can be written") }
        }
        let services: ServiceClients
        do throws(Failure) { services = try clients(plan.organization) } catch {
            return OrganizationReport(plan: plan, failure: error) { _, _ in .skipped("an error came before it") }
        }
        let applier = OrganizationApplier(
            calendars: services.calendars,
            notion: services.notion,
            store: store,
            clock: clock,
            run: run,
            plan: plan,
            target: target,
            isPartial: isPartial,
            obstacle: { [obstacle] in obstacle(plan.organization.prefix) },
            proofs: proofs,
            logger: logger
        )
        let change: (inout WorkContext) -> Void = { context in
            (context.organization, context.run) = (plan.organization.prefix, run)
        }
        return await WorkContext.with(change) {
            await tracer.withSpan("apply organization") { span in
                let report = await applier.apply()
                if !report.isSuccess { span.setStatus(SpanStatus(code: .error)) }
                return report
            }
        }
    }
}
