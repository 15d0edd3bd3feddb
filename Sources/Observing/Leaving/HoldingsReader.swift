package import CalendarAPI
package import ReconcileModel

/// Looks at what an organization has at Google, by the state, its declaration and the marks alone: for those who take leave of it. Notion
/// is not asked.
package struct HoldingsReader: Sendable {
    private let calendars: CalendarClient
    private let state: StateSnapshot
    private let declared: DeclaredOrganizations
    private let renames: Renames

    /// - Parameter declared: all that is declared.
    package init(calendars: CalendarClient, state: StateSnapshot, declared: DeclaredOrganizations) {
        (self.calendars, self.state, self.declared) = (calendars, state, declared)
        renames = Renames(state: state, declared: declared)
    }

    /// The calendar of an organization; nil: neither the state nor a declaration nor a mark tells of one.
    ///
    /// - Parameter organization: one that nobody declares any more has nothing but its prefix.
    /// - Throws: where Google does not show it, or it is not this organization's alone.
    package func calendar(of organization: Organization) async throws(Failure) -> LiveCalendar? {
        let record = state.organizations[organization.prefix]
        if let leaving = record?.calendar.leaving { throw .moving(organization, from: leaving) }
        guard let id = try await known(organization, record) else { return nil }
        let answer: GoogleCalendar
        do throws(CalendarError) { answer = try await calendars.calendar(id) } catch {
            throw error.meansNotThere ? notThere(error, id, organization) : failure(error, id)
        }
        let mark = answer.mark
        if let mark, !isOwn(mark, organization) { throw another(mark, id, organization) }
        let others = state.others(on: id, than: organization.prefix, among: declared)
        guard others.isEmpty else { throw shared(id, organization, others) }
        let isGiven = organization.googleCalendar == id || record?.calendar.given == id
        return answer.live(
            isCreatedByUs: answer.isOwn(of: calendars.account) && (!isGiven || mark != nil)
        )
    }

    /// The calendar with its events, and who may see it; nil: it has none.
    ///
    /// - Throws: as `calendar(of:)`, and where not all of it can be seen.
    package func holdings(of organization: Organization) async throws(Failure) -> OrganizationState? {
        guard var calendar = try await calendar(of: organization) else { return nil }
        let record = state.organizations[organization.prefix]
        var (events, role) = try await EventListReader(calendars: calendars).listing(of: calendar.id)
        calendar.access = role.map { CalendarAccess(role: $0, account: calendars.account) }
        let links = (state.links[organization.prefix] ?? [:]).filter { $0.value.calendar == calendar.id }
        // A list may lag behind what it lists, and what is left behind now nobody would ever know again.
        let missing = links.values.map(\.event).filter { events[$0] == nil }
        for event in try await LinkedEventReader(calendars: calendars, calendar: calendar.id, role: role).read(
            missing.sorted()
        ) {
            events[event.id] = event
        }
        let database =
            state.database(of: organization.prefix) ?? calendar.mark?.database ?? organization.notion?.id
            ?? DatabaseID(rawValue: "")
        let ownership = state.ownership(
            of: organization,
            database: database,
            record?.source.dataSource,
            among: declared,
            on: calendar.id
        )
        var found = OrganizationState(database: database, calendar: .existing(calendar), ownership: ownership)
        found.dataSource = record?.source.dataSource
        found.events = events
        found.links = links
        found.wasSynced = record?.lastSync != nil
        found.grants = (record?.grants ?? []).of(calendar.id, isCreatedByUs: calendar.isCreatedByUs)
        found.account = calendars.account
        if !found.grants.isEmpty { found.sharing = await SharingReader(calendars: calendars).read(calendar.id) }
        return found
    }

    // MARK: - Which it is

    private func known(
        _ organization: Organization,
        _ record: OrganizationRecord?
    ) async throws(Failure) -> CalendarID? {
        if let id = record?.calendar.id ?? organization.googleCalendar { return id }
        // Without a database a mark could be that of any organization that had the prefix.
        guard let database = organization.notion?.id else { return nil }
        let marked: [CalendarDirectory.Marked]
        do throws(CalendarError) { marked = try await CalendarDirectory(calendars: calendars).marked() } catch {
            throw failure(error, nil)
        }
        let own = marked.filter {
            $0.isOwn && $0.mark.prefix == organization.prefix && $0.mark.database.means(database, nil)
                && renames.holder(of: $0.id, than: organization) == nil
        }
        guard own.count <= 1 else { throw .severalCalendars(of: organization, Set(own.map(\.id))) }
        return own.first?.id
    }

    private func isOwn(_ mark: CalendarMark, _ organization: Organization) -> Bool {
        mark.prefix == organization.prefix || renames.formerPrefixes(of: organization).contains(mark.prefix)
    }

    // MARK: - Messages

    private func notThere(_ error: CalendarError, _ id: CalendarID, _ organization: Organization) -> Failure {
        var failure = failure(error, id)
        failure.code = .calendarNotFound
        failure.hint =
            "If it was deleted, `reconcile state forget \(organization.prefix)` lets the state forget it; otherwise check that this is "
            + "the right service account."
        return failure
    }

    private func another(_ mark: CalendarMark, _ id: CalendarID, _ organization: Organization) -> Failure {
        Failure(
            code: "calendar_of_another_organization",
            message:
                "The calendar \(id) is marked for \(mark.prefix), not for \(organization.prefix); nothing was changed.",
            hint: "If \(mark.prefix) is what it is called now, use that prefix."
        )
    }

    private func shared(_ id: CalendarID, _ organization: Organization, _ others: [String]) -> Failure {
        Failure(
            code: "calendar_shared_by_organizations",
            message: "The calendar \(id) of \(organization.prefix) is also that of \(others.joined(separator: ", ")); "
                + "nothing was changed.",
            hint: "Give each its own google_calendar_id, or none."
        )
    }

    private func failure(_ error: CalendarError, _ id: CalendarID?) -> Failure {
        error.failure(on: id, account: calendars.account)
    }
}
