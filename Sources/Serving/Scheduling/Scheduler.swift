package import ReconcileModel
package import Reconciling
import ServiceLifecycle
import Synchronization

/// Starts a run whenever organizations are due: the active ones that are synchronized.
///
/// It waits for a run before it starts another, so none overlap, and those that were missed meanwhile are left out. On
/// graceful shutdown a run that is under way is waited for; cancellation reaches it.
package final class Scheduler: Service {
    package static let defaultInterval = Duration.seconds(900)

    /// How soon a changed declaration is noticed.
    private static let lookInterval = Duration.seconds(10)

    private let declarations: Declarations
    private let interval: Duration
    private let clock: ServiceClock
    private let now: @Sendable () -> Timestamp
    private let random: @Sendable () -> Double
    private let synchronize: @Sendable ([String], SyncTrigger) async -> Void
    private let retries: RetryList
    private let schedule = Mutex(Schedule())

    /// - Parameters:
    ///   - interval: positive; for organizations that declare none.
    ///   - now: the time of day, for `nextRun`.
    ///   - random: from 0 to below 1.
    ///   - retries: what is to be taken up again before its time; looked at every few seconds.
    ///   - run: synchronizes the organizations with these prefixes, one or more; returns when that has ended, however it did.
    package init(
        declarations: Declarations,
        interval: Duration = Scheduler.defaultInterval,
        clock: some Clock<Duration>,
        now: @escaping @Sendable () -> Timestamp,
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        retries: RetryList = RetryList(),
        run: @escaping @Sendable ([String], SyncTrigger) async -> Void
    ) {
        (self.declarations, self.interval, self.clock) = (declarations, interval, ServiceClock(clock))
        (self.now, self.random, self.retries, synchronize) = (now, random, retries, run)
    }

    package func run() async throws {
        var goesOn = true
        while goesOn {
            await synchronizeWhatIsDue()
            goesOn = await clock.sleep(until: nextLook)
        }
    }

    /// When the organization's next run is to begin; nil where it has none: unknown, inactive or not synchronized.
    package func nextRun(of prefix: String) -> Timestamp? {
        guard let due = schedule.withLock({ $0.due(of: prefix) }) else { return nil }
        return now().adding(seconds: max(0, Int((due - clock.now()).components.seconds)))
    }

    private func synchronizeWhatIsDue() async {
        let intervals = declaredIntervals
        let prefixes = schedule.withLock { schedule in
            schedule.adopt(intervals, at: clock.now(), chance: random())
            schedule.retry(retries.take(), at: clock.now())
            return schedule.begin(at: clock.now(), chance: random())
        }
        guard !prefixes.isEmpty else { return }
        await synchronize(prefixes, .schedule)
        let failed = retries.take()
        schedule.withLock { schedule in
            schedule.finish(prefixes, at: clock.now())
            schedule.succeed(Set(prefixes).subtracting(failed))
            schedule.retry(failed, at: clock.now())
        }
    }

    private var declaredIntervals: [String: Duration] {
        let organizations = declarations.organizations.filter(\.isEnabled)
        return Dictionary(organizations.map { ($0.prefix, $0.syncInterval.map { .seconds($0) } ?? interval) }) {
            first,
            _ in first
        }
    }

    private var nextLook: Duration {
        let look = clock.now() + Self.lookInterval
        return schedule.withLock(\.nextDue).map { min($0, look) } ?? look
    }
}
