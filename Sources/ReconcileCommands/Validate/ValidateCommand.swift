import ArgumentParser
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
            """
    )

    @Option(
        help: ArgumentHelp("Show each key of an organization, its value, and where that is from.", valueName: "org")
    )
    var explain: String?

    @Option(help: "Format of the output.")
    var format = OutputFormat.text

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let context = CommandContext.current
        do {
            if let explain {
                let explanation = try common.explanation(of: explain, context)
                return context.console.show(.explanation(explanation), as: format, common)
            }
            let organizations = try common.organizations(context)
            context.console.show(.valid(organizations, folder: common.orgsDir), as: format, common)
            guard !common.quiet else { return }
            // A variable that is not set here may be set where the service runs.
            let secrets = WebhookKeys(shared: nil, organizations, context.environment).problems
                .filter { $0.kind != .isNotSet }
            for advice in organizations.flatMap(\.advice).map(\.description) + secrets.map(\.description) {
                context.console.errorOutput("warning: \(advice)".printableAtLineStart + "\n")
            }
        } catch let problems as Diagnostics {
            guard format == .json else { throw problems }
            context.console.show(.invalid(problems.list, folder: common.orgsDir), as: format, common)
            for problem in problems.list {
                context.console.errorOutput(problem.description.printableAtLineStart + "\n")
            }
            throw ExitCode(ExitPolicy.failure)
        }
    }
}
