import ReconcileModel

/// Gathers what the status page shows.
struct StatusReader: Sendable {
    let engine: ServiceEngine
    let declarations: Declarations
    let cache: EventsCache
    let history: SyncHistory
    let nextRun: @Sendable (String) -> Timestamp?
    let now: @Sendable () -> Timestamp
    let version: String

    /// - Parameter host: under which the page was asked for: that is where people reach the service.
    func content(host: String?) async -> StatusPageContent {
        var overview = StateOverview()
        var notice = engine.refusal.map { _ in
            "This service has no Google key: it serves events and synchronizes nothing."
        }
        do throws(Failure) { overview = try await engine.overview() } catch {
            notice = "The state cannot be read at the moment."
        }
        return StatusPageContent(
            now: now(),
            version: version,
            baseURL: host.map { "http://\($0)" },
            organizations: declarations.organizations.map { status(of: $0, overview.organizations[$0.prefix]) },
            runs: overview.runs,
            problems: declarations.problems.isEmpty
                ? [] : ["The files that declare the organizations have mistakes; those of before are in force."],
            notice: notice
        )
    }

    private func status(of organization: Organization, _ stored: StoredOrganization?) -> OrganizationStatus {
        let last = history[organization.prefix]
        let listing = cache.entry(of: organization.prefix)?.listing
        return OrganizationStatus(
            prefix: organization.prefix,
            name: organization.name,
            state: state(of: organization, stored, last),
            calendar: stored?.calendar,
            eventCount: listing?.events.count,
            lastSync: stored?.lastSync.flatMap { Timestamp(rfc3339: $0) },
            lastResult: last?.result,
            nextSync: engine.refusal == nil ? nextRun(organization.prefix) : nil,
            warnings: (last?.warnings ?? listing?.warnings ?? []).map(\.message)
        )
    }

    private func state(
        of organization: Organization,
        _ stored: StoredOrganization?,
        _ last: SyncHistory.Entry?
    ) -> OrganizationStatus.State {
        if !organization.isActive { return .inactive }
        if !organization.isSyncEnabled || engine.refusal != nil { return .paused }
        if let run = stored?.hold { return .onHold(run) }
        return last?.problem.map { .failed($0) } ?? .syncing
    }
}
