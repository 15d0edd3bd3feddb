import Foundation
package import Reconciling
import Telemetry

/// The world a command runs in: its environment, where it writes, who reads it, and what time it is there.
///
/// `@main` passes the process's own; tests pass theirs, so that they run side by side in one process.
package struct CommandContext: Sendable {
    package var environment: [String: String]
    package var console: Console
    package var stop: StopRequest
    package var timing: Timing
    /// What logs and reports are kept free of.
    let secrets = KnownSecrets()

    package init(
        environment: [String: String],
        console: Console,
        stop: StopRequest = StopRequest(),
        timing: Timing = Timing()
    ) {
        (self.environment, self.console, self.stop, self.timing) = (environment, console, stop, timing)
    }

    /// The context of the command that is running. Commands are made by the argument parser, which cannot hand it to them.
    @TaskLocal package static var current = CommandContext.process

    /// The process's environment, standard output and standard error.
    package static var process: CommandContext {
        CommandContext(environment: ProcessInfo.processInfo.environment, console: .standard)
    }
}
