import ArgumentParser
import ReconcileModel

struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Checks the declarations, without a network or keys.",
        usage: "reconcile validate [<options>]",
        discussion: """
            Lists every mistake in every file, each as file:line:column with what to write instead. Exits 1 if there \
            is any.
            """
    )

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let context = CommandContext.current
        let organizations = try common.organizations([], context)
        let count = organizations.count == 1 ? "1 organization" : "\(organizations.count) organizations"
        let prefixes = organizations.map(\.prefix).joined(separator: ", ")
        if !common.quiet {
            context.console.output("\(common.orgsDir.printableAtLineStart): \(count) valid (\(prefixes)).\n")
        }
    }
}
