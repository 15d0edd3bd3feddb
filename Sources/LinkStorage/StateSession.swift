package import ReconcileModel

/// The state in the hands of the one run that has its lock, which ends with the last reference to the session.
///
/// A deed is one transaction: after a crash the state says either that it happened or that it did not. Each looks first whether the
/// lock still is ours.
package protocol StateSession: Sendable {
    // MARK: - Questions

    /// All that a plan needs.
    func snapshot() async throws(StateError) -> StateSnapshot

    func links(of prefix: String) async throws(StateError) -> [PageID: Link]

    /// What subscribers were shown last.
    func published(of prefix: String) async throws(StateError) -> [PageID: PublishedEvent]

    /// Whether a run of the last ten minutes may have created the organization's calendar without knowing it: it was killed, or
    /// got no answer.
    func hasOpenCalendarCreation(of prefix: String) async throws(StateError) -> Bool

    /// The calendar of the organization that a run deleted, or was about to, after which none was created; nil: there is none.
    func lastCalendarDeletion(of prefix: String) async throws(StateError) -> CalendarID?

    // MARK: - The run and its journal

    /// - Parameter undone: the run that this one takes back.
    func beginRun(_ origin: RunRecord.Origin, undoes undone: RunID?) async throws(StateError) -> RunID

    func finishRun(_ run: RunID, outcome: String) async throws(StateError)

    /// Records what is about to be written.
    ///
    /// - Returns: the number of each intent in the run, in the order given.
    func record(_ intents: [JournalIntent], in run: RunID) async throws(StateError) -> [Int]

    /// Records what became of intents, and the links that follow.
    func record(_ results: [JournalResult], in run: RunID, organization: String) async throws(StateError)

    // MARK: - Links

    /// Changes links without a write to Google: adoptions, and links whose page and event are both gone.
    func update(links: [JournalResult.LinkChange], organization: String) async throws(StateError)

    /// Puts links in the place of all that an organization had.
    func replaceLinks(of prefix: String, with links: [Link]) async throws(StateError)

    /// Forgets links without touching Google: of one page, or all of an organization and which calendar it has.
    ///
    /// What was forgotten is recognized by its marks at the next run. Which fields the pages decide is a decision of people and
    /// stays.
    func forget(_ page: PageID?, of prefix: String) async throws(StateError)

    // MARK: - Organizations

    /// Remembers an organization and, where known, its data source and calendar. Links to another calendar are forgotten: their
    /// events live where nobody looks any more.
    ///
    /// - Parameters:
    ///   - former: a prefix that it had before, as its calendar tells.
    ///   - grants: which access rules of the calendar are ours, or may become it, in place of what was remembered of it and of one
    ///     that was about to be created; nil: as before.
    func remember(
        _ organization: Organization,
        database: DatabaseID,
        dataSource: DataSourceID?,
        calendar: CalendarID?,
        formerly former: String?,
        grants: [AccessGrant]?
    ) async throws(StateError)

    /// Remembers that an organization's events go to another calendar, which is its own from now on: a person allowed it, and any later
    /// run completes it. Links into the former one stay until then.
    func beginMove(
        of organization: Organization,
        from former: CalendarID,
        to calendar: CalendarID
    ) async throws(StateError)

    /// Nothing of an organization is to be moved any more: what is left of its former calendar is forgotten.
    func finishMove(of prefix: String) async throws(StateError)

    /// Remembers what a run found of an organization, beside its events.
    func remember(_ findings: OrganizationFindings, of prefix: String) async throws(StateError)

    /// Remembers which access rules of a calendar are ours, or may become it, as `remember` of the organization does.
    ///
    /// - Parameter calendar: nil: the one that is about to be created.
    func remember(_ grants: [AccessGrant], of prefix: String, on calendar: CalendarID?) async throws(StateError)

    /// Remembers what the pages of an organization decide, so that a property that vanishes is missed.
    func remember(managedFields fields: Set<EventField>, of prefix: String) async throws(StateError)

    /// Notes a run of this organization that ended without errors.
    func markSynced(_ prefix: String) async throws(StateError)

    /// Gives an organization another prefix. Its number, calendar, links, journal, hold and all else that is remembered go along,
    /// and the prefix it had is remembered as its own.
    ///
    /// Nothing happens where the old prefix is not known, or the new one already has a calendar or links.
    func rename(_ old: String, to new: String) async throws(StateError)

    /// After a run that went over to another database was taken back: its events come from the former one again, and which data source
    /// that was is not known. The next run needs to be allowed to go over as the first one did.
    func returnToDatabase(_ former: DatabaseID, _ prefix: String) async throws(StateError)

    /// From now on these are left alone, until released.
    func hold(_ prefixes: [String], after run: RunID) async throws(StateError)

    func release(_ prefixes: [String]) async throws(StateError)

    /// Forgets all that an organization had but its number, its name and its history, which tells of it.
    func retire(_ prefix: String, in run: RunID) async throws(StateError)

    // MARK: - The state as a whole

    /// Remembers which account writes an organization that is remembered already, so that another one is noticed.
    ///
    /// - Parameter access: how the account is reached.
    func remember(account: String, by access: OrganizationRecord.Access, of prefix: String) async throws(StateError)

    /// Remembers when Notion refused to have the pages of an organization written.
    ///
    /// - Parameter way: what was tried, and as whom; nil: it takes what is written.
    func remember(refusedPages way: String?, of prefix: String) async throws(StateError)

    /// Puts `contents` in the place of all that was published of an organization.
    ///
    /// - Returns: what is published now.
    func publish(
        _ contents: [PageID: (event: EventContent, hash: ContentHash)],
        of prefix: String
    ) async throws(StateError) -> [PageID: PublishedEvent]

    /// Gives a damaged state another name, so that a new one can take its place. Only before the first use of anything else here.
    ///
    /// - Returns: where it is kept now.
    func keepAside() async throws(StateError) -> String
}

extension StateSession {
    /// A run that takes none back.
    package func beginRun(_ origin: RunRecord.Origin) async throws(StateError) -> RunID {
        try await beginRun(origin, undoes: nil)
    }

    /// An organization of which neither the data source nor a former prefix is told.
    package func remember(
        _ organization: Organization,
        database: DatabaseID,
        calendar: CalendarID?
    ) async throws(StateError) {
        try await remember(
            organization,
            database: database,
            dataSource: nil,
            calendar: calendar,
            formerly: nil,
            grants: nil
        )
    }

    /// An organization of whose access rules nothing new is known.
    package func remember(
        _ organization: Organization,
        database: DatabaseID,
        dataSource: DataSourceID?,
        calendar: CalendarID?,
        formerly former: String?
    ) async throws(StateError) {
        try await remember(
            organization,
            database: database,
            dataSource: dataSource,
            calendar: calendar,
            formerly: former,
            grants: nil
        )
    }
}

/// What a run finds of an organization, beside its events.
package struct OrganizationFindings: Sendable {
    /// What its pages decide: so a property that vanishes is missed.
    package var managedFields: Set<EventField>
    /// Where these come from, so that a later run can say what changed; nil: as before.
    package var origins: FieldOrigins?
    /// Pages that were looked at alone and whose events stay; others are forgotten.
    package var held: [PageID: HeldAbsence]
    /// How many events there are while deletes are blocked, so that what is created meanwhile makes no room for them; nil: none
    /// are blocked. Of several such numbers the smallest is kept.
    package var eventsWhenBlocked: Int?

    package init(
        managedFields: Set<EventField>,
        origins: FieldOrigins?,
        held: [PageID: HeldAbsence],
        eventsWhenBlocked: Int?
    ) {
        self.managedFields = managedFields
        self.origins = origins
        self.held = held
        self.eventsWhenBlocked = eventsWhenBlocked
    }
}
