import Dispatch
import Foundation
import ReconcileCommands
import Reconciling

@main
enum Main {
    /// Not `async`: before the first line of that one, the main queue would have opened descriptors of its own.
    static func main() {
        StandardStreams.open()
        // A write into a closed pipe or beyond a file size limit shall be an error that can be reported, not a sudden end.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        let context = CommandContext.process
        let sources = [SIGINT, SIGTERM, SIGHUP].compactMap { stopSource(for: $0, context) }
        Task {
            let code = await ReconcileTool.run(Array(CommandLine.arguments.dropFirst()), in: context)
            // The end of their life must be a point that is reached: the optimizer lets them go before the run otherwise.
            withExtendedLifetime(sources) {}
            exit(code)
        }
        dispatchMain()
    }

    /// The first signal lets a run that writes finish what is in flight; a second one ends it at once. Either way the next
    /// run completes the work.
    ///
    /// - Returns: nil for the end of a terminal that is not to end the program, as `nohup` asks for.
    private static func stopSource(for number: Int32, _ context: CommandContext) -> (any DispatchSourceSignal)? {
        if number == SIGHUP, isIgnored(number) { return nil }
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: DispatchQueue(label: "stop"))
        source.setEventHandler {
            switch context.stop.request(signal: number) {
            case .endNow: exit(128 + number)
            case .finishing:
                context.console.errorOutput("Stopping after what is in flight; once more to stop at once.\n")
            }
        }
        source.resume()
        return source
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
