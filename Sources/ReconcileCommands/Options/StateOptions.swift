import ArgumentParser
import LinkStorage
import ReconcileModel
import Rendering

/// Which state a command works on, and how it prints.
struct StateOptions: ParsableArguments {
    @OptionGroup var choice: StateChoice

    @Option(help: "Format of the output.")
    var format = OutputFormat.text

    func path(_ environment: [String: String]) throws(Failure) -> String { try choice.path(environment) }

    func door(_ context: CommandContext) throws(Failure) -> any StateDoor { try choice.door(context) }
}
