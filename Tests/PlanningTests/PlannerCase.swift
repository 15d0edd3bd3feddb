import ReconcileModel
import TestSupport

/// A state that was made up, the organization, and what a person allowed.
struct PlannerCase {
    let seed: UInt64
    var state: OrganizationState
    var organization: Organization
    var allowedDeletes: Int?

    init(seed: UInt64) {
        var made = RandomState(seed: seed)
        self.seed = seed
        (state, organization, allowedDeletes) = (made.state, made.organization(), made.allowedDeletes())
    }

    /// Pages that are proven to ask for no event.
    var provenAbsent: Set<PageID> { Set(state.pages.filter { $0.value.absence?.isProof ?? false }.keys) }

    /// The same state, put into its dictionaries in another order.
    func shuffled() -> OrganizationState {
        var (other, random) = (state, SeededGenerator(seed: seed))
        other.pages = state.pages.reordered(using: &random)
        other.events = state.events.reordered(using: &random)
        other.links = state.links.reordered(using: &random)
        return other
    }
}

extension PlannerCase {
    /// The cases that lack one page, one event, one link or one special circumstance.
    var smaller: [PlannerCase] {
        state.pages.keys.sorted().map { page in changed { $0.state.pages[page] = nil } }
            + state.events.keys.sorted().map { id in changed { $0.state.events[id] = nil } }
            + state.links.keys.sorted().map { page in changed { $0.state.links[page] = nil } }
            + (state.recentDeletes == 0 ? [] : [changed { $0.state.recentDeletes = 0 }])
            + (allowedDeletes == nil ? [] : [changed { $0.allowedDeletes = nil }])
    }

    private func changed(_ change: (inout PlannerCase) -> Void) -> PlannerCase {
        var other = self
        change(&other)
        return other
    }
}

extension PlannerCase: CustomStringConvertible {
    /// A line for each thing in it, for people who look for the mistake.
    var description: String {
        var lines = [
            "calendar: \(state.calendar)", "listing: \(state.listing)", "managed: \(state.managedFields.sorted())",
        ]
        lines.append("limit: \(organization.maxDeletePercent) %, deletions: \(organization.deletions)")
        lines.append(
            "deleted of late: \(state.recentDeletes), allowed: \(allowedDeletes.map(String.init) ?? "nothing")"
        )
        lines += state.pages.sorted { $0.key < $1.key }.map { "page \($0.key): \($0.value)" }
        lines += state.events.values.sorted { $0.id < $1.id }.map { "event \($0)" }
        lines += state.links.sorted { $0.key < $1.key }.map { "link of \($0.key): \($0.value)" }
        return lines.joined(separator: "\n")
    }
}

extension Dictionary {
    /// Equal to this one, with another order of its own.
    fileprivate func reordered(using random: inout SeededGenerator) -> [Key: Value] {
        var result: [Key: Value] = [:]
        result.reserveCapacity(count * Int.random(in: 1...8, using: &random))
        for (key, value) in shuffled(using: &random) { result[key] = value }
        return result
    }
}
