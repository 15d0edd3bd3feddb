import Planning
import ReconcileModel
import TestSupport

/// Plans one organization.
func plan(
    _ state: OrganizationState,
    for organization: Organization = .sample(),
    allowedDeletes: Int? = nil
) -> OrganizationPlan {
    let allowances = Allowances(deletes: allowedDeletes.map { [organization.prefix: $0] } ?? [:])
    let observed = OrganizationObservation(organization: organization, content: .observed(state))
    let plan = Planner().plan(Observation(organizations: [observed], allowances: allowances))
    return plan.organizations.first
        ?? OrganizationPlan(organization: organization, status: .error, message: "the plan lost its organization")
}

extension OrganizationPlan {
    /// Each change in a few words: `update 2 drift [summary]`, with the page's number or the event's id.
    var words: [String] {
        changes.map { change in
            let page = change.page.flatMap { Int($0.rawValue.suffix(12), radix: 16) }.map { " \($0)" } ?? ""
            let blocked = change.isBlocked ? " blocked" : ""
            var text =
                "\(change.action)\(change.resource == "event" ? page : " calendar") \(change.reason.rawValue)\(blocked)"
            if case .updateEvent(let update) = change { text += " \(update.fields.map(\.rawValue))" }
            return text
        }
    }

    var deletions: [EventDeletion] {
        changes.compactMap { change in
            guard case .deleteEvent(let deletion) = change else { return nil }
            return deletion
        }
    }

    var creations: [EventCreation] {
        changes.compactMap { change in
            guard case .createEvent(let creation) = change else { return nil }
            return creation
        }
    }

    var warningCodes: [String] { warnings.map(\.code) }
}
