import ArgumentParser
import Foundation
import LinkStorage
import ReconcileModel
import Reconciling
import Rendering
import ZoneData

/// Runs one command line from its arguments to its exit code.
package enum ReconcileTool {
    /// - Parameter arguments: without the program's name.
    /// - Returns: 0 success, 1 an error, 2 changes (only `plan --detailed-exitcode`), 64 a usage error.
    package static func run(_ arguments: [String], in context: CommandContext) async -> Int32 {
        let code = await carryOut(arguments, in: context)
        guard let problem = context.console.outputProblem() else { return code }
        context.console.errorOutput("error: Not everything could be written to standard output: \(problem).\n")
        context.console.errorOutput("       Make room, or redirect the output to another place, and run again.\n")
        return ExitPolicy.failure
    }

    private static func carryOut(_ arguments: [String], in given: CommandContext) async -> Int32 {
        var context = given
        context.environment = EnvironmentText.cleaned(given.environment)
        let zones = ZoneDatabase(environment: context.environment)
        if let details = Version.details(askedFor: arguments, zones: zones) {
            context.console.output(details)
            return ExitPolicy.success
        }
        return await ZoneDatabase.$current.withValue(zones) { await parseAndRun(arguments, in: context) }
    }

    private static func parseAndRun(_ arguments: [String], in context: CommandContext) async -> Int32 {
        await CommandContext.$current.withValue(context) {
            var formatted: (any FormattedCommand)?
            do {
                var command = try RootCommand.parseAsRoot(arguments)
                formatted = command as? any FormattedCommand
                if var command = command as? any AsyncParsableCommand {
                    try await command.run()
                } else {
                    try command.run()
                }
                return ExitPolicy.success
            } catch {
                return report(error, in: context, of: formatted)
            }
        }
    }

    private static func report(
        _ error: any Error,
        in context: CommandContext,
        of command: (any FormattedCommand)?
    ) -> Int32 {
        let console = context.console
        if let code = error as? ExitCode { return context.stop.exitCode ?? code.rawValue }
        if let problem = problem(in: error) {
            command?.tell(problem, console)
            switch problem {
            case .mistakes(let mistakes):
                for mistake in mistakes { console.errorOutput(mistake.description.printableAtLineStart + "\n") }
            case .failure(let failure):
                console.errorOutput("error: \(failure.message.printable)\n")
                if let hint = failure.hint { console.errorOutput("       \(hint.printable)\n") }
            }
            return ExitPolicy.failure
        }
        let code = RootCommand.exitCode(for: error)
        // It repeats what was typed, and has lines of its own.
        let message = RootCommand.fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0).printable }.joined(separator: "\n")
        if code == .success { console.output("\(message)\n") } else { console.errorOutput("\(message)\n") }
        return code.rawValue
    }

    private static func problem(in error: any Error) -> CommandProblem? {
        switch error {
        case let failure as Failure: .failure(failure)
        case let diagnostics as Diagnostics: .mistakes(diagnostics.list)
        case let error as StateError: .failure(error.failure)
        case is CancellationError: .failure(Failure(.cancelled, message: "The run was stopped."))
        // What the argument parser has to say is said by it: help, versions, wrong usage.
        case _ where RootCommand.exitCode(for: error) != .failure: nil
        default: .failure(Failure(code: "unexpected", message: "Something unexpected went wrong: \(error)"))
        }
    }
}
