package import CalendarAPI
package import LinkStorage
package import NotionAPI
package import ReconcileModel

/// Recognizes what belongs to organizations by the marks in Google, as if nothing were remembered but which database each has.
/// Only reads.
package struct MarkReader: Sendable {
    private let notion: NotionClient
    private let calendars: CalendarClient
    private let renames: Renames

    /// - Parameters:
    ///   - state: what is remembered; empty where nothing is, or nothing can be read.
    ///   - declared: all organizations that are declared.
    package init(notion: NotionClient, calendars: CalendarClient, state: StateSnapshot, declared: [Organization]) {
        (self.notion, self.calendars) = (notion, calendars)
        renames = Renames(state: state, declared: declared)
    }

    package func read(_ organizations: [Organization]) async throws -> [MarkedOrganization] {
        let directory = CalendarDirectory(calendars: calendars)
        var found: [MarkedOrganization] = []
        for organization in organizations {
            try Task.checkCancellation()
            found.append(await read(organization, directory))
        }
        return found
    }

    private func read(_ organization: Organization, _ directory: CalendarDirectory) async -> MarkedOrganization {
        guard organization.isEnabled else {
            let reason = organization.isActive ? "sync_enabled is false" : "it is not active"
            return MarkedOrganization(organization: organization, content: .skipped(reason))
        }
        do throws(Failure) {
            let known = renames.likelyRecord(of: organization)
            let source = try await NotionObserver(
                notion: notion,
                organization: organization,
                remembered: known?.dataSource
            ).source()
            let former = try renames.former(
                of: organization,
                database: source.database,
                dataSource: source.dataSource.id
            )
            // Links to pages of another database would say that they are of this one.
            let record = former?.record ?? renames.state.organizations[organization.prefix]
            try source.checkDatabase(against: KnownSource(record), of: organization)
            var identity = CalendarIdentity(
                organization: organization,
                source: source,
                former: former,
                renames: renames,
                mayChangeDatabase: false
            )
            let reader = CalendarObserver(
                calendars: calendars,
                directory: directory,
                identity: identity,
                linked: nil,
                given: nil,
                mayRecreate: false
            )
            let (calendar, events) = try await reader.read().get()
            guard case .existing(let live) = calendar else {
                return MarkedOrganization(organization: organization, content: .skipped("it has no calendar yet"))
            }
            // The calendar may still carry a prefix that it had before.
            let marked = CalendarMark(in: live.description ?? "")?.prefix ?? organization.prefix
            identity.formerPrefixes.insert(marked)
            if KnownSource(record).database == nil, CalendarMark(in: live.description ?? "") == nil {
                try await checkOrigin(of: events.values, identity, source)
            }
            let links = links(events.values, identity, live.id)
            let fields = DecidedFields.proven(by: events.values) { identity.isOwn($0) }
            var found = MarkedOrganization(
                organization: organization,
                content: .found(database: source.database, calendar: live.id, links: links, fields: fields),
                dataSource: source.dataSource.id,
                renamedFrom: former?.prefix ?? (marked == organization.prefix ? nil : marked)
            )
            found.hidden = Set(events.values.filter(\.isHidden).map(\.id))
            return found
        } catch {
            return MarkedOrganization(organization: organization, content: .failed(error))
        }
    }

    /// Where neither the state nor the calendar tells which database the events come from, they do: by their marks, and those of
    /// older versions by their pages. To remember the declared one without a look would let the next run take their pages for
    /// moved away.
    private func checkOrigin(
        of events: some Sequence<LiveEvent>,
        _ identity: CalendarIdentity,
        _ source: NotionObserver.Source
    ) async throws(Failure) {
        let marks = events.filter { $0.status == .live && $0.recurringEvent == nil }.compactMap(\.marks)
            .filter { $0.organization.map(identity.isOwn) ?? false }
        var databases = Set(marks.compactMap(\.database))
        if databases.isEmpty { databases = await parents(of: Set(marks.map(\.page)).sorted()) }
        guard databases.count == 1, let other = databases.first, other != identity.database else { return }
        throw source.refusal(of: DatabaseChange(database: other), identity.organization)
    }

    /// So many pages tell where all are.
    private static let sample = 10

    private func parents(of pages: [PageID]) async -> Set<DatabaseID> {
        var databases: Set<DatabaseID> = []
        for page in pages.prefix(Self.sample) {
            do throws(NotionError) {
                if let database = try await notion.page(page).parent.database { databases.insert(database) }
            } catch { continue }
        }
        return databases
    }

    /// One link for each page: to the event that the next run keeps. What it would only guess to be ours (an edited event whose id
    /// does not tell) gets no link, for that run knows what the page asks for.
    ///
    /// The version is left empty, for nothing tells whether anybody changed the event since the marks were written: so the
    /// next run compares it field by field, and finds drift. Events of the predecessor have no hash; the next run adopts them.
    private func links(
        _ events: some Sequence<LiveEvent>,
        _ identity: CalendarIdentity,
        _ calendar: CalendarID
    ) -> [Link] {
        let marked = Dictionary(
            grouping: events.filter { event in
                event.status == .live && event.recurringEvent == nil && event.marks.map(identity.isOwn) ?? false
            },
            by: { $0.marks?.page }
        )
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
                hash: hash,
                etag: ETag(rawValue: ""),
                storedHash: event.marks?.stored
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
