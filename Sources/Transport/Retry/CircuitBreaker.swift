/// Decides whether an API is asked at all: pure, the time comes from outside.
///
/// Each request that fails for good has already been tried for a minute or more. When several in a row did, the API is
/// down, and what follows would only wait just as long. So it is left alone for a while; then one request finds out.
package struct CircuitBreaker: Sendable {
    package enum Admission: Equatable, Sendable {
        case granted
        /// Sent once, to find out whether the API is back.
        case probe
        /// `wait`: until the API is asked again.
        case refused(failures: Int, wait: Duration)
    }

    private enum State {
        case closed
        case open(until: Duration)
        case probing(until: Duration)
    }

    private let threshold: Int
    private let coolDown: Duration
    private var failures = 0
    private var state = State.closed

    /// - Parameters:
    ///   - threshold: so many requests in a row must fail; each after all its attempts, so that chance alone does not
    ///     bring it about: with one answer in five lost, less than once in 10^20 requests.
    ///   - coolDown: how long the API is left alone.
    package init(threshold: Int = 5, coolDown: Duration = .seconds(30)) {
        (self.threshold, self.coolDown) = (max(1, threshold), coolDown)
    }

    /// Asks for leave to send a request; a probe must be followed by `answered`, `failed` or `abandonProbe`.
    ///
    /// - Parameter now: since an origin that is the same at every call.
    package mutating func admit(at now: Duration) -> Admission {
        switch state {
        case .closed:
            return .granted
        case .open(let until) where now >= until:
            state = .probing(until: now + coolDown)
            return .probe
        case .open(let until), .probing(let until):
            return .refused(failures: failures, wait: max(.zero, until - now))
        }
    }

    /// Whether requests under way should not be tried again either.
    package var isOpen: Bool {
        if case .closed = state { false } else { true }
    }

    /// The API gave an answer of its own, be it an error: it is there.
    package mutating func answered() { (failures, state) = (0, .closed) }

    /// A request failed after all its attempts, or a probe after its one.
    package mutating func failed(at now: Duration) {
        failures += 1
        guard failures >= threshold else { return }
        // Requests that were under way when it opened fail later, and say nothing new.
        if case .open = state { return }
        state = .open(until: now + coolDown)
    }

    /// The probe ended without telling anything: the next request is the probe.
    package mutating func abandonProbe(at now: Duration) { state = .open(until: now) }
}
