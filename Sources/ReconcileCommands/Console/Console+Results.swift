import ReconcileModel
import Rendering

/// What a command found or did: on standard output for whoever asked, failures on standard error whatever the format.
extension Console {
    func show(_ plan: Plan, _ format: StateOptions.OutputFormat, _ common: CommonOptions) {
        switch format {
        case .json: output(JSONRenderer().render(plan))
        case .text: output(renderer(common, isQuiet: common.quiet).render(plan))
        }
        tell(FailureText().render(plan), format)
    }

    func show(_ report: Report, _ format: StateOptions.OutputFormat, _ common: CommonOptions) {
        switch format {
        case .json: output(JSONRenderer().render(report))
        case .text: output(renderer(common, isQuiet: common.quiet).render(report))
        }
        tell(FailureText().render(report), format)
    }

    /// For people at this console.
    ///
    /// - Parameter isQuiet: whether what stays as it is is left out; not where somebody is to agree to the rest.
    func renderer(_ common: CommonOptions, isQuiet: Bool = false) -> TextRenderer {
        TextRenderer(style: TextStyle(isColored: isColored), isVerbose: common.verbose, isQuiet: isQuiet)
    }

    /// Says on standard error what failed: a scheduled job may throw standard output away, or keep it for programs.
    func tell(_ failures: String, _ format: StateOptions.OutputFormat) {
        // Whoever sees both would read it twice.
        guard !(format == .text && isOutputTerminal && isErrorTerminal) else { return }
        if !failures.isEmpty { errorOutput(failures) }
    }
}
