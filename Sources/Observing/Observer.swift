package import Logging
package import ReconcileModel
package import Tracing

/// Reads the three sides of every organization. Only reads: it is all that `plan` does with the services.
package struct Observer: Sendable {
    /// As one organization reaches the services.
    let clients: @Sendable (Organization) throws(Failure) -> ServiceClients
    let state: StateSnapshot
    let declared: DeclaredOrganizations
    let allowances: Allowances
    private(set) var trustsMemory = true
    let logger: Logger
    private let tracer: any Tracer
    let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - clients: as an organization reaches the services.
    ///   - state: what is remembered; empty before the first apply.
    ///   - declared: all that is declared, whether this run is about it or not.
    ///   - tracer: gets a span for each organization; none unless told.
    ///   - now: says when absent pages were looked at.
    package init(
        clients: @escaping @Sendable (Organization) throws(Failure) -> ServiceClients,
        state: StateSnapshot,
        declared: DeclaredOrganizations,
        allowances: Allowances,
        logger: Logger,
        tracer: any Tracer = NoOpTracer(),
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.clients = clients
        self.state = state
        self.declared = declared
        self.allowances = allowances
        self.logger = logger
        self.tracer = tracer
        self.now = now
    }

    /// So many organizations are read at a time.
    private static let width = 4

    /// The same, looking again at each page that an earlier run found absent: somebody said yes to the deletes.
    package var lookingAgain: Observer {
        var copy = self
        copy.trustsMemory = false
        return copy
    }

    /// - Throws: `CancellationError` where the run was cancelled; the trouble of one organization is a part of its observation.
    package func observe(_ organizations: [Organization]) async throws -> Observation {
        let directories = CalendarDirectories()
        var observed: [OrganizationObservation] = []
        try await withThrowingTaskGroup(of: OrganizationObservation.self) { group in
            var waiting = organizations[...]
            for _ in 0..<Self.width {
                guard let next = waiting.popFirst() else { break }
                group.addTask { await observe(next, directories) }
            }
            while let result = try await group.next() {
                observed.append(result)
                guard let next = waiting.popFirst() else { continue }
                group.addTask { await observe(next, directories) }
            }
        }
        try Task.checkCancellation()
        observed.sort { $0.organization.prefix < $1.organization.prefix }
        return Observation(organizations: separated(observed), allowances: allowances)
    }

    private func observe(
        _ organization: Organization,
        _ directories: CalendarDirectories
    ) async -> OrganizationObservation {
        let content: OrganizationObservation.Content
        if let standing = standing(of: organization) {
            content = .leftAlone(standing)
        } else {
            content = await WorkContext.with({ $0.organization = organization.prefix }) {
                await tracedContent(of: organization, directories)
            }
        }
        return OrganizationObservation(organization: organization, content: content)
    }

    /// Why nothing of an organization is read; nil: it is.
    func standing(of organization: Organization) -> Standing? {
        if let standing = Standing(organization) { return standing }
        guard let run = renames.likelyRecord(of: organization)?.hold,
            !allowances.releases.contains(organization.prefix)
        else { return nil }
        return .onHold(run)
    }

    private func tracedContent(
        of organization: Organization,
        _ directories: CalendarDirectories
    ) async -> OrganizationObservation.Content {
        await tracer.withSpan("observe organization") { span in
            do throws(Failure) {
                let services = try clients(organization)
                let directory = await directories.directory(of: services.calendars)
                return .observed(try await read(organization, services, directory))
            } catch {
                span.recordError(error)
                span.setStatus(SpanStatus(code: .error))
                return .failed(error)
            }
        }
    }

    var renames: Renames { Renames(state: state, declared: declared) }

    /// Two organizations on one calendar would delete each other's events: neither is touched. That the other one is not part of
    /// this run, or not written to at present, is no reason.
    func separated(_ observed: [OrganizationObservation]) -> [OrganizationObservation] {
        var owners: [CalendarID: Set<String>] = [:]
        for observation in observed {
            guard let calendar = observation.calendar else { continue }
            let prefix = observation.organization.prefix
            owners[calendar, default: []].insert(prefix)
            owners[calendar, default: []].formUnion(state.others(on: calendar, than: prefix, among: declared))
        }
        return observed.map { observation in
            guard let calendar = observation.calendar, let sharing = owners[calendar], sharing.count > 1 else {
                return observation
            }
            let failure = Failure(
                code: "calendar_shared_by_organizations",
                message: "The calendar \(calendar) is used by several organizations: "
                    + "\(sharing.sorted().joined(separator: ", ")).",
                hint: "Give each its own google_calendar_id, or none."
            )
            return OrganizationObservation(organization: observation.organization, content: .failed(failure))
        }
    }
}

extension OrganizationObservation {
    /// The calendar that was found.
    fileprivate var calendar: CalendarID? {
        guard case .observed(let state) = content, case .existing(let calendar) = state.calendar else { return nil }
        return calendar.id
    }
}
