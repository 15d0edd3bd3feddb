/// When each organization is to be synchronized next.
///
/// Moments count from the start of the service. Every function that needs chance takes a number from 0 to below 1: one
/// for all organizations of a run, so that those with equal intervals stay together.
package struct Schedule: Sendable {
    private struct Entry: Sendable {
        var interval: Duration
        var due: Duration
        /// When its last run began, and how far chance moved the next one, as a share of `amplitude` from -1 to 1.
        var last: (start: Duration, shift: Double)?
        /// How many runs in a row did not come to a good end.
        var failures = 0

        /// How far chance may move a run, either way. Instances that were started together are to drift apart.
        private var amplitude: Duration { min(interval / 20, .seconds(60)) }

        /// How much earlier than due it may take part in a run that begins anyway: twice what chance moves.
        var patience: Duration { amplitude * 2 }

        mutating func begin(at now: Duration, shift: Double) {
            last = (now, shift)
            due = now + interval + amplitude * shift
        }

        /// A run that took longer than the interval has missed others; they are left out, not made up for.
        mutating func finish(at now: Duration) {
            guard due <= now else { return }
            due += interval * Int((now - due) / interval)
            // Once, or twice where the division was rounded.
            while due <= now { due += interval }
        }

        /// Sooner than otherwise, but less and less so.
        mutating func retry(at now: Duration) {
            failures += 1
            due = min(due, now + .seconds(60) * (1 << min(failures - 1, 10)))
        }

        mutating func change(interval: Duration) {
            guard interval != self.interval else { return }
            self.interval = interval
            if let last { due = last.start + interval + amplitude * last.shift }
        }
    }

    private let firstRunWithin: Duration
    private var entries: [String: Entry] = [:]

    /// - Parameter firstRunWithin: of the start of the service, or of the declaration of an organization.
    package init(firstRunWithin: Duration = .seconds(10)) { self.firstRunWithin = firstRunWithin }

    /// Takes over what is declared now: organizations by prefix, with their intervals, all positive.
    package mutating func adopt(_ intervals: [String: Duration], at now: Duration, chance: Double) {
        entries = entries.filter { intervals[$0.key] != nil }
        for (prefix, interval) in intervals {
            let new = Entry(interval: interval, due: now + firstRunWithin * chance)
            entries[prefix, default: new].change(interval: interval)
        }
    }

    /// The organizations that are to be synchronized now, in one run; empty where none is due.
    ///
    /// Who is due shortly afterwards takes part.
    package mutating func begin(at now: Duration, chance: Double) -> [String] {
        guard let nextDue, nextDue <= now else { return [] }
        let prefixes = entries.filter { $0.value.due - $0.value.patience <= now }.keys.sorted()
        for prefix in prefixes { entries[prefix]?.begin(at: now, shift: chance * 2 - 1) }
        return prefixes
    }

    /// The end of the run that `begin` began.
    package mutating func finish(_ prefixes: [String], at now: Duration) {
        for prefix in prefixes { entries[prefix]?.finish(at: now) }
    }

    /// Takes up again, before their time, organizations whose run did not come to a good end.
    package mutating func retry(_ prefixes: some Sequence<String>, at now: Duration) {
        for prefix in prefixes { entries[prefix]?.retry(at: now) }
    }

    /// What went well is not in a hurry any more.
    package mutating func succeed(_ prefixes: some Sequence<String>) {
        for prefix in prefixes { entries[prefix]?.failures = 0 }
    }

    /// Nil without organizations.
    package var nextDue: Duration? { entries.values.map(\.due).min() }

    /// Nil for an organization that is not scheduled.
    package func due(of prefix: String) -> Duration? { entries[prefix]?.due }
}
