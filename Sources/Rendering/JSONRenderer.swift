import JSON
package import ReconcileModel

/// Plans, reports and failures as JSON documents for programs.
///
/// The format is a contract: `format_version` grows by its second number when members are added, by its first when one changes.
package struct JSONRenderer: Sendable {
    package static let formatVersion = "1.1"

    package init() {}

    package func render(_ plan: Plan) -> String {
        let organizations = plan.organizations.map { organization(OrganizationReport(plan: $0, done: [])) }
        return document(organizations, Summary(plan), requests: nil)
    }

    package func render(_ report: Report) -> String {
        document(
            report.organizations.map(organization),
            Summary(report),
            requests: report.requests,
            failure: report.failure
        )
    }

    /// A run that could not start.
    package func render(_ failure: Failure) -> String {
        JSON.object(["format_version": .string(Self.formatVersion), "error": error(failure)]).text()
    }

    /// What `unlock` did.
    package func render(unlocked: Bool, state: String, holder: [String: String?]?) -> String {
        JSON.object([
            "format_version": .string(Self.formatVersion),
            "state": .string(state),
            "unlocked": .bool(unlocked),
            "holder": holder.map { .object(JSON.Members($0.mapValues(JSON.optional))) } ?? .null,
        ]).text()
    }

    private func document(
        _ organizations: [JSON],
        _ summary: Summary,
        requests: RequestTotals?,
        failure: Failure? = nil
    ) -> String {
        var members: JSON.Members = [
            "format_version": .string(Self.formatVersion),
            "summary": node(summary),
            "organizations": .array(organizations),
        ]
        if let failure { members["error"] = error(failure) }
        if let requests {
            members["requests"] = .object([
                "notion": .number(requests.notion), "google": .number(requests.google),
                "google_batched": .number(requests.googleBatched),
            ])
        }
        return JSON.object(members).text()
    }

    private func node(_ summary: Summary) -> JSON {
        .object([
            "calendars": .object([
                "create": .number(summary.calendarsToCreate), "update": .number(summary.calendarsToUpdate),
                "delete": .number(summary.calendarsToDelete),
            ]),
            "access_rules": .object([
                "create": .number(summary.rulesToCreate), "update": .number(summary.rulesToUpdate),
                "delete": .number(summary.rulesToDelete),
            ]),
            "events": .object([
                "create": .number(summary.eventsToCreate), "update": .number(summary.eventsToUpdate),
                "delete": .number(summary.eventsToDelete), "adopt": .number(summary.eventsToAdopt),
                "unchanged": .number(summary.eventsUnchanged), "pending": .number(summary.eventsPending),
            ]),
            "pages": .object(["update": .number(summary.pagesToUpdate), "pending": .number(summary.pagesPending)]),
            "organizations": .object([
                "total": .number(summary.total), "changed": .number(summary.changed),
                "unchanged": .number(summary.unchanged), "skipped": .number(summary.skipped),
                "held": .number(summary.held), "disabled": .number(summary.disabled),
                "orphaned": .number(summary.orphaned), "blocked": .number(summary.blocked),
                "failed": .number(summary.failed),
            ]),
        ])
    }

    private func organization(_ report: OrganizationReport) -> JSON {
        let (plan, failure) = (report.plan, report.failure)
        let message = failure?.description ?? plan.explanation
        let status: OrganizationPlan.Status = failure == nil ? plan.status : .error
        let changes = report.lines.map { change($0.line, outcome: $0.outcome) }
        var members: JSON.Members = [
            "prefix": .string(plan.organization.prefix),
            "timezone": .string(plan.organization.timeZone),
            "status": .string(status.rawValue),
            "message": .optional(message),
            "warnings": .array(plan.warnings.map(warning)),
            "changes": .array(changes),
        ]
        if let id = report.created, let links = report.links {
            members["created_calendar"] = .object([
                "google_calendar_id": .string(id.rawValue), "url": .string(links.page),
                "subscribe_url": .string(links.subscription), "ical_url": .string(links.feed),
                "own_ical_url": .optional(links.ownFeed),
            ])
        }
        if let audience = report.audience { members["seen_by"] = .array(audience.rules.map(rule)) }
        if !plan.notes.isEmpty { members["notes"] = .array(plan.notes.map { .string($0) }) }
        return .object(members)
    }

    private func rule(_ rule: LiveAccessRule) -> JSON {
        .object(["role": .optional(rule.role?.rawValue), "scope": .string(rule.scope.text)])
    }

    private func warning(_ warning: Warning) -> JSON {
        .object([
            "code": .string(warning.code), "message": .string(warning.message),
            "notion_page_id": .optional(warning.page?.rawValue),
        ])
    }

    private func change(_ change: PlanLine, outcome: Outcome?) -> JSON {
        var members: JSON.Members = [
            "resource": .string(change.resource.rawValue),
            "action": .string(change.action.rawValue),
            "reason": .string(change.reason.rawValue),
            "title": .string(change.title),
            "notion_page_id": .optional(change.page?.rawValue),
            "google_event_id": .optional(change.eventID?.rawValue),
            "fields": fields(change.fieldChanges),
        ]
        if change.awaited != nil {
            members["pending"] = .bool(true)
        } else if change.isHeld {
            members["blocked"] = .bool(true)
        }
        if let cause = change.cause { members["cause"] = .string(cause) }
        if case .refused(let refusal) = change { members["message"] = .string(refusal.message) }
        guard let outcome else { return .object(members) }
        members["outcome"] = .string(outcome.word)
        switch outcome {
        case .applied: break
        case .failed(let failure): members["error"] = error(failure)
        case .unchanged(let reason): members["message"] = .string(reason)
        case .skipped(let reason): members["message"] = .string(reason)
        case .stale(let reason): members["message"] = .string(reason)
        }
        return .object(members)
    }

    private func fields(_ changes: [FieldChange]) -> JSON {
        var members: JSON.Members = [:]
        for change in changes {
            members[change.name] = .object(["before": .optional(change.before), "after": .optional(change.after)])
        }
        return .object(members)
    }

    private func error(_ failure: Failure) -> JSON {
        .object([
            "code": .string(failure.code.rawValue), "message": .string(failure.message),
            "hint": .optional(failure.hint),
        ])
    }
}
