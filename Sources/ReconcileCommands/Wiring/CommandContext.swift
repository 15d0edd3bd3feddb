import Foundation
package import ReconcileModel

/// The world a command runs in: its environment, where it writes, who reads it, and what time it is there.
///
/// `@main` passes the process's own; tests pass theirs, so that they run side by side in one process.
package struct CommandContext: Sendable {
    package var environment: [String: String]
    package var console: Console
    package var stop: StopRequest
    /// The time of day: for access tokens, the history, and the day within which deletes are counted.
    package var now: @Sendable () -> Timestamp
    /// What waits are measured with.
    package var clock: any Clock<Duration>

    package init(
        environment: [String: String],
        console: Console,
        stop: StopRequest = StopRequest(),
        now: @escaping @Sendable () -> Timestamp = { Timestamp(secondsSince1970: Int(Date().timeIntervalSince1970)) },
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        (self.environment, self.console, self.stop) = (environment, console, stop)
        (self.now, self.clock) = (now, clock)
    }

    /// The context of the command that is running. Commands are made by the argument parser, which cannot hand it to them.
    @TaskLocal package static var current = CommandContext.process

    /// The process's environment, standard output and standard error.
    package static var process: CommandContext {
        CommandContext(environment: ProcessInfo.processInfo.environment, console: .standard)
    }
}
