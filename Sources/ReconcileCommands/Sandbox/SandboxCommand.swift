import ArgumentParser
import ReconcileModel

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Serves the built-in emulator of Notion and Google Calendar on a port.",
        usage: "reconcile sandbox [--port <number>]",
        discussion: """
            Prints the environment that points reconcile (or any other client) at it, for another terminal. What it \
            holds is kept in .reconcile/sandbox; delete that folder to start anew. It listens on 127.0.0.1 only. \
            Ctrl-C ends it.

            For a single command, --sandbox is enough: reconcile plan --sandbox
            """
    )

    @Option(help: ArgumentHelp("Port; 0: one that the system picks.", valueName: "number"))
    var port = 8085

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port takes a number from 0 to 65535.") }
    }

    func run() async throws {
        let console = CommandContext.current.console
        try await Sandbox(folder: Sandbox.standardFolder).serve(port: port) { started in
            switch started {
            case .failure(let failure): console.errorOutput("error: \(failure)\n")
            case .success(let environment):
                for (name, value) in environment.sorted(by: { $0.key < $1.key }) {
                    console.output("export \(name)='\(value)'\n")
                }
                console.output("export RECONCILE_STATE='.reconcile/sandbox/state.db'\n")
                console.errorOutput("Serving. Put the lines above into another terminal. Ctrl-C ends.\n")
            }
        }
    }
}
