import Dispatch
import Foundation
import ReconcileCommands

@main
enum Main {
    static func main() async {
        // A write into a closed pipe or beyond a file size limit shall be an error that can be reported, not a sudden end.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        let context = CommandContext.process
        let sources = [SIGINT, SIGTERM].map { stopSource(for: $0, context) }
        let code = await ReconcileTool.run(Array(CommandLine.arguments.dropFirst()), in: context)
        // The end of their life must be a point that is reached: with `exit` inside, the optimizer lets them go before the run.
        withExtendedLifetime(sources) {}
        exit(code)
    }

    /// The first signal lets a run that writes finish what is in flight; a second one ends it at once. Either way the next
    /// run completes the work.
    private static func stopSource(for number: Int32, _ context: CommandContext) -> any DispatchSourceSignal {
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
}
