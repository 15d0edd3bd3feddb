import Reconciling
import ReconcileModel

extension StateLocking {
    /// As a command's options say.
    ///
    /// - Parameter isQuiet: whether a wait is not worth a word; that it was in vain is.
    init(_ command: String, _ options: LockOptions, _ context: CommandContext, isQuiet: Bool = false) {
        self.init(
            caller: Caller(command: command, environment: context.environment),
            timeout: .seconds(options.lockTimeout),
            clock: context.timing.clock,
            now: context.timing.now
        ) { status in
            guard !isQuiet else { return }
            context.console.errorOutput("Waiting for another run: \(status).".printable + "\n")
        }
    }
}
