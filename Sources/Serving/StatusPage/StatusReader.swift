import ReconcileModel

/// Gathers what the status page shows.
struct StatusReader: Sendable {
    let engine: ServiceEngine
    let overview: OverviewReader
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
        do throws(Failure) { overview = try await self.overview.overview() } catch {
            notice = "The state cannot be read at the moment."
        }
        let mistakes = declarations.problems.count
        return StatusPageContent(
            now: now(),
            version: version,
            baseURL: host.map { "http://\($0)" },
            organizations: declarations.organizations.map { status(of: $0, overview.organizations[$0.prefix]) },
            runs: overview.runs,
            problems: mistakes == 0 ? [] : ["\(counted(mistakes, "mistake")); the log of the service names each."],
            notice: notice
        )
    }

    private func status(of organization: Organization, _ stored: StoredOrganization?) -> OrganizationStatus {
        guard organization.isActive else {
            return OrganizationStatus(prefix: organization.prefix, name: organization.name, state: .inactive)
        }
        let lastSync = stored?.lastSync.flatMap { Timestamp(rfc3339: $0) }
        // Another instance may have done better since.
        let last = history[organization.prefix].flatMap { entry in
            lastSync.map { $0 > entry.at } ?? false ? nil : entry
        }
        let listing = cache.entry(of: organization.prefix)?.listing
        return OrganizationStatus(
            prefix: organization.prefix,
            name: organization.name,
            state: state(of: organization, stored, last),
            calendar: stored?.calendar,
            eventCount: listing?.events.count,
            lastSync: lastSync,
            lastResult: last?.result,
            nextSync: engine.refusal == nil ? nextRun(organization.prefix) : nil,
            warnings: (last?.warnings ?? listing?.warnings ?? []).map(\.publicMessage)
        )
    }

    private func state(
        of organization: Organization,
        _ stored: StoredOrganization?,
        _ last: SyncHistory.Entry?
    ) -> OrganizationStatus.State {
        if !organization.isSyncEnabled || engine.refusal != nil { return .paused }
        if let run = stored?.hold { return .onHold(run) }
        if let problem = last?.problem { return .failed(problem) }
        return stored?.lastSync == nil ? .pending : .syncing
    }
}

extension Warning {
    /// The message without what only those who run the service should read.
    fileprivate var publicMessage: String {
        switch code {
        case "page_not_proven_absent": "A page that is not listed any more could not be looked at; its event stays."
        case "page_unfinished": "A page could not be read as a whole; its event stays as it is."
        default: message
        }
    }
}
