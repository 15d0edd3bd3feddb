import ArgumentParser
import Foundation
import ReconcileModel
import Rendering
import Serving

struct ValidateCommand: AsyncParsableCommand, FormattedCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Checks the declarations, without a network or keys.",
        usage: "reconcile validate [--explain <org>] [<options>]",
        discussion: """
            Lists every mistake in every file, each as file:line:column with what to write instead. Exits 1 if there \
            is any. With --explain, it shows what holds for one organization: each key, its value, and the place that gives it.

            For reviews: --format github annotates a GitHub job, and --report gitlab=FILE and sarif=FILE write what GitLab's \
            Code Quality and code scanning read.
            """
    )

    @Option(
        help: ArgumentHelp("Show each key of an organization, its value, and where that is from.", valueName: "org")
    )
    var explain: String?

    @OptionGroup var outputs: FormatOptions<CheckFormat>
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard explain != nil else { return }
        guard OutputFormat(rawValue: outputs.format.rawValue) != nil else {
            throw ValidationError("--explain has the formats text and json, not \(outputs.format.rawValue).")
        }
        if !outputs.report.isEmpty { throw ValidationError("--explain writes no reports.") }
    }

    func run() async throws {
        let context = CommandContext.current
        if let explain {
            let explanation = try common.explanation(of: explain, context)
            let format: OutputFormat = outputs.format == .json ? .json : .text
            return context.console.show(.explanation(explanation), as: format, common)
        }
        try outputs.check()
        let organizations = try common.organizations(context)
        try context.console.show(output(.valid(organizations)), outputs, common)
        guard !common.quiet else { return }
        // A variable that is not set here may be set where the service runs.
        let secrets = WebhookKeys(shared: nil, organizations, context.environment).problems
            .filter { $0.kind != .isNotSet }
        for advice in organizations.flatMap(\.advice).map(\.description) + secrets.map(\.description) {
            context.console.errorOutput("warning: \(advice)".printableAtLineStart + "\n")
        }
    }

    func tell(_ problem: CommandProblem, _ console: Console) {
        let finding: CheckOutput.Finding =
            switch problem {
            case .failure(let failure): .failed(failure)
            case .mistakes(let mistakes): .invalid(mistakes)
            }
        console.show(output(finding), insteadOf: outputs, common, problem)
    }

    private func output(_ finding: CheckOutput.Finding) -> CheckOutput {
        CheckOutput(
            finding,
            folder: common.orgsDir,
            workingDirectory: FileManager.default.currentDirectoryPath,
            version: Version.number
        )
    }
}
