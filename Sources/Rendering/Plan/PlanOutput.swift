package import ReconcileModel

/// A plan, or what became of it, in every format.
package enum PlanOutput: CommandResult {
    case plan(Plan)
    /// What taking back a run would do.
    case undo(Plan)
    case report(Report)
    /// The run could not start.
    case failed(Failure)
    /// Nor could this one: mistakes of the declarations that concern all.
    case misdeclared([Diagnostic])
}

extension PlanOutput {
    package func text(as format: PlanFormat, _ look: Look) -> String {
        switch format {
        case .text:
            view(PlanView.Detail(isVerbose: look.isVerbose, isQuiet: look.isQuiet)).map(TextRenderer(look).render) ?? ""
        case .json: json
        // Whoever asks for a document gets one, also where nothing is worth a word.
        case .markdown: view(PlanView.Detail(isVerbose: look.isVerbose)).map(MarkdownRenderer().render) ?? ""
        case .html: view(PlanView.Detail(isVerbose: true)).map(HTMLRenderer().render) ?? ""
        case .github: view(PlanView.Detail(isQuiet: look.isQuiet)).map(WorkflowCommandRenderer().render) ?? ""
        }
    }

    package var failures: String {
        switch self {
        case .plan(let plan): FailureText().render(plan)
        case .report(let report): FailureText().render(report)
        case .undo, .failed, .misdeclared: ""
        }
    }

    /// Nil where nothing is worth showing.
    private func view(_ detail: PlanView.Detail) -> PlanView? {
        switch self {
        case .plan(let plan): PlanView(plan, detail)
        case .undo(let plan): PlanView(undo: plan, detail)
        case .report(let report): PlanView(report, detail)
        case .failed(let failure): PlanView(problems: [PlanView.Problem(failure)])
        case .misdeclared(let mistakes): PlanView(problems: mistakes.map { PlanView.Problem($0) })
        }
    }

    private var json: String {
        switch self {
        case .plan(let plan), .undo(let plan): JSONRenderer().render(plan)
        case .report(let report): JSONRenderer().render(report)
        case .failed(let failure): JSONRenderer().render(failure)
        case .misdeclared(let mistakes): JSONRenderer().render(.misdeclared(mistakes))
        }
    }
}
