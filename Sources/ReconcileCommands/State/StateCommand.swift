import ArgumentParser
import LinkStorage
import ReconcileModel
import Rendering

struct StateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "state",
        abstract: "Looks at what is remembered, and mends it.",
        discussion: "None of these writes to Notion or Google.",
        subcommands: [
            StateListCommand.self, StateShowCommand.self, StateForgetCommand.self, StateRebuildCommand.self,
            StateExportCommand.self,
        ]
    )
}

extension StateOptions {
    /// What the state file holds; nil where there is none.
    func contents(
        _ extent: StateContents.Extent
    ) throws(Failure) -> (contents: StateContents?, path: String) {
        let path = try path(CommandContext.current.environment)
        do throws(StateError) {
            return (try StateContents.read(extent, path: path), path)
        } catch {
            throw error.failure
        }
    }

    func output(text: String, json: String) {
        CommandContext.current.console.output(format == .json ? json : text)
    }
}
