package import ReconcileModel

package enum OutputFormat: String, CaseIterable, Sendable { case text, json }

/// All that commands show as their results, in every format.
package enum Output: Sendable {
    case plan(Plan)
    /// What taking back a run would do.
    case undo(Plan)
    case report(Report)
    case rebuild(Rebuild)
    /// What is remembered; nil where there is no state of that name.
    case state(StateContents?, name: String)
    case export(StateContents?, name: String)
    case organization(OrganizationRecord, [StoredLink])
    case link(StoredLink)
    case forgotten([StoredLink])
    /// - isCut: whether there are older ones.
    /// - isComplete: whether runs that wrote nothing are among them.
    case history([RunRecord], isCut: Bool, isComplete: Bool)
    case run(RunRecord, [JournalRecord])
    /// Nil: nobody had the lock.
    case unlocked(BrokenLock?, name: String)
    case webhookToken(String, receivedAt: Timestamp, path: String)
    /// - wasThere: whether there was one.
    case webhookTokenForgotten(wasThere: Bool, path: String)
    /// - folder: of the declarations, as it was given.
    case valid([Organization], folder: String)
    case invalid([Diagnostic], folder: String)
    case explanation(DeclarationExplanation)

    /// A lock that was taken away.
    package struct BrokenLock: Sendable {
        /// From whom, for people.
        package var words: String
        /// The same by its parts; nil where the lock did not tell.
        package var holder: [String: String?]?

        package init(words: String, holder: [String: String?]?) {
            self.words = words
            self.holder = holder
        }
    }

    /// How text looks.
    package struct Look: Sendable {
        package var style: TextStyle
        /// Every event and field, also of created and adopted ones.
        package var isVerbose: Bool
        /// Only what changes, fails or is urgent.
        package var isQuiet: Bool

        package init(style: TextStyle, isVerbose: Bool = false, isQuiet: Bool = false) {
            self.style = style
            self.isVerbose = isVerbose
            self.isQuiet = isQuiet
        }
    }
}

extension Output {
    package func text(as format: OutputFormat, _ look: Look) -> String {
        switch format {
        case .text: text(look)
        case .json: json
        }
    }

    /// What failed and what is as important, a line each, for those who do not see the rest; empty where nothing is.
    package var failures: String {
        switch self {
        case .plan(let plan): FailureText().render(plan)
        case .report(let report): FailureText().render(report)
        case .rebuild(let rebuild): FailureText().render(rebuild)
        default: ""
        }
    }

    private func text(_ look: Look) -> String {
        let renderer = TextRenderer(style: look.style, isVerbose: look.isVerbose, isQuiet: look.isQuiet)
        let state = StateTextRenderer()
        return switch self {
        case .plan(let plan): renderer.render(plan)
        case .undo(let plan): renderer.render(undo: plan)
        case .report(let report): renderer.render(report)
        case .rebuild(let rebuild): state.render(rebuild)
        case .state(let contents, let name): state.list(contents, path: name)
        case .export: json
        case .organization(let organization, let links): state.show(organization, links)
        case .link(let link): state.show(link)
        case .forgotten(let links): state.forgotten(links)
        case .history(let runs, let isCut, let isComplete): state.history(runs, isCut: isCut, isComplete: isComplete)
        case .run(let run, let journal): state.show(run, journal)
        case .unlocked(nil, let name): "\(name.printableAtLineStart) is not locked.\n"
        case .unlocked(let lock?, let name): "The lock of \(name) was taken away from \(lock.words).".printable + "\n"
        case .webhookToken(let token, let time, let path): WebhookTokenText.arrived(token, at: time, path)
        case .webhookTokenForgotten(let wasThere, _): WebhookTokenText.forgotten(wasThere: wasThere)
        case .valid(let organizations, let folder): look.isQuiet ? "" : Self.valid(organizations, folder)
        case .invalid(let problems, _): problems.map { $0.description.printableAtLineStart + "\n" }.joined()
        case .explanation(let explanation):
            ExplanationRenderer(style: look.style, isVerbose: look.isVerbose).text(explanation)
        }
    }

    private var json: String {
        let state = StateJSONRenderer()
        return switch self {
        case .plan(let plan), .undo(let plan): JSONRenderer().render(plan)
        case .report(let report): JSONRenderer().render(report)
        case .rebuild(let rebuild): state.render(rebuild)
        case .state(let contents, let name): state.list(contents, path: name)
        case .export(let contents, let name): state.export(contents, path: name)
        case .organization(let organization, let links): state.show(organization, links)
        case .link(let link): state.show(link)
        case .forgotten(let links): state.forgotten(links)
        case .history(let runs, let isCut, _): state.history(runs, isCut: isCut)
        case .run(let run, let journal): state.show(run, journal)
        case .unlocked(let lock, let name):
            JSONRenderer().render(unlocked: lock != nil, state: name, holder: lock?.holder)
        case .webhookToken(let token, let time, let path):
            JSONRenderer().render(webhookToken: token, receivedAt: time, path: path)
        case .webhookTokenForgotten(let wasThere, let path):
            JSONRenderer().render(forgottenWebhookToken: wasThere, path: path)
        case .valid(let organizations, let folder):
            ValidationJSONRenderer().render(folder: folder, organizations: organizations, problems: [])
        case .invalid(let problems, let folder):
            ValidationJSONRenderer().render(folder: folder, organizations: [], problems: problems)
        case .explanation(let explanation): ExplanationRenderer().json(explanation)
        }
    }

    private static func valid(_ organizations: [Organization], _ folder: String) -> String {
        let prefixes = organizations.map(\.prefix).joined(separator: ", ")
        return "\(folder.printableAtLineStart): \(counted(organizations.count, "organization")) valid (\(prefixes)).\n"
    }
}
