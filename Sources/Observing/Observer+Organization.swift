import CalendarAPI
import Logging
import Mapping
import NotionAPI
import ReconcileModel
import Recurring

/// What is seen of one organization: both sides, what they tell together, and the pages that are looked at alone.
extension Observer {
    func read(
        _ organization: Organization,
        _ services: ServiceClients,
        _ directory: CalendarDirectory
    ) async throws(Failure) -> OrganizationState {
        try checkReminders(of: organization, services.calendars)
        var ground = try await ground(of: organization, services, directory)
        logger.debug("schema read", metadata: ["organization": "\(organization.prefix)"])
        let (side, pages, isFirst) = try await sides(&ground)
        var found = try await found(ground, side, pages)
        if isFirst { found.notes = [ground.source.mapping.summary] }
        if organization.calendar?.sharing != nil, case .existing(let calendar) = found.calendar {
            found.sharing = await SharingReader(calendars: services.calendars).read(calendar.id)
            // What was ours can only be told before this state knows the calendar.
            if found.isStateLost, case .unreadable(let failure) = found.sharing { throw failure }
        }
        logger.debug(
            "read",
            metadata: [
                "organization": "\(organization.prefix)", "pages": "\(found.pages.desired.count)",
                "events": "\(found.events.count)",
            ]
        )
        try await lookAlone(ground, &found)
        found.tellChanges(of: organization)
        found.warnings += try await ground.reader.leftBehind(by: found.calendar)
        if let warning = organization.zoneWarning { found.warnings.insert(warning, at: 0) }
        found.warnings = GatheredWarning.gathered(found.warnings)
        return found
    }

    /// Nobody would ever be reminded by a service account's own reminders.
    private func checkReminders(of organization: Organization, _ calendars: CalendarClient) throws(Failure) {
        guard !calendars.isImpersonating,
            let declared = organization.templates?.templates.lazy.compactMap(\.reminders).first
        else { return }
        throw Failure(
            code: "reminders_without_person",
            message:
                "\(declared.source): reminders belong to the account that sets them, and reconcile acts as the service account "
                + "\(calendars.account): nobody would be reminded.",
            hint:
                "Set GOOGLE_IMPERSONATE to the person whose calendar it is (this needs domain-wide delegation), or remove `reminders`."
        )
    }

    /// Reads the calendar and the pages side by side.
    ///
    /// - Returns: also whether nobody has decided yet which fields the pages give.
    private func sides(
        _ ground: inout Ground
    ) async throws(Failure) -> (CalendarObserver.Side, NotionObserver.Pages, isFirst: Bool) {
        let (reader, pages, organization) = (ground.reader, ground.pages, ground.organization)
        // Two typed results instead of two throwing tasks: the first failure must not hide which side it was.
        async let calendarSide = reader.read()
        var isFirst = false
        if ground.record?.fields.managed == nil {
            // What a lost state knew of the fields, the marks may prove.
            let side = try await calendarSide.get()
            let own = ground.identity.knowing(side.calendar)
            let decided = DecidedFields.proven(by: side.events.values, isOwn: own.names)
            if let decided { ground.source = try ground.source.deciding(decided, for: organization) }
            try ground.source.checkFields(against: decided, ground.record?.fields.origins, of: organization)
            isFirst = decided == nil
        }
        let (source, startedAt) = (ground.source, ground.startedAt)
        async let pageSide = pages.read(source, now: startedAt)
        let (side, listed) = (await calendarSide, await pageSide)
        return (try side.get(), try listed.get(), isFirst)
    }

    /// What both sides and the state tell together, before any page was looked at alone.
    private func found(
        _ ground: Ground,
        _ side: CalendarObserver.Side,
        _ pages: NotionObserver.Pages
    ) async throws(Failure) -> OrganizationState {
        let (source, record) = (ground.source, ground.record)
        var (calendar, events) = side
        let links = links(of: ground.prefix, in: calendar.id)
        let unlisted = try await unlisted(
            links,
            of: calendar,
            ground.services.calendars,
            pages: pages.findings,
            events: events,
            in: pages.window
        )
        for event in unlisted {
            events[event.id] = event
        }
        let own = ground.identity.knowing(calendar)
        let ownership = state.ownership(
            of: ground.organization,
            database: source.database,
            source.dataSource.id,
            formerly: ground.former,
            among: declared,
            on: calendar.id
        )
        var found = OrganizationState(database: source.database, calendar: calendar, ownership: ownership)
        found.dataSource = source.dataSource.id
        found.window = pages.window
        found.renamedFrom = ground.former?.prefix
        found.databaseChange = source.databaseChange(from: ground.remembered)
        (found.listing, found.pages) = (pages.listing, pages.findings)
        (found.feedbackColumns, found.feedback) = (source.mapping.feedback?.names ?? [:], pages.feedback)
        if let refused = record?.refusedPages, refused.way == ground.organization.writeBackWay,
            let dayAgo = state.dayAgo, refused.at > dayAgo
        {
            found.pagesRefusedAt = refused.at
        }
        found.managedFields = source.mapping.managedFields
        found.origins = source.mapping.origins(
            of: source.dataSource.id,
            defaultDuration: ground.organization.defaultDuration
        )
        found.rememberedOrigins = record?.fields.origins
        found.events = events
        found.links = links
        found.wasSynced = record?.lastSync != nil
        try await takeFormerCalendar(ground, &found)
        found.events.noteContent(against: pages.findings)
        events = found.events
        let isAlive: (EventID) -> Bool = { [events] in events[$0]?.status == .live }
        let forgotten = forgottenDeletes(of: own, record, among: events, pages: pages.findings)
        found.recentDeletes = state.deletes[ground.prefix]?.count(without: isAlive, and: forgotten) ?? forgotten.count
        found.eventsWhenBlocked = record?.eventsWhenBlocked
        let notes = source.mapping.notes.map { $0.warning(ground.organization.source.file) }
        found.warnings = notes + pages.warnings
        if let warning = lossWarning(own, record, found, forgotten: forgotten.count) {
            found.warnings.insert(warning, at: 0)
        }
        let isMarked = calendar.mark.map(own.names) ?? false
        found.isStateLost = isLost(own, record, found) || record?.isWritten != true && isMarked
        found.grants = (record?.grants ?? []).of(calendar)
        found.account = ground.services.calendars.account
        found.heedMark(of: own)
        return found
    }

    /// Looks at each page alone that is not listed; what that tells of the database as a whole is heeded, too.
    private func lookAlone(_ ground: Ground, _ found: inout OrganizationState) async throws(Failure) {
        let (source, identity) = (ground.source, ground.identity)
        // Where neither the state nor the calendar tells it, the events do.
        let isDatabaseKnown = ground.remembered.database != nil || found.isCalendarMarked
        if !isDatabaseKnown, let named = found.databaseOfMarks(isOwn: identity.isOwnName) {
            try source.heed(PagePlace(database: named), of: identity, &found)
        }
        // As old as the first look that it is made of.
        found.provenAt = now()
        let inspector = AbsenceInspector(
            notion: ground.services.notion,
            pages: ground.pages,
            source: source,
            now: ground.startedAt,
            isFree: renames.isFree,
            held: held(ground.record, ground.organization.prefix)
        )
        let inspection = await inspector.inspect(found)
        found.take(inspection)
        if let elsewhere = inspection.elsewhere, found.databaseChange == nil {
            // The mark of a calendar tells the database, and nothing but the state tells the data source.
            let isSourceKnown = ground.remembered.dataSource != nil
            let isNews = elsewhere.database == source.database ? !isSourceKnown : !isDatabaseKnown
            if isNews { try source.heed(elsewhere, of: identity, &found) }
        }
    }

    /// What earlier runs of the last day found of pages whose events stayed. Where their deletes are allowed by name, or somebody
    /// said yes to them, each is looked at again: a delete needs a proof of its own run.
    private func held(_ record: OrganizationRecord?, _ prefix: String) -> [PageID: HeldAbsence] {
        guard trustsMemory, allowances.deletes[prefix] == nil, let dayAgo = state.dayAgo?.rfc3339() else { return [:] }
        return (record?.held ?? [:]).filter { $0.value.seenAt.map { $0 > dayAgo } ?? false }
    }

    private func forgottenDeletes(
        of identity: CalendarIdentity,
        _ record: OrganizationRecord?,
        among events: [EventID: LiveEvent],
        pages: [PageID: PageFinding]
    ) -> Set<EventID> {
        guard let since = state.dayAgo else { return [] }
        // Known for longer than states remember it: the journal has them all.
        if let record, record.fields.managed != nil, record.calendar.knownSince == nil { return [] }
        return ForgottenDeletes(isOwn: identity.names, since: since, knownSince: record?.calendar.knownSince)
            .events(in: events.values, desired: pages.desired.map(\.page)).subtracting(
                record.flatMap { state.deletes[$0.prefix] }?.allowed ?? []
            )
    }

    private func isLost(_ identity: CalendarIdentity, _ record: OrganizationRecord?, _ found: OrganizationState) -> Bool
    {
        record?.isWritten != true && identity.wrote(anyOf: found.events.values)
    }

    /// What a state that was lost takes along, where a calendar shows that there was one.
    private func lossWarning(
        _ identity: CalendarIdentity,
        _ record: OrganizationRecord?,
        _ found: OrganizationState,
        forgotten: Int
    ) -> Warning? {
        guard isLost(identity, record, found) else { return nil }
        let deletes =
            forgotten == 0
            ? "" : "; \(forgotten) deleted within the last day count against the limits, whoever deleted them"
        var warning = Warning(
            code: "state_unknown",
            message:
                "The calendar of \(identity.organization.prefix) was written before, but this state does not know it: its events "
                + "are recognized\(deletes). A hold, the history that undo needs, and what was allowed by name cannot be "
                + "recovered; if another state file has them, use that one (--state)."
        )
        warning.isUrgent = true
        return warning
    }

    /// Linked events of pages that ask for one in the window, which the listing did not have.
    private func unlisted(
        _ links: [PageID: Link],
        of calendar: CalendarObservation,
        _ calendars: CalendarClient,
        pages: [PageID: PageFinding],
        events: [EventID: LiveEvent],
        in window: EventWindow
    ) async throws(Failure) -> [LiveEvent] {
        guard case .existing(let live) = calendar else { return [] }
        let missing = links.filter { page, link in
            pages[page]?.desired.map { window.holds($0.event) } ?? false && events[link.event] == nil
        }
        .map(\.value.event)
        guard !missing.isEmpty else { return [] }
        return try await LinkedEventReader(calendars: calendars, calendar: live.id, role: live.access?.role).read(
            missing.sorted()
        )
    }

    /// Links into another calendar (one that vanished and is to be created anew) say nothing about this one.
    func links(of prefix: String, in calendar: CalendarID?) -> [PageID: Link] {
        guard let calendar else { return [:] }
        return (state.links[prefix] ?? [:]).filter { $0.value.calendar == calendar }
    }
}
