import ArgumentParser
import ConfigLoading
import Rendering

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints the form of declarations, or of plans, as JSON Schema, for editors and checks.",
        usage: "reconcile schema [--defaults | --plan]",
        discussion: """
            Editors that know YAML take it from a comment in the first line of a file:

              # yaml-language-server: $schema=<file or address>
            """
    )

    enum Document: EnumerableFlag {
        case defaults, plan

        static func help(for value: Document) -> ArgumentHelp? {
            switch value {
            case .defaults: "Of _defaults.yaml."
            case .plan: "Of what plan and apply print with --format json."
            }
        }
    }

    @Flag var document: Document?

    func run() throws {
        let renderer = SchemaRenderer(keys: ConfigLoader.keys)
        let text =
            switch document {
            case .defaults: renderer.defaults()
            case .plan: PlanSchema().text()
            case nil: renderer.declaration()
            }
        CommandContext.current.console.output(text)
    }
}
