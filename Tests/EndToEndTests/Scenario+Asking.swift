import Emulation
import LinkStorage
import Testing

@testable import ReconcileCommands

extension Scenario {
    /// Runs a command line for somebody who is asked, and says yes.
    ///
    /// - Parameter meanwhile: happens between the question and the answer.
    func ask(_ arguments: String..., meanwhile: @escaping @Sendable () throws -> Void) async -> Ran {
        let (output, errors) = (Transcript(), Transcript())
        let console = Console(
            output: { output.append($0) },
            errorOutput: { errors.append($0) },
            readLine: {
                do { try meanwhile() } catch { errors.append("meanwhile: \(error)") }
                return "yes"
            },
            isInteractive: true
        )
        var timing = Timing()
        (timing.now, timing.clock) = ({ clock.timestamp }, clock.clock)
        let context = CommandContext(environment: environment, console: console, timing: timing)
        let code = await ReconcileTool.run(arguments + ["--orgs-dir", path("orgs.d")], in: context)
        return Ran(code: code, output: output.text, errors: errors.text)
    }

    /// No run has the state.
    func expectUnlocked(at location: SourceLocation = #_sourceLocation) {
        let status = Result { () throws(StateError) in try RunLock.status(statePath: statePath) }
        #expect(status == .success(nil), sourceLocation: location)
    }
}
