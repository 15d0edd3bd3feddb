import CalendarAPI
import LinkStorage
import Observing
package import ReconcileModel

extension Reconciler {
    /// Recreates the link table from the marks in Google, which is not written to.
    ///
    /// A sound file keeps its history and gets its links anew; a damaged one is kept under another name, once it is known
    /// that there is something to put in its place.
    package func rebuild(_ scope: RunScope, locking: StateLocking) async throws -> Rebuild {
        let session = try await locking.open(state)
        do {
            let condition = try await state.condition()
            let snapshot = condition == .sound ? try await state.snapshot() : StateSnapshot()
            let reader = MarkReader(
                clients: { [self] organization throws(Failure) in
                    _ = try calendars(of: organization, snapshot.organizations[organization.prefix])
                    return try clients.of(organization)
                },
                state: snapshot,
                declared: declared
            )
            let marked = try await reader.read(scope.organizations)
            var copy: String?
            if case .damaged = condition {
                try checkAnything(marked)
                copy = try await session.keepAside()
            }
            let known = try await session.snapshot().organizations
            for one in marked {
                guard case .found(let database, let calendar, let links, let fields) = one.content else { continue }
                if let former = one.renamedFrom { try await session.rename(former, to: one.organization.prefix) }
                let prefix = one.organization.prefix
                let record = known[one.renamedFrom ?? prefix] ?? known[prefix]
                try await session.remember(
                    one.organization,
                    database: database,
                    dataSource: one.dataSource,
                    calendar: calendar,
                    formerly: one.renamedFrom,
                    grants: record?.isWritten == true ? nil : try await recognized(one.organization, on: calendar)
                )
                // Not before Google answered it.
                try await session.remember(
                    account: try clients.calendars(of: one.organization).account,
                    by: OrganizationRecord.Access(one.organization.credentials),
                    of: prefix
                )
                let kept = try await session.links(of: one.organization.prefix).values
                    .filter { $0.calendar == calendar && one.hidden.contains($0.event) }
                try await session.replaceLinks(of: one.organization.prefix, with: links + kept)
                // Which fields the pages decide is a decision of people, where it is known.
                if record?.fields.managed == nil, let fields {
                    try await session.remember(managedFields: fields, of: prefix)
                }
            }
            var outcomes = marked.map { one -> (String, Rebuild.Outcome) in
                let prefixes = [one.organization.prefix, one.renamedFrom ?? one.organization.prefix]
                let wasKnown = prefixes.contains { known[$0]?.isWritten ?? false }
                return (one.organization.prefix, outcome(one, isLoss: one.hasEvents && !wasKnown))
            }
            for case (let organization, .misdeclared(let mistakes)) in scope.mistaken.map({
                ($0.organization, $0.content)
            }) {
                outcomes.append((organization.prefix, .failed(.misdeclared(mistakes))))
            }
            return Rebuild(state: state.name, damagedCopy: copy, organizations: outcomes)
        } catch let error as StateError {
            throw error.failure
        }
    }

    /// Rules that are as they are declared: after a loss they are taken for ours.
    private func recognized(
        _ organization: Organization,
        on calendar: CalendarID
    ) async throws -> [AccessGrant]? {
        guard let declared = organization.calendar?.sharing else { return nil }
        switch await SharingReader(calendars: try clients.calendars(of: organization)).read(calendar) {
        case .notRead: return nil
        case .unreadable(let failure): throw failure
        case .read(let rules):
            return declared.map(\.rule).filter { rules.contains(LiveAccessRule($0.role, $0.scope)) }
                .map { AccessGrant($0.scope, made: $0.role, calendar: calendar) }
        }
    }

    private func outcome(_ marked: MarkedOrganization, isLoss: Bool) -> Rebuild.Outcome {
        switch marked.content {
        case .skipped(let reason): .skipped(reason)
        case .failed(let failure): .failed(failure)
        case .found(_, _, let links, _): .rebuilt(links: links.count, isLoss: isLoss)
        }
    }

    /// Where nothing could be read, there is nothing to put in the place of a damaged file.
    private func checkAnything(_ marked: [MarkedOrganization]) throws(Failure) {
        var first: Failure?
        for one in marked {
            switch one.content {
            case .found: return
            case .failed(let failure): first = first ?? failure
            case .skipped: break
            }
        }
        if let first { throw first }
    }
}
