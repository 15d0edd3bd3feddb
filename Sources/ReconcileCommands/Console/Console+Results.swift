import ArgumentParser
import ReconcileModel
import Rendering

/// Why a command has no result.
enum CommandProblem {
    case failure(Failure)
    /// What is wrong in the declarations.
    case mistakes([Diagnostic])

    var failure: Failure {
        switch self {
        case .failure(let failure): failure
        case .mistakes(let mistakes): .misdeclared(mistakes)
        }
    }
}

/// A command whose result can be had in several formats; its errors come in the same.
protocol FormattedCommand {
    /// Tells those who wait for a result that there is none; people are told by others.
    func tell(_ problem: CommandProblem, _ console: Console)
}

/// A command with results in text and JSON.
protocol PlainFormattedCommand: FormattedCommand {
    var format: OutputFormat { get }
}

extension PlainFormattedCommand {
    func tell(_ problem: CommandProblem, _ console: Console) {
        guard format == .json else { return }
        console.output(JSONRenderer().render(problem.failure))
    }
}

/// A command whose result is a plan, or what became of it.
protocol PlanningCommand: FormattedCommand {
    var outputs: FormatOptions<PlanFormat> { get }
    var common: CommonOptions { get }
}

extension PlanningCommand {
    var format: PlanFormat { outputs.format }

    func tell(_ problem: CommandProblem, _ console: Console) {
        switch problem {
        case .failure(let failure): console.show(PlanOutput.failed(failure), insteadOf: outputs, common, problem)
        case .mistakes(let mistakes):
            console.show(PlanOutput.misdeclared(mistakes), insteadOf: outputs, common, problem)
        }
    }
}

/// What a command found or did: on standard output for whoever asked, failures on standard error whatever the format.
extension Console {
    func show(_ result: Output, as format: OutputFormat, _ common: CommonOptions) {
        present(result, as: format, common)
    }

    /// The same, and in files.
    ///
    /// - Throws: an exit code where a file could not be written, which was told then.
    func show<Result: CommandResult>(
        _ result: Result,
        _ outputs: FormatOptions<Result.Format>,
        _ common: CommonOptions
    ) throws(ExitCode) {
        present(result, as: outputs.format, common)
        let failures = write(result, outputs, common)
        for failure in failures { errorOutput("error: \(failure.description.printable)\n") }
        if !failures.isEmpty { throw ExitCode(ExitPolicy.failure) }
    }

    /// Why there is no result, for programs and in files; people are told by others.
    func show<Result: CommandResult>(
        _ result: Result,
        insteadOf outputs: FormatOptions<Result.Format>,
        _ common: CommonOptions,
        _ problem: CommandProblem
    ) {
        if outputs.format != .text { print(result, as: outputs.format, common) }
        for failure in write(result, outputs, common) where failure.code != problem.failure.code {
            errorOutput("error: \(failure.description.printable)\n")
        }
    }

    /// - Parameter isQuiet: whether what stays as it is is left out; not where somebody is to agree to the rest.
    func print<Result: CommandResult>(
        _ result: Result,
        as format: Result.Format,
        _ common: CommonOptions,
        isQuiet: Bool = false
    ) {
        let text = result.text(as: format, look(common, isQuiet: isQuiet))
        if format.isCommands { commandOutput(text) } else { output(text) }
    }

    private func present<Result: CommandResult>(_ result: Result, as format: Result.Format, _ common: CommonOptions) {
        print(result, as: format, common, isQuiet: common.quiet)
        // A scheduled job may throw standard output away, or keep it for programs. Whoever sees both would read it twice.
        guard !(format == .text && isOutputTerminal && isErrorTerminal), !result.failures.isEmpty else { return }
        errorOutput(result.failures)
    }

    /// - Returns: why files could not be written.
    private func write<Result: CommandResult>(
        _ result: Result,
        _ outputs: FormatOptions<Result.Format>,
        _ common: CommonOptions
    ) -> [Failure] {
        outputs.report.compactMap { file in
            let text = result.text(as: file.format, look(common, isQuiet: false).forFile)
            do throws(Failure) { try file.write(text) } catch { return error }
            return nil
        }
    }

    private func look(_ common: CommonOptions, isQuiet: Bool) -> Look {
        Look(
            style: TextStyle(isColored: isColored),
            isVerbose: common.verbose,
            isQuiet: isQuiet,
            width: width()
        )
    }
}
