import ArgumentParser
import ConfigLoading
import Rendering

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints the form of declarations as JSON Schema, for editors and checks.",
        usage: "reconcile schema [--defaults]",
        discussion: """
            Editors that know YAML take it from a comment in the first line of a file:

              # yaml-language-server: $schema=<file or address>
            """
    )

    @Flag(help: "Of _defaults.yaml.")
    var defaults = false

    func run() throws {
        let renderer = SchemaRenderer(keys: ConfigLoader.keys)
        CommandContext.current.console.output(defaults ? renderer.defaults() : renderer.declaration())
    }
}
