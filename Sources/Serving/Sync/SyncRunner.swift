import Logging
import ReconcileModel
import Telemetry

/// Carries out one run, and lets the cache, the history and the metrics know what came of it.
struct SyncRunner: Sendable {
    let engine: ServiceEngine
    let declarations: Declarations
    let cache: EventsCache
    let history: SyncHistory
    let metrics: ServiceMetrics
    let now: @Sendable () -> Timestamp
    let logger: Logger

    /// - Parameter prefixes: those that are not declared any more are left out.
    func carryOut(_ prefixes: [String], _ trigger: ServiceEngine.Trigger) async -> SyncCoordinator.Answer {
        let organizations = prefixes.compactMap { declarations[$0] }
        let begun = cache.now
        do throws(Failure) {
            if let refusal = engine.refusal { throw refusal }
            let result = try await engine.sync(organizations, trigger)
            await record(result, trigger, begun: begun)
            if let failure = result.failure { throw failure }
            return .success(result.organizations)
        } catch {
            logger.error(
                "the run failed",
                metadata: ["trigger": "\(trigger.rawValue)", "error": "\(error)", "code": "\(error.code)"]
            )
            history.recordFailure(of: prefixes)
            metrics.failed(trigger: trigger.rawValue, took: cache.now - begun)
            return .failure(error)
        }
    }

    private func record(
        _ result: ServiceEngine.SyncResult,
        _ trigger: ServiceEngine.Trigger,
        begun: Duration
    ) async {
        for synced in result.organizations {
            history.record(synced)
            log(synced, trigger)
            guard let listing = synced.listing else { continue }
            do throws(Failure) {
                try await cache.replace(listing, of: synced.report.plan.organization, begun: begun)
            } catch {
                logger.warning("events were not taken over", metadata: ["error": "\(error)"])
            }
        }
        let report = Report(organizations: result.organizations.map(\.report), failure: result.failure)
        metrics.synchronized(report, trigger: trigger.rawValue, took: cache.now - begun, now: now())
    }

    private func log(_ synced: SyncedOrganization, _ trigger: ServiceEngine.Trigger) {
        var metadata: Logger.Metadata = ["organization": "\(synced.prefix)", "trigger": "\(trigger.rawValue)"]
        if let problem = synced.problem {
            metadata["error"] = "\(problem)"
            logger.error("not everything was synchronized", metadata: metadata)
        } else if synced.report.plan.status == .skipped {
            logger.debug("skipped", metadata: metadata)
        } else {
            let counts = Dictionary(grouping: synced.report.plan.changes, by: \.action).mapValues(\.count)
            for (action, count) in counts { metadata[action] = "\(count)" }
            logger.info("synchronized", metadata: metadata)
        }
    }
}
