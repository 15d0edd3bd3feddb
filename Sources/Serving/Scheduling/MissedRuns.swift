import ReconcileModel
import Reconciling
import Synchronization

/// Which organizations were not looked at when they should have been: another run held the state, none came to an end, or there is no
/// key to make one with.
final class MissedRuns: Sendable {
    private struct State {
        /// Since when an organization is to be synchronized, as far as this instance saw.
        var since: [String: Timestamp] = [:]
        /// When a run of this instance last told how an organization is.
        var looks: [String: Timestamp] = [:]
        /// Organizations whose last attempt ended because another run held the state.
        var locked: Set<String> = []
    }

    private let state = Mutex(State())
    private let declarations: Declarations
    /// Of the schedule, for organizations that declare none.
    private let interval: Duration
    private let now: @Sendable () -> Timestamp

    init(declarations: Declarations, interval: Duration, now: @escaping @Sendable () -> Timestamp) {
        (self.declarations, self.interval, self.now) = (declarations, interval, now)
    }

    /// A run has told how these are.
    func note(_ prefixes: some Sequence<String>) {
        let now = now()
        state.withLock { state in
            for prefix in prefixes {
                state.looks[prefix] = now
                state.locked.remove(prefix)
            }
        }
    }

    func noteLocked(_ prefixes: some Sequence<String>) { state.withLock { $0.locked.formUnion(prefixes) } }

    /// The organizations that are overdue, each with how many intervals it has missed, whatever the reason: also where there is
    /// no key to synchronize with. Those on hold are not waiting for a run.
    ///
    /// A run may begin late and take its time: half an interval more is no miss.
    /// - Parameter stored: what the state remembers; another instance on it may have synchronized.
    func missed(_ stored: [String: OrganizationRecord]) -> [String: Int] {
        let now = now()
        return state.withLock { state in
            let enabled = declarations.organizations.filter { $0.isEnabled && $0.notion != nil }
                .filter { stored[$0.prefix]?.hold == nil }
            let prefixes = Set(enabled.map(\.prefix))
            state.since = state.since.filter { prefixes.contains($0.key) }
            var missed: [String: Int] = [:]
            for organization in enabled {
                let prefix = organization.prefix
                let since = state.since[prefix] ?? now
                state.since[prefix] = since
                let last = stored[prefix]?.lastSync.flatMap { Timestamp(rfc3339: $0) }
                let seen = [since, state.looks[prefix], last].compactMap(\.self).max() ?? since
                let interval = max(1, organization.syncInterval ?? Int(self.interval.components.seconds))
                let late = now.secondsSince1970 - seen.secondsSince1970 - interval / 2
                if late >= interval { missed[prefix] = late / interval }
            }
            return missed
        }
    }

    /// Whether it was another run that kept the organization waiting.
    func wasLocked(_ prefix: String) -> Bool { state.withLock { $0.locked.contains(prefix) } }
}
