package import ReconcileModel

/// By what runs and the service wait, and what time they take it to be.
package struct TimeSource: Sendable {
    package var clock: any Clock<Duration>
    package var now: @Sendable () -> Timestamp

    package init(clock: any Clock<Duration>, now: @escaping @Sendable () -> Timestamp) {
        self.clock = clock
        self.now = now
    }
}
