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
        let there: [AccessScope: LiveAccessRule]
        do throws(CalendarError) {
            there = isFreshCalendar ? [:] : try await rules()
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
        _ live: LiveAccessRule?
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
            if end.outcome.isFulfilled { result.grant = grant(after: change) }
            return result
        }
        try await store.record(results, in: run, organization: organization.prefix)
        return (end.outcome, end.failure)
    }

    private func grant(after change: AccessChange) -> JournalResult.GrantChange {
        change.after.map { .set(AccessGrant(change.scope, made: $0, calendar: calendar)) }
            ?? .remove(change.scope, on: calendar)
    }

    private struct End {
        var outcome: Outcome
        /// It failed, and may have been carried out nevertheless.
        var isUnclear = false
        /// Nothing more of the calendar can be written.
        var failure: Failure?
    }

    private func carryOut(_ change: AccessChange, _ live: LiveAccessRule?) async -> End {
        if !isFreshCalendar, live?.role != change.before {
            return End(outcome: live?.role == change.after ? .done : .stale("somebody changed it in the meantime"))
        }
        do throws(CalendarError) {
            try await write(change)
            return End(outcome: .applied)
        } catch {
            return await end(of: change, after: error)
        }
    }

    private func write(_ change: AccessChange) async throws(CalendarError) {
        let id = GoogleAccessRule.id(of: change.scope)
        guard let role = change.after else {
            do throws(CalendarError) {
                return try await calendars.deleteAccessRule(id, on: calendar)
            } catch {
                // Gone is what was wanted; that the calendar itself is gone, the next call tells.
                switch error {
                case .notFound, .gone: return
                default: throw error
                }
            }
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
            answer = try await calendars.patchAccessRule(id, role: role.rawValue, on: calendar)
        }
        guard answer.live == LiveAccessRule(role, change.scope) else {
            throw .unconfirmed(reason: "what was answered is not the rule that was asked for")
        }
    }

    /// After an answer that left it unclear what stands there now decides; a refusal is told in Google's words.
    private func end(of change: AccessChange, after error: CalendarError) async -> End {
        let failure = refusal(error, of: change)
        let mayBeThere = error.isUnknownOutcome || error == .duplicate
        if mayBeThere, let now = try? await rules() {
            if now[change.scope]?.role == change.after { return End(outcome: .applied) }
            return End(outcome: .failed(failure))
        }
        return End(
            outcome: .failed(failure),
            isUnclear: mayBeThere,
            failure: error.endsWriting ? error.failure(on: calendar, account: calendars.account) : nil
        )
    }

    private func rules() async throws(CalendarError) -> [AccessScope: LiveAccessRule] {
        let rules = try await calendars.accessRules(of: calendar).compactMap(\.live)
        return Dictionary(rules.map { ($0.scope, $0) }) { first, _ in first }
    }

    private func refusal(_ error: CalendarError, of change: AccessChange? = nil) -> Failure {
        let general = error.failure(on: calendar, account: calendars.account)
        guard let change else { return general }
        let reason: String
        switch error {
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

extension OrganizationPlan {
    /// What is to be done to access rules, each with its place among the lines.
    var accessChanges: [(index: Int, change: AccessChange)] {
        lines.enumerated().compactMap { index, line in
            if case .change(.access(let change)) = line { (index, change) } else { nil }
        }
    }
}
