import CalendarAPI
import LinkStorage
import ReconcileModel

/// Changes who may do what with a calendar, rule by rule. Nobody is sent mail about it.
struct AccessApplier: Sendable {
    let calendars: CalendarClient
    let store: any StateSession
    let run: RunID
    let organization: Organization
    let calendar: CalendarID
    let isFreshCalendar: Bool
    /// Rules that need no allowance at the next run either, should they not be made.
    let pending: Set<AccessScope>
    /// Why nothing more may be written; nil: it may.
    let obstacle: @Sendable () -> String?

    struct Result: Sendable {
        /// By the place of the change among the lines of the plan.
        var outcomes: [Int: Outcome] = [:]
        /// Why nothing more of the calendar can be written.
        var failure: Failure?
    }

    /// One rule that Google refuses keeps no other from being made.
    func apply(_ changes: [(index: Int, change: AccessChange)]) async throws(StateError) -> Result {
        var result = Result()
        guard !changes.isEmpty else { return result }
        // Between plan and apply somebody may have given a role, which an insert would take away.
        let there: [AccessScope: GoogleAccessRule]
        do throws(CalendarError) {
            there = try await rules()
        } catch {
            let failure = refusal(error)
            for (index, _) in changes { result.outcomes[index] = .failed(failure) }
            return result
        }
        for (index, change) in changes {
            if let reason = obstacle() ?? (Task.isCancelled ? Outcome.stopped : nil) {
                result.outcomes[index] = .skipped(reason)
                continue
            }
            if let failure = result.failure {
                result.outcomes[index] = .skipped("an error came before it: \(failure.message)")
                continue
            }
            let (outcome, failure) = try await apply(change, there[change.scope])
            result.outcomes[index] = outcome
            result.failure = failure
        }
        return result
    }

    private func apply(
        _ change: AccessChange,
        _ live: GoogleAccessRule?
    ) async throws(StateError) -> (Outcome, Failure?) {
        let intent = JournalIntent(
            change: .access(change),
            organization: organization.prefix,
            calendar: calendar,
            isAllowedByName: false
        )
        let numbers = try await store.record([intent], in: run)
        let end = await carryOut(change, live)
        let results = numbers.map { number in
            var result = JournalResult(seq: number, outcome: end.outcome)
            result.isUnclear = end.isUnclear
            if !end.isUnclear { result.grant = grant(after: change, end.outcome) }
            return result
        }
        try await store.record(results, in: run, organization: organization.prefix)
        return (end.outcome, end.failure)
    }

    private func grant(after change: AccessChange, _ outcome: Outcome) -> JournalResult.GrantChange {
        guard outcome.isFulfilled else {
            return .close(change.scope, on: calendar, keepsPending: pending.contains(change.scope))
        }
        // What somebody else made is theirs.
        let isTheirs = outcome != .applied && change.before == nil
        guard let role = change.after, !isTheirs else { return .remove(change.scope, on: calendar) }
        return .set(AccessGrant(change.scope, made: role, calendar: calendar))
    }

    private struct End {
        var outcome: Outcome
        /// It failed, and may have been carried out nevertheless.
        var isUnclear = false
        /// Nothing more of the calendar can be written.
        var failure: Failure?
    }

    private func carryOut(_ change: AccessChange, _ rule: GoogleAccessRule?) async -> End {
        guard (rule?.live).gives(change.before) else {
            let isDone = (rule?.live).gives(change.after)
            return End(outcome: isDone ? .done : .stale("somebody changed it in the meantime"))
        }
        do throws(CalendarError) {
            try await write(change, rule)
            return End(outcome: .applied)
        } catch {
            return await end(of: change, after: error)
        }
    }

    /// - Parameter rule: as it stands there.
    private func write(_ change: AccessChange, _ rule: GoogleAccessRule?) async throws(CalendarError) {
        // Google's own id of it: addresses may be written in other letters there.
        let id = rule?.id ?? GoogleAccessRule.id(of: change.scope)
        guard let role = change.after else {
            return try await calendars.deleteAccessRule(id, on: calendar, ifMatch: rule?.etag)
        }
        let answer: GoogleAccessRule
        if change.before == nil {
            answer = try await calendars.insertAccessRule(
                role.rawValue,
                for: GoogleAccessRule.Scope(change.scope),
                on: calendar,
                isFreshCalendar: isFreshCalendar
            )
        } else {
            answer = try await calendars.patchAccessRule(
                id,
                role: role.rawValue,
                on: calendar,
                ifMatch: rule?.etag
            )
        }
        guard answer.live == LiveAccessRule(role, change.scope) else {
            throw .unconfirmed(reason: "what was answered is not the rule that was asked for")
        }
    }

    /// After an answer that left it unclear what stands there now decides; a refusal is told in Google's words.
    private func end(of change: AccessChange, after error: CalendarError) async -> End {
        let failure = refusal(error, of: change)
        if error.isUnknownOutcome || error.mayMeanDone, let now = try? await rules() {
            guard (now[change.scope]?.live).gives(change.after) else {
                let isStale = error == .preconditionFailed
                return End(outcome: isStale ? .stale("somebody changed it in the meantime") : .failed(failure))
            }
            return End(outcome: error.isUnknownOutcome ? .applied : .done)
        }
        return End(
            outcome: .failed(failure),
            isUnclear: error.isUnknownOutcome,
            failure: error.endsWriting ? error.failure(on: calendar, account: calendars.account) : nil
        )
    }

    private func rules() async throws(CalendarError) -> [AccessScope: GoogleAccessRule] {
        let rules = try await calendars.accessRules(of: calendar, isFreshCalendar: isFreshCalendar)
        return Dictionary(rules.compactMap { rule in rule.live.map { ($0.scope, rule) } }) { first, _ in first }
    }

    private func refusal(_ error: CalendarError, of change: AccessChange? = nil) -> Failure {
        let general = error.failure(on: calendar, account: calendars.account)
        guard let change else { return general }
        let reason: String
        switch error {
        case .forbidden(let code, _) where error.holdsForCalendar || code == "forbidden": return general
        case .badRequest(let code, let message), .forbidden(let code, let message): reason = "\(code): \(message)"
        case .notFound: reason = "not found: it knows no such account, group or domain, or not the calendar"
        default: return general
        }
        return Failure(
            code: "access_rule_refused",
            message: "Google Calendar \(calendar): Google refused the rule \(change.title) (\(reason)).",
            hint: "Correct calendar.sharing in \(organization.source.file), or what Google's administrators allow."
        )
    }
}

extension CalendarError {
    /// Whether a rule may be as it was to be already: what was to be made is there, or what was to go is gone.
    fileprivate var mayMeanDone: Bool {
        switch self {
        case .duplicate, .notFound, .gone, .preconditionFailed: true
        default: false
        }
    }
}

extension OrganizationPlan {
    /// What is to be done to access rules, each with its place among the lines.
    var accessChanges: [(index: Int, change: AccessChange)] {
        lines.enumerated().compactMap { index, line in
            if case .change(.access(let change)) = line { (index, change) } else { nil }
        }
    }
}
