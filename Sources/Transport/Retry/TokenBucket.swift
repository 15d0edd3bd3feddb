/// Decides when a request may go, so that an API gets no more than its rate: pure, the time comes from outside.
///
/// Units flow into the bucket at the rate and are taken by requests. A request may take more than there is and waits
/// until the debt is paid; so one that costs more than the bucket holds passes too.
package struct TokenBucket: Sendable {
    private let ratePerSecond: Double
    private let burst: Double
    /// Units in the bucket at `updated`; negative: a debt.
    private var level: Double
    private var updated = Duration.zero
    private var pausedUntil = Duration.zero

    /// - Parameters:
    ///   - ratePerSecond: units per second; 0 means no limit.
    ///   - burst: how many units may go at once after a rest; at least 1.
    package init(ratePerSecond: Double, burst: Int) {
        self.ratePerSecond = max(0, ratePerSecond)
        self.burst = Double(max(1, burst))
        level = self.burst
    }

    /// Takes units for a request.
    ///
    /// Earlier reservations go first: each one waits longer than those before it.
    /// - Parameter now: since an origin that is the same at every call.
    /// - Returns: how long the request must wait from now on.
    package mutating func reserve(units: Int, at now: Duration) -> Duration {
        let pause = pauseRemaining(at: now)
        guard ratePerSecond > 0 else { return pause }
        refill(at: now)
        level -= Double(max(0, units))
        // After a pause the level stands for its end, from which on units flow again.
        return level < 0 ? pause + time(toEarn: -level) : pause
    }

    /// Gives back the units of a request that was not sent after all.
    package mutating func refund(units: Int) { level = min(burst, level + Double(max(0, units))) }

    /// Holds all requests until a time, as a service asks with `Retry-After`; a shorter pause does not end a longer one.
    ///
    /// Afterwards requests go at the rate, without the burst that follows a rest.
    package mutating func pause(until time: Duration) {
        guard time > pausedUntil else { return }
        pausedUntil = time
        level = min(level, 0)
        updated = max(updated, time)
    }

    /// How long a pause still lasts; zero without one.
    package func pauseRemaining(at now: Duration) -> Duration { max(.zero, pausedUntil - now) }

    /// In whole nanoseconds, so that sums of fractions do not show, and at most a year.
    private func time(toEarn units: Double) -> Duration {
        .nanoseconds(Int64((min(units / ratePerSecond, 31_536_000) * 1e9).rounded()))
    }

    private mutating func refill(at now: Duration) {
        guard now > updated else { return }
        level = min(burst, level + (now - updated).inSeconds * ratePerSecond)
        updated = now
    }
}
