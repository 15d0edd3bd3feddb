package import CalendarAPI
package import NotionAPI
package import ReconcileModel

/// Recognizes what belongs to organizations by the marks in Google, as if nothing were remembered. Only reads.
package struct MarkReader: Sendable {
    private let notion: NotionClient
    private let calendars: CalendarClient

    package init(notion: NotionClient, calendars: CalendarClient) {
        (self.notion, self.calendars) = (notion, calendars)
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
            let source = try await NotionObserver(notion: notion, organization: organization).source()
            let reader = CalendarObserver(
                calendars: calendars,
                directory: directory,
                organization: organization,
                database: source.database,
                linked: nil,
                given: nil,
                mayRecreate: false
            )
            let (calendar, events) = try await reader.read().get()
            guard case .existing(let live) = calendar else {
                return MarkedOrganization(organization: organization, content: .skipped("it has no calendar yet"))
            }
            let links = links(events.values, of: organization, source.database, live.id)
            return MarkedOrganization(
                organization: organization,
                content: .found(database: source.database, calendar: live.id, links: links)
            )
        } catch {
            return MarkedOrganization(organization: organization, content: .failed(error))
        }
    }

    /// One link for each page: to the event that the next run keeps. What it would only guess to be ours (an edited event whose id
    /// does not tell) gets no link, for that run knows what the page asks for.
    ///
    /// The version is left empty, for nothing tells whether anybody changed the event since the marks were written: so the
    /// next run compares it field by field, and finds drift. Events of the predecessor have no hash; the next run adopts them.
    private func links(
        _ events: some Sequence<LiveEvent>,
        of organization: Organization,
        _ database: DatabaseID,
        _ calendar: CalendarID
    ) -> [Link] {
        let prefixes = Set([organization.prefix] + organization.previously)
        let marked = Dictionary(
            grouping: events.filter { event in
                event.status == .live && event.recurringEvent == nil
                    && event.marks?.organization.map(prefixes.contains) ?? false
            },
            by: { $0.marks?.page }
        )
        let links = marked.compactMap { page, events -> Link? in
            guard let page else { return nil }
            let copies = PageCopies(events, of: page, link: nil, desired: nil, hasTombstone: true, wasSynced: true)
            guard let event = copies.ours.first, let hash = event.marks?.hash else { return nil }
            return Link(
                organization: organization.prefix,
                page: page,
                event: event.id,
                database: database,
                calendar: calendar,
                hash: hash,
                etag: ETag(rawValue: "")
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
        case found(database: DatabaseID, calendar: CalendarID, links: [Link])
    }

    package var organization: Organization
    package var content: Content

    package init(organization: Organization, content: Content) {
        (self.organization, self.content) = (organization, content)
    }
}
