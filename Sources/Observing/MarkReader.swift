import CalendarAPI
import Mapping
import NotionAPI
package import ReconcileModel

/// Recognizes what belongs to organizations by the marks in Google, as if nothing were remembered but which database each has.
/// Only reads.
package struct MarkReader: Sendable {
    private let clients: @Sendable (Organization) throws(Failure) -> ServiceClients
    private let renames: Renames

    /// - Parameters:
    ///   - clients: as an organization reaches the services.
    ///   - state: what is remembered; empty where nothing is, or nothing can be read.
    ///   - declared: all that is declared.
    package init(
        clients: @escaping @Sendable (Organization) throws(Failure) -> ServiceClients,
        state: StateSnapshot,
        declared: DeclaredOrganizations
    ) {
        self.clients = clients
        renames = Renames(state: state, declared: declared)
    }

    package func read(_ organizations: [Organization]) async throws -> [MarkedOrganization] {
        let directories = CalendarDirectories()
        var found: [MarkedOrganization] = []
        for organization in organizations {
            try Task.checkCancellation()
            found.append(await read(organization, directories))
        }
        return found
    }

    private func read(_ organization: Organization, _ directories: CalendarDirectories) async -> MarkedOrganization {
        if let standing = Standing(organization) {
            let reason = standing.clause(for: organization.prefix)
            return MarkedOrganization(organization: organization, content: .skipped(reason))
        }
        do throws(Failure) {
            let services = try clients(organization)
            let directory = await directories.directory(of: services.calendars)
            let likely = renames.likelyRecord(of: organization)
            let source = try await NotionObserver(
                notion: services.notion,
                organization: organization,
                remembered: likely?.source.dataSource
            ).source()
            let former = try renames.former(
                of: organization,
                database: source.database,
                dataSource: source.dataSource.id
            )
            // Links to pages of another database would say that they are of this one.
            let known = KnownSource(renames.state, of: former?.prefix ?? organization.prefix)
            try renames.checkReuse(of: organization, database: source.database, dataSource: source.dataSource.id)
            try source.checkDatabase(against: known, of: organization)
            let identity = CalendarIdentity(
                organization: organization,
                source: source,
                former: former,
                renames: renames,
                mayChangeDatabase: false
            )
            return try await read(source, known, identity, former?.prefix, services, directory)
        } catch {
            return MarkedOrganization(organization: organization, content: .failed(error))
        }
    }

    /// - Parameter former: the prefix under which the state still has the organization.
    private func read(
        _ source: NotionObserver.Source,
        _ known: KnownSource,
        _ identity: CalendarIdentity,
        _ former: String?,
        _ services: ServiceClients,
        _ directory: CalendarDirectory
    ) async throws(Failure) -> MarkedOrganization {
        let organization = identity.organization
        let record = renames.state.organizations[former ?? organization.prefix]
        if let leaving = record?.calendar.leaving { throw .moving(organization, from: leaving) }
        let reader = CalendarObserver(
            calendars: services.calendars,
            directory: directory,
            identity: identity,
            linked: nil,
            given: nil,
            leaving: nil,
            mayRecreate: false
        )
        let (calendar, events) = try await reader.read().get()
        let moves = CalendarMoves(organization: organization, record: record, mayMove: false)
        // Which calendar the events are in is not for a rebuild to decide.
        if let move = try moves.current(), !identity.isChosen(calendar) { throw moves.notAllowed(from: move.from) }
        if let other = try await reader.markedBesideDeclared(), !identity.isChosen(calendar) {
            throw moves.notAllowed(from: other)
        }
        guard case .existing(let live) = calendar else {
            return MarkedOrganization(organization: organization, content: .skipped("it has no calendar yet"))
        }
        let own = identity.knowing(calendar)
        let standing = events.values.filter(\.standsAlone)
        let marks = standing.compactMap(\.marks)
        let isProven = try await check(source, services, against: marks, known, isMarked: live.mark != nil, own)
        let names = try await recognized(among: marks, source, services, own)
        let links = links(standing, own, names, live.id)
        let fields = DecidedFields.proven(by: events.values, isOwn: own.names)
        let before = former ?? live.mark.flatMap { own.names($0) ? $0.prefix : nil }
        var found = MarkedOrganization(
            organization: organization,
            content: .found(database: source.database, calendar: live.id, links: links, fields: fields),
            dataSource: isProven ? source.dataSource.id : nil,
            renamedFrom: before == organization.prefix ? nil : before
        )
        found.hidden = Set(events.values.filter(\.isHidden).map(\.id))
        found.hasEvents = own.wrote(anyOf: events.values)
        return found
    }

    /// So many pages are asked where they are.
    private static let sample = 10

    /// Where nothing is remembered, only the marks of the events, and their pages, tell where they come from. To take them for
    /// those of another database or data source would let all of them go.
    ///
    /// - Returns: whether the data source is certain.
    /// - Throws: where they come from somewhere else.
    private func check(
        _ source: NotionObserver.Source,
        _ services: ServiceClients,
        against marks: [EventMarks],
        _ known: KnownSource,
        isMarked: Bool,
        _ identity: CalendarIdentity
    ) async throws(Failure) -> Bool {
        guard known.dataSource == nil else { return true }
        let isDatabaseKnown = isMarked || known.database != nil
        let marks = marks.filter(identity.isOwnName)
        let named = Set(marks.compactMap(\.database))
        if !isDatabaseKnown, let other = named.min(), !named.contains(source.database) {
            throw source.refusal(of: DatabaseChange(database: other), identity)
        }
        let (isHere, places) = try await places(of: marks, source, services)
        if isHere { return true }
        guard places.count == 1, let change = places.first.flatMap(source.change) else { return false }
        // Single pages may have been moved to another database.
        guard change.database == source.database || !isDatabaseKnown else { return false }
        throw source.refusal(of: change, identity)
    }

    /// Prefixes of nobody under which there are events of pages of ours: another data source of the database may be somebody
    /// else's.
    private func recognized(
        among marks: [EventMarks],
        _ source: NotionObserver.Source,
        _ services: ServiceClients,
        _ identity: CalendarIdentity
    ) async throws(Failure) -> Set<String> {
        let unclaimed = marks.filter { identity.isOwn($0) && !identity.isOwnName($0) }
        var recognized: Set<String> = []
        for name in Set(unclaimed.compactMap(\.organization)).sorted() {
            let isHere = try await places(of: unclaimed.filter { $0.organization == name }, source, services).isHere
            if isHere { recognized.insert(name) }
        }
        return recognized
    }

    /// Where the pages of some events are, as far as the first of them tell.
    private func places(
        of marks: [EventMarks],
        _ source: NotionObserver.Source,
        _ services: ServiceClients
    ) async throws(Failure) -> (isHere: Bool, elsewhere: Set<PagePlace>) {
        var places: Set<PagePlace> = []
        for id in Set(marks.map(\.page)).sorted().prefix(Self.sample) {
            do throws(NotionError) {
                let parent = try await services.notion.page(id, properties: source.mapping.queriedIDs).parent
                if source.holds(parent) { return (true, []) }
                if let place = PagePlace(parent) { places.insert(place) }
            } catch {
                guard case .notFound = error else { throw error.failure }
            }
        }
        return (false, places)
    }

    /// One link for each page: to the event that the next run keeps. What it would only guess to be ours (an edited event whose id
    /// does not tell) gets no link, for that run knows what the page asks for.
    ///
    /// The version is left empty, for nothing tells whether anybody changed the event since the marks were written: so the
    /// next run compares it field by field, and finds drift. Events of the predecessor have no hash; the next run adopts them.
    private func links(
        _ events: [LiveEvent],
        _ identity: CalendarIdentity,
        _ recognized: Set<String>,
        _ calendar: CalendarID
    ) -> [Link] {
        let own = events.filter { event in
            guard let marks = event.marks else { return false }
            return identity.isOwn(marks) && (identity.isOwnName(marks) || recognized.contains(marks.organization ?? ""))
        }
        let marked = Dictionary(grouping: own) { $0.marks?.page }
        let links = marked.compactMap { page, events -> Link? in
            guard let page else { return nil }
            let copies = PageCopies(events, of: page, link: nil, desired: nil, hasTombstone: true, wasSynced: true)
            guard let event = copies.ours.first, let hash = event.marks?.hash else { return nil }
            return Link(
                organization: identity.organization.prefix,
                page: page,
                event: event.id,
                database: identity.database,
                calendar: calendar,
                written: Link.Written(hash: hash, storedHash: event.marks?.stored, etag: ETag(rawValue: ""))
            )
        }
        return links.sorted { $0.page < $1.page }
    }
}

/// What the marks tell of one organization.
package struct MarkedOrganization: Sendable {
    package enum Content: Sendable {
        case skipped(String)
        case failed(Failure)
        /// - fields: those that pages decided, as far as the marks prove it.
        case found(database: DatabaseID, calendar: CalendarID, links: [Link], fields: Set<EventField>?)
    }

    package var organization: Organization
    package var content: Content
    /// The data source that its pages come from; nil: it was not asked for.
    package var dataSource: DataSourceID?
    /// The prefix under which the state still has it.
    package var renamedFrom: String?
    /// Live events whose content and marks Google does not show: of these only a link tells whose they are.
    package var hidden: Set<EventID> = []
    /// Whether there are events that were written for it, be it deleted ones.
    package var hasEvents = false

    package init(
        organization: Organization,
        content: Content,
        dataSource: DataSourceID? = nil,
        renamedFrom: String? = nil
    ) {
        (self.organization, self.content) = (organization, content)
        (self.dataSource, self.renamedFrom) = (dataSource, renamedFrom)
    }
}
