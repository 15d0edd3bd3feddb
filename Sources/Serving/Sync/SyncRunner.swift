import Logging
import ReconcileModel
import Reconciling
import Telemetry

/// Carries out one run, and lets the cache, the history and the metrics know what came of it.
struct SyncRunner: Sendable {
    let reconciler: LiveReconciler
    let declarations: Declarations
    let cache: EventsCache
    let history: SyncHistory
    let attempts: Attempts
    let missed: MissedRuns
    let directory: OrganizationDirectory
    let overview: OverviewReader
    let metrics: ServiceMetrics
    let now: @Sendable () -> Timestamp
    /// Whether the service is to end: then no run begins.
    let isStopping: @Sendable () -> Bool
    let logger: Logger

    /// - Parameter prefixes: those that are not declared any more are left out.
    func carryOut(_ prefixes: [String], _ trigger: SyncTrigger) async -> SyncCoordinator.Answer {
        let organizations = prefixes.compactMap { declarations[$0] }
        let begun = cache.now
        defer { attempts.note(prefixes, at: now()) }
        do throws(Failure) {
            if let problem = reconciler.keyProblem { throw problem }
            if isStopping() { throw Failure(.stopping, message: "The service is stopping.") }
            let result = try await reconciler.sync(organizations, trigger)
            await record(result, trigger, begun: begun)
            if let failure = result.failure { throw failure }
            return .success(result.organizations)
        } catch {
            record(error, prefixes, trigger, begun: begun)
            return .failure(error)
        }
    }

    private func record(_ failure: Failure, _ prefixes: [String], _ trigger: SyncTrigger, begun: Duration) {
        switch failure.refusal {
        case .locked:
            missed.noteLocked(prefixes)
            metrics.failed(trigger: trigger.rawValue, took: cache.now - begun)
            logger.notice("no run", metadata: ["trigger": "\(trigger.rawValue)", "reason": "\(failure.message)"])
        case .stopping:
            logger.notice("no run", metadata: ["trigger": "\(trigger.rawValue)", "reason": "\(failure.message)"])
        case .cancelled, .accountChanged, .noKey, .disabled, .leftAlone, .heldBack, nil:
            logger.error(
                "the run failed",
                metadata: [
                    "trigger": "\(trigger.rawValue)", "error": "\(failure)", "code": "\(failure.code.rawValue)",
                ]
            )
            history.recordFailure(
                "The last run failed; the log of the service tells why.",
                failure.description,
                of: prefixes,
                at: now()
            )
            metrics.failed(trigger: trigger.rawValue, took: cache.now - begun)
        }
    }

    private func record(
        _ result: SyncResult,
        _ trigger: SyncTrigger,
        begun: Duration
    ) async {
        let late = missed.missed((try? await overview.overview().organizations) ?? [:])
        let account = RunAccount(result) { prefix in history[prefix]?.problem != nil || late[prefix] != nil }
        account.log(trigger, logger)
        missed.note(result.organizations.map(\.prefix))
        for synced in result.organizations {
            history.record(synced, at: now())
            await show(synced, begun: begun)
        }
        await overview.forget()
        do throws(Failure) { try await directory.learn(declarations.organizations) } catch {
            logger.warning("the state cannot be read", metadata: ["error": "\(error)"])
        }
        let report = Report(organizations: result.organizations.map(\.report), failure: result.failure)
        metrics.synchronized(report, trigger: trigger.rawValue, took: cache.now - begun, now: now())
    }

    /// Lets the endpoints answer what the run has published.
    private func show(_ synced: SyncedOrganization, begun: Duration) async {
        let organization = synced.report.plan.organization
        guard let listing = synced.published, let declared = declarations[synced.prefix],
            declared.ofEvents == organization.ofEvents
        else { return }
        do throws(Failure) {
            guard try await !cache.replace(listing, of: declared, begun: begun) else { return }
            await cache.refresh(declared)
        } catch {
            logger.warning("events were not taken over", metadata: ["error": "\(error)"])
        }
    }
}
