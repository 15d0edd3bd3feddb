import Applying
import CalendarAPI
import Foundation
import LinkStorage
import Logging
import Observing
import Planning
import ReconcileModel

/// The main line: observe, plan, apply. Commands and the service drive it; it prints nothing.
struct Engine: Sendable {
    let services: Services
    let statePath: String
    let allowances: Allowances
    let stop: StopRequest
    let now: @Sendable () -> Timestamp
    let clock: any Clock<Duration>
    let logger: Logger

    /// Reads everything and writes nothing, neither to the services nor to the state.
    func plan(_ organizations: [Organization]) async throws -> Plan {
        let snapshot: StateSnapshot
        do throws(StateError) {
            snapshot = try await StateSnapshot.read(path: statePath, now: now())
        } catch {
            throw error.failure
        }
        return try await plan(organizations, snapshot)
    }

    /// Plans under the run lock, lets `approve` decide, and applies what was approved.
    ///
    /// - Returns: nil where it was not approved.
    func apply(
        _ organizations: [Organization],
        locking: StateLocking,
        approve: (Plan) throws -> Bool
    ) async throws -> Report? {
        let lock = try await locking.acquire(statePath)
        do {
            let store = try LinkStore(path: statePath, lock: lock, now: now)
            let plan = try await plan(organizations, try await store.snapshot())
            guard try approve(plan) else { return nil }
            return try await stop.whileWriting { try await write(plan, store, locking.caller) }
        } catch let error as StateError {
            throw error.failure
        }
    }

    private func write(_ plan: Plan, _ store: LinkStore, _ caller: Caller) async throws -> Report {
        try await store.remember(serviceAccount: services.calendars.account)
        try await store.release(allowances.releases.sorted())
        let run = try await store.beginRun(kind: caller.command, who: caller.user, gitRevision: caller.gitRevision)
        let applier = Applier(
            calendars: services.calendars,
            store: store,
            clock: clock,
            mayGoOn: { [stop] in !stop.isRequested },
            logger: logger
        )
        let reports = await applier.apply(plan, in: run)
        return await finish(Report(organizations: reports, requests: services.requests), run, store)
    }

    /// Closes the run in the history.
    func finish(_ report: Report, _ run: RunID, _ store: LinkStore) async -> Report {
        var report = report
        let outcome = report.isSuccess ? "success" : stop.isRequested ? "stopped" : "failed"
        do {
            try await store.finishRun(run, outcome: outcome)
        } catch {
            // What was done is done, and has to be told.
            report.failure = error.failure
        }
        return report
    }

    private func plan(_ organizations: [Organization], _ snapshot: StateSnapshot) async throws -> Plan {
        try checkAccount(snapshot)
        let observer = Observer(
            notion: services.notion,
            calendars: services.calendars,
            state: snapshot,
            allowances: allowances,
            logger: logger
        )
        return Planner().plan(try await observer.observe(organizations))
    }

    /// Another account does not see the calendars of the first and would create them all anew.
    func checkAccount(_ snapshot: StateSnapshot) throws(Failure) {
        let account = services.calendars.account
        guard let known = snapshot.serviceAccount, known != account, !allowances.accountChange else { return }
        throw Failure(
            code: "account_changed",
            message: "This state was written with the Google account \(known), but the key is that of \(account).",
            hint:
                "Use the first account's key, or --allow-account-change if the calendars were shared with the new one."
        )
    }
}
