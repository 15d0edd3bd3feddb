import ArgumentParser
import Rendering

extension OutputFormat: ExpressibleByArgument {}

/// A command whose result can be had in several formats; its errors come in the same.
protocol FormattedCommand {
    var format: OutputFormat { get }
}

/// What a command found or did: on standard output for whoever asked, failures on standard error whatever the format.
extension Console {
    /// - Parameter isQuiet: whether what stays as it is is left out; not where somebody is to agree to the rest.
    func print(_ result: Output, as format: OutputFormat, _ common: CommonOptions, isQuiet: Bool = false) {
        let look = Output.Look(
            style: TextStyle(isColored: isColored),
            isVerbose: common.verbose,
            isQuiet: isQuiet
        )
        output(result.text(as: format, look))
    }

    func show(_ result: Output, as format: OutputFormat, _ common: CommonOptions) {
        print(result, as: format, common, isQuiet: common.quiet)
        // A scheduled job may throw standard output away, or keep it for programs. Whoever sees both would read it twice.
        guard !(format == .text && isOutputTerminal && isErrorTerminal), !result.failures.isEmpty else { return }
        errorOutput(result.failures)
    }
}
