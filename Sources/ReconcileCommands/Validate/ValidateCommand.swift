import ArgumentParser
import ReconcileModel
import Rendering

struct ValidateCommand: AsyncParsableCommand {
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
    var format = StateOptions.OutputFormat.text

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let context = CommandContext.current
        do {
            if let explain { return show(try common.explanation(of: explain, context), context.console) }
            tell(try common.organizations([], context), context.console)
        } catch let problems as Diagnostics {
            guard format == .json else { throw problems }
            context.console.output(document([], problems.list))
            for problem in problems.list {
                context.console.errorOutput(problem.description.printableAtLineStart + "\n")
            }
            throw ExitCode(ExitPolicy.failure)
        }
    }

    private func tell(_ organizations: [Organization], _ console: Console) {
        guard format == .text else { return console.output(document(organizations, [])) }
        guard !common.quiet else { return }
        let count = counted(organizations.count, "organization")
        let prefixes = organizations.map(\.prefix).joined(separator: ", ")
        console.output("\(common.orgsDir.printableAtLineStart): \(count) valid (\(prefixes)).\n")
    }

    private func show(_ explanation: DeclarationExplanation, _ console: Console) {
        let style = TextStyle(isColored: console.isColored)
        let renderer = ExplanationRenderer(style: style, isVerbose: common.verbose)
        console.output(format == .json ? renderer.json(explanation) : renderer.text(explanation))
    }

    private func document(_ organizations: [Organization], _ problems: [Diagnostic]) -> String {
        ValidationJSONRenderer().render(folder: common.orgsDir, organizations: organizations, problems: problems)
    }
}
