import ReconcileModel
import Reconciling

/// Gathers what the status page shows.
struct StatusReader: Sendable {
    let reconciler: LiveReconciler
    let overview: OverviewReader
    let declarations: Declarations
    let cache: EventsCache
    let history: SyncHistory
    let missed: MissedRuns
    let nextRun: @Sendable (String) -> Timestamp?
    /// What is wrong with the webhook secrets of single organizations.
    let secretProblems: @Sendable () -> [WebhookSecretProblem]
    let now: @Sendable () -> Timestamp
    let version: String

    /// Organizations that were not looked at when they should have been, each with how many intervals it has missed.
    func missedIntervals() async -> [String: Int] {
        let stored = (try? await overview.overview().organizations) ?? [:]
        return missed.missed(stored)
    }

    /// How many organizations nobody declares any more.
    func orphanCount() async -> Int {
        guard let overview = try? await overview.overview() else { return 0 }
        return reconciler.orphans(in: overview).count
    }

    /// - Parameters:
    ///   - host: under which the page was asked for: that is where people reach the service.
    ///   - withDetails: whether the reader may see names of pages and what is otherwise for those who run the service.
    func content(host: String?, withDetails: Bool) async -> StatusPageContent {
        var overview = StateOverview()
        var notice = withDetails ? reconciler.keyProblem?.description : reconciler.publicKeyProblem
        do throws(Failure) { overview = try await self.overview.overview() } catch {
            notice = withDetails ? error.description : "The state cannot be read at the moment."
        }
        let late = missed.missed(overview.organizations)
        let mistakes = declarations.problems
        let secrets = Dictionary(grouping: secretProblems(), by: \.prefix)
        return StatusPageContent(
            now: now(),
            version: version,
            baseURL: host.map { "http://\($0)" },
            organizations: declarations.organizations.filter { organization in
                organization.isActive || overview.organizations[organization.prefix]?.isRetired != true
            }.map { organization in
                let prefix = organization.prefix
                return status(
                    of: organization,
                    overview.organizations[prefix],
                    late[prefix],
                    (secrets[prefix] ?? []).map(\.warning),
                    withDetails
                )
            } + reconciler.orphans(in: overview).map(status),
            runs: overview.runs,
            problems: mistakes.isEmpty || withDetails
                ? mistakes : ["\(counted(mistakes.count, "mistake")); the log of the service names each."],
            notice: notice
        )
    }

    /// Of one that nobody declares any more.
    private func status(_ orphan: OrganizationRecord) -> OrganizationStatus {
        OrganizationStatus(
            prefix: orphan.prefix,
            name: orphan.name,
            state: .orphaned,
            calendar: orphan.calendar.id,
            syncs: OrganizationStatus.Syncs(last: orphan.lastSync.flatMap { Timestamp(rfc3339: $0) })
        )
    }

    private func status(
        of organization: Organization,
        _ stored: OrganizationRecord?,
        _ missedIntervals: Int?,
        _ own: [Warning],
        _ withDetails: Bool
    ) -> OrganizationStatus {
        guard organization.isActive, organization.notion != nil else {
            return OrganizationStatus(
                prefix: organization.prefix,
                name: organization.name,
                state: organization.isActive ? .unconfigured : .inactive
            )
        }
        let lastSync = stored?.lastSync.flatMap { Timestamp(rfc3339: $0) }
        // Another instance may have done better since.
        let last = history[organization.prefix].flatMap { entry in
            lastSync.map { $0 > entry.at } ?? false ? nil : entry
        }
        let listing = cache.entry(of: organization.prefix)?.listing
        let warnings = own + (last?.warnings ?? listing?.warnings ?? [])
        return OrganizationStatus(
            prefix: organization.prefix,
            name: organization.name,
            state: state(of: organization, stored, last, missedIntervals, withDetails),
            calendar: stored?.calendar.id,
            eventCount: listing?.events.count,
            syncs: OrganizationStatus.Syncs(
                last: lastSync,
                result: last?.result,
                next: reconciler.keyProblem == nil ? nextRun(organization.prefix) : nil
            ),
            warnings: OrganizationStatus.Warnings(
                withDetails ? warnings.map(\.message) : warnings.classes,
                count: warnings.count
            )
        )
    }

    private func state(
        of organization: Organization,
        _ stored: OrganizationRecord?,
        _ last: SyncHistory.Entry?,
        _ missedIntervals: Int?,
        _ withDetails: Bool
    ) -> OrganizationStatus.State {
        guard organization.isSyncEnabled else { return .paused }
        if let count = missedIntervals {
            return .failed("\(counted(count, "scheduled sync")) did not take place: \(reason(organization)).")
        }
        if reconciler.keyProblem != nil { return .unsynchronized }
        if let run = stored?.hold { return .onHold(run) }
        if let problem = last?.problem { return .failed(withDetails ? last?.details ?? problem : problem) }
        return stored?.lastSync == nil ? .pending : .syncing
    }

    /// Why syncs did not take place.
    private func reason(_ organization: Organization) -> String {
        if reconciler.keyProblem != nil { return "there is no Google key that can be used" }
        return missed.wasLocked(organization.prefix)
            ? "another run holds the state" : "the log of the service tells why"
    }
}
