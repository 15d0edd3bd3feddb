/// What would be done for one organization.
package struct OrganizationPlan: Hashable, Codable, Sendable {
    package enum Verdict: Hashable, Codable, Sendable {
        /// Nothing was read, and nothing is done.
        case leftAlone(Standing)
        case failed(Failure)
        /// Its declaration has mistakes: nothing was read, and nothing is done.
        case misdeclared([Diagnostic])
        case planned(Work)
    }

    package var organization: Organization
    package var verdict: Verdict
    package var warnings: [Warning]
    /// What is worth knowing once and needs nobody's hand.
    package var notes: [String]
    /// What is not done because it was not shown, or is not to be done any more; empty in a plan that is shown.
    package var leftOut: [LeftOut] = []

    /// A change that is left out, and why.
    package struct LeftOut: Hashable, Codable, Sendable {
        package var change: Change
        package var reason: String
        /// Whether it is to be done; it was once, otherwise.
        package var isPlanned: Bool

        package init(_ change: Change, _ reason: String, isPlanned: Bool) {
            self.change = change
            self.reason = reason
            self.isPlanned = isPlanned
        }
    }

    package init(_ verdict: Verdict, of organization: Organization, warnings: [Warning] = [], notes: [String] = []) {
        self.organization = organization
        self.verdict = verdict
        self.warnings = warnings
        self.notes = notes
    }
}

extension OrganizationPlan {
    /// In one word, which is part of the JSON format.
    package enum Status: String, CaseIterable, Sendable {
        case changes
        case noChanges = "no_changes"
        case skipped, orphaned, blocked, error
    }

    package var status: Status {
        switch verdict {
        case .leftAlone(.orphaned): .orphaned
        case .leftAlone: .skipped
        case .failed, .misdeclared: .error
        case .planned(let work):
            work.status == .noChanges && leftOut.contains(where: \.isPlanned) ? .changes : work.status
        }
    }

    /// Whether nothing of it was looked at.
    package var isLeftAlone: Bool { if case .leftAlone = verdict { true } else { false } }

    /// Nil where nothing was planned.
    package var work: Work? {
        get { if case .planned(let work) = verdict { work } else { nil } }
        set { if let newValue { verdict = .planned(newValue) } }
    }

    package var lines: [PlanLine] { work?.lines ?? [] }

    /// Events that are already as their pages want them.
    package var unchanged: Int { work?.unchanged ?? 0 }

    /// How many deletes wait for a person's yes.
    package var pendingDeletes: Int { lines.count { $0.awaited != nil && $0.action == .delete } }

    /// Whether something of it waits for a person's yes.
    package var isWaiting: Bool { lines.contains { $0.awaited != nil } }

    /// What the changes apply to; nil where nothing is carried out.
    package var target: Target? { work?.target }

    /// Whether there is something to tell those who want to hear of failures and changes only.
    package var isUrgent: Bool { warnings.contains(where: \.isUrgent) }

    /// Why it is skipped, blocked or in error.
    package var message: String? {
        switch verdict {
        case .leftAlone(let standing): standing.clause(for: organization.prefix)
        case .failed(let failure): failure.message
        case .misdeclared(let mistakes): mistakes.map(\.description).joined(separator: "\n")
        case .planned(let work): work.message
        }
    }

    package var hint: String? {
        switch verdict {
        case .leftAlone, .misdeclared: nil
        case .failed(let failure): failure.hint
        case .planned(let work): work.hint(for: organization.prefix)
        }
    }

    /// What is wrong with its declaration, each told by itself; empty where nothing is.
    package var mistakes: [Diagnostic] { if case .misdeclared(let mistakes) = verdict { mistakes } else { [] } }

    /// Message and hint as one text.
    package var explanation: String? {
        guard let message else { return nil }
        return hint.map { "\(message) \($0)" } ?? message
    }
}
