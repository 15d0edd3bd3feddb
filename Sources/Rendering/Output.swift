package import ReconcileModel

/// What commands show as their results beside plans and what checking declarations found.
package enum Output: Sendable {
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
}

extension Output: CommandResult {
    package func text(as format: OutputFormat, _ look: Look) -> String {
        switch format {
        case .text: text(look)
        case .json: json
        }
    }

    package var failures: String {
        guard case .rebuild(let rebuild) = self else { return "" }
        return FailureText().render(rebuild)
    }

    private func text(_ look: Look) -> String {
        let state = StateTextRenderer()
        return switch self {
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
        case .explanation(let explanation):
            ExplanationRenderer(style: look.style, isVerbose: look.isVerbose).text(explanation)
        }
    }

    private var json: String {
        let state = StateJSONRenderer()
        return switch self {
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
        case .explanation(let explanation): ExplanationRenderer().json(explanation)
        }
    }
}
