import Planning
import ReconcileModel
import TestSupport

/// Plans one organization.
func plan(
    _ state: OrganizationState,
    for organization: Organization = .sample(),
    allowedDeletes: Int? = nil,
    allowsSharing: Bool = false
) -> OrganizationPlan {
    var allowances = Allowances(deletes: allowedDeletes.map { [organization.prefix: $0] } ?? [:])
    if allowsSharing { allowances.sharing = [organization.prefix] }
    let observed = OrganizationObservation(organization: organization, content: .observed(state))
    let plan = Planner().plan(Observation(organizations: [observed], allowances: allowances))
    return plan.organizations.first
        ?? .failed(organization, "the plan lost its organization")
}

extension OrganizationPlan {
    /// Each line in a few words: `update 2 drift [summary]`, with the page's number or the event's id.
    var words: [String] {
        lines.map { line in
            let page = line.page.flatMap { Int($0.rawValue.suffix(12), radix: 16) }.map { " \($0)" } ?? ""
            let blocked = line.awaited != nil ? " pending" : line.isHeld ? " blocked" : ""
            let place =
                switch line.resource {
                case .event: page
                case .page: " page\(page)"
                case .calendar: " calendar"
                case .accessRule: " \(line.title)"
                }
            var text = "\(line.action.rawValue)\(place) \(line.reason.rawValue)\(blocked)"
            if case .event(.update(let update)) = line.change { text += " \(update.fields.map(\.rawValue))" }
            return text
        }
    }

    /// With those that are held back.
    var deletions: [EventDeletion] {
        lines.compactMap { if case .event(.delete(let deletion)) = $0.change { deletion } else { nil } }
    }

    var heldDeletions: [EventDeletion] {
        lines.compactMap { if case .held(.event(.delete(let deletion))) = $0 { deletion } else { nil } }
    }

    var creations: [EventCreation] {
        lines.compactMap { if case .event(.create(let creation)) = $0.change { creation } else { nil } }
    }

    var warningCodes: [String] { warnings.map(\.code) }
}
