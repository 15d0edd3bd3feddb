import CalendarAPI
import NotionAPI
import ReconcileModel

/// What an organization is known by: its columns, what the state has of it, and how its calendar is found.
extension Observer {
    /// What is known of an organization before its events and pages are read.
    struct Ground {
        let organization: Organization
        let services: ServiceClients
        let pages: NotionObserver
        let reader: CalendarObserver
        let identity: CalendarIdentity
        let former: Renames.Former?
        let record: OrganizationRecord?
        let remembered: KnownSource
        /// As old as the first look that anything is made of.
        let startedAt: Timestamp
        /// The calendar that the events leave, and whether a person allowed that.
        let move: (from: CalendarID, isAllowed: Bool)?
        /// Whether a person allows a move in this run.
        let mayMove: Bool
        var source: NotionObserver.Source

        /// Whether the state tells where the events are.
        var isCalendarKnown: Bool { record?.calendar.id != nil || record?.calendar.leaving != nil }

        /// Under which the state has it.
        var prefix: String { former?.prefix ?? organization.prefix }
    }

    /// - Throws: where the schema, the state and the declaration do not go together.
    func ground(
        of organization: Organization,
        _ services: ServiceClients,
        _ directory: CalendarDirectory
    ) async throws(Failure) -> Ground {
        let startedAt = now()
        let pages = NotionObserver(
            notion: services.notion,
            organization: organization,
            remembered: renames.likelyRecord(of: organization)?.source.dataSource
        )
        var source = try await pages.source()
        let dataSource = source.dataSource.id
        let former = try renames.former(of: organization, database: source.database, dataSource: dataSource)
        let prefix = former?.prefix ?? organization.prefix
        let (record, remembered) = (state.organizations[prefix], KnownSource(state, of: prefix))
        try allowances.check(services.calendars.account, against: record, of: organization)
        if let decided = record?.fields.managed { source = try source.deciding(decided, for: organization) }
        try source.checkFields(against: record?.fields.managed, record?.fields.origins, of: organization)
        try renames.checkReuse(of: organization, database: source.database, dataSource: dataSource)
        let mayChangeDatabase = allowances.databaseChanges.contains(organization.prefix)
        if !mayChangeDatabase { try source.checkDatabase(against: remembered, of: organization) }
        try source.checkColumns(against: record?.fields.origins, of: organization)
        let identity = CalendarIdentity(
            organization: organization,
            source: source,
            former: former,
            renames: renames,
            mayChangeDatabase: mayChangeDatabase
        )
        let reader = CalendarObserver(
            calendars: services.calendars,
            directory: directory,
            identity: identity,
            linked: record?.calendar.id,
            given: record?.calendar.given,
            leaving: record?.calendar.leaving,
            mayRecreate: allowances.recreations.contains(organization.prefix)
        )
        let mayMove = allowances.moves.contains(organization.prefix)
        return Ground(
            organization: organization,
            services: services,
            pages: pages,
            reader: reader,
            identity: identity,
            former: former,
            record: record,
            remembered: remembered,
            startedAt: startedAt,
            move: try CalendarMoves(organization: organization, record: record, mayMove: mayMove).current(),
            mayMove: mayMove,
            source: source
        )
    }
}
