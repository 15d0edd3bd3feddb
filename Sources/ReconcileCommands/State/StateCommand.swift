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
    /// What the state holds, nil where there is none; and its name.
    func contents(
        _ extent: StateContents.Extent
    ) async throws(Failure) -> (contents: StateContents?, name: String) {
        let state = try door(.current)
        do throws(StateError) { return (try await state.contents(extent), state.name) } catch { throw error.failure }
    }
}
