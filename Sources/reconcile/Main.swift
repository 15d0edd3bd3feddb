import Foundation
import ReconcileCommands

@main
enum Main {
    static func main() async {
        // A write into a closed pipe or beyond a file size limit shall be an error that can be reported, not a sudden end.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        exit(await ReconcileTool.run(Array(CommandLine.arguments.dropFirst()), in: .process))
    }
}
