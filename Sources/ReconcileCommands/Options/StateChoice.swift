import ArgumentParser
import LinkStorage
import ReconcileModel

/// Which state a command works on.
struct StateChoice: ParsableArguments {
    @Option(help: ArgumentHelp("State file. (default: $RECONCILE_STATE, else .reconcile/state.db)", valueName: "file"))
    var state: String?

    @Flag(help: "Use a built-in emulator of both services, with sample data and a state of its own. Needs no keys.")
    var sandbox = false

    /// The state file, by its own name. The real one stays out of the sandbox's way.
    ///
    /// - Throws: for what cannot be a state file.
    func path(_ environment: [String: String]) throws(Failure) -> String {
        do throws(StateError) {
            return try StatePath.resolved(named(environment))
        } catch { throw error.failure }
    }

    /// The way to that state.
    ///
    /// - Throws: for what cannot be one.
    func door(_ context: CommandContext) throws(Failure) -> any StateDoor {
        SQLiteState(path: try path(context.environment), now: context.timing.now)
    }

    private func named(_ environment: [String: String]) -> String {
        if let state { return state }
        if sandbox { return Sandbox(folder: Sandbox.standardFolder).statePath }
        guard let path = environment["RECONCILE_STATE"], !path.isEmpty else { return ".reconcile/state.db" }
        return path
    }
}
