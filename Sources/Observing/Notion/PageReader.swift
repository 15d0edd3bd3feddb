import Mapping
package import NotionAPI
package import ReconcileModel

/// Reads what events an organization's pages ask for, beside what subscribers were shown last. Needs no Google key, and no state.
package struct PageReader: Sendable {
    private let notion: NotionClient
    private let now: @Sendable () -> Timestamp

    /// - Parameter now: what is today in filters.
    package init(notion: NotionClient, now: @escaping @Sendable () -> Timestamp) {
        (self.notion, self.now) = (notion, now)
    }

    /// The pages, and what was published as if that were the calendar: so what a sync would distrust is distrusted here.
    ///
    /// - Parameters:
    ///   - remembered: the organization at the last apply.
    ///   - published: what subscribers were shown last.
    ///   - proving: whether pages that were published and are not listed are looked at alone. Without that nothing is proven
    ///     to be gone.
    /// - Throws: also where Notion did not list every page, or not every one whole, and where a field that was
    ///   remembered is none any more: what came of the pages would not be all.
    package func state(
        of organization: Organization,
        remembered: OrganizationRecord?,
        published: [PageID: EventContent],
        proving: Bool
    ) async throws(Failure) -> OrganizationState {
        let observer = observer(of: organization, remembered)
        let source = try await source(observer, remembered)
        let startedAt = now()
        let pages = try await observer.read(source, now: startedAt).get()
        var state = OrganizationState(
            database: source.database,
            calendar: .existing(Self.calendar(of: organization)),
            ownership: EventOwnership(prefixes: [organization.prefix])
        )
        (state.listing, state.pages) = (pages.listing, pages.findings)
        state.window = pages.window
        state.managedFields = source.mapping.managedFields
        state.warnings = source.mapping.notes.map { $0.warning(organization.source.file) } + pages.warnings
        let inspector = AbsenceInspector(notion: notion, pages: observer, source: source, now: startedAt)
        for (page, event) in published { state.add(event, of: page, organization) }
        if proving { state.take(await inspector.inspect(state)) }
        if case .incomplete(let failure) = state.listing { throw failure }
        return state
    }

    /// Looks whether every property that is mapped, or was at the last apply, is there, with a fitting type.
    package func checkMapping(
        of organization: Organization,
        remembered: OrganizationRecord?
    ) async throws(Failure) {
        _ = try await source(observer(of: organization, remembered), remembered)
    }

    private func observer(of organization: Organization, _ remembered: OrganizationRecord?) -> NotionObserver {
        NotionObserver(notion: notion, organization: organization, remembered: remembered?.source.dataSource)
    }

    private func source(
        _ observer: NotionObserver,
        _ remembered: OrganizationRecord?
    ) async throws(Failure) -> NotionObserver.Source {
        var source = try await observer.source()
        if let decided = remembered?.fields.managed {
            source = try source.deciding(decided, for: observer.organization)
        }
        // Of an organization that is only shown a sync would miss nothing.
        guard let remembered, observer.organization.isSyncEnabled else { return source }
        try source.checkFields(against: remembered.fields.managed, remembered.fields.origins, of: observer.organization)
        try source.checkDatabase(against: KnownSource(withoutLinks: remembered), of: observer.organization)
        try source.checkColumns(against: remembered.fields.origins, of: observer.organization)
        return source
    }

    /// What is published has a name and a zone, and no place at Google.
    private static func calendar(of organization: Organization) -> LiveCalendar {
        LiveCalendar(
            id: published,
            summary: organization.calendarName,
            timeZone: organization.timeZone,
            isCreatedByUs: false
        )
    }

    fileprivate static let published = CalendarID(rawValue: "published")
}

extension OrganizationState {
    /// What was published of a page, as an event that we wrote and nobody touched since.
    fileprivate mutating func add(_ event: EventContent, of page: PageID, _ organization: Organization) {
        let (id, hash) = (EventID(derivedFrom: page), ContentHash(of: event.limited(to: managedFields)))
        let version = ETag(rawValue: "published")
        events[id] = LiveEvent(
            id: id,
            etag: version,
            marks: EventMarks(page: page, organization: organization.prefix, database: database, hash: hash),
            event: event
        )
        links[page] = Link(
            organization: organization.prefix,
            page: page,
            event: id,
            database: database,
            calendar: PageReader.published,
            written: Link.Written(hash: hash, etag: version)
        )
    }
}

extension PublishedEvent {
    /// What is published of an event is all of it that is shown.
    package static func hash(of event: EventContent) -> ContentHash {
        ContentHash(ofPublished: event.complete)
    }
}

extension OrganizationObservation {
    /// What was read of the pages, where that is all of them.
    package var events: EventListing? {
        guard case .observed(let state) = content, state.listing == .complete else { return nil }
        return EventListing(prefix: organization.prefix, events: state.pages.desired, warnings: state.warnings)
    }
}
