import NotionAPI
import ReconcileModel

/// What marks mean to one organization: the database says whose a calendar is, also under a prefix that it had before.
struct CalendarIdentity: Sendable {
    let organization: Organization
    let database: DatabaseID
    let dataSource: DataSourceID
    /// Prefixes that it is known to have had.
    var formerPrefixes: Set<String>
    let renames: Renames
    /// Whether a person allowed that its events come from another database.
    let mayChangeDatabase: Bool

    init(
        organization: Organization,
        source: NotionObserver.Source,
        former: Renames.Former?,
        renames: Renames,
        mayChangeDatabase: Bool
    ) {
        self.init(
            organization: organization,
            database: source.database,
            dataSource: source.dataSource.id,
            former: former,
            renames: renames,
            mayChangeDatabase: mayChangeDatabase
        )
    }

    init(
        organization: Organization,
        database: DatabaseID,
        dataSource: DataSourceID,
        former: Renames.Former?,
        renames: Renames,
        mayChangeDatabase: Bool
    ) {
        (self.organization, self.renames, self.mayChangeDatabase) = (organization, renames, mayChangeDatabase)
        (self.database, self.dataSource) = (database, dataSource)
        formerPrefixes = renames.formerPrefixes(of: organization, former)
    }

    /// Whether a mark's database is ours.
    func isHere(_ mark: CalendarMark) -> Bool { mark.database.means(database, dataSource) }

    /// Whether a prefix is the organization's, or one that it had.
    func isOwn(_ prefix: String) -> Bool { prefix == organization.prefix || formerPrefixes.contains(prefix) }

    /// Whether the marks of an event are ours: they name us, and no other database.
    func isOwn(_ marks: EventMarks) -> Bool { names(marks) && (marks.database ?? database) == database }

    /// Whether the marks of an event name us, of whichever database: the organization, or our database under a prefix that was
    /// ours as far as anybody knows.
    func names(_ marks: EventMarks) -> Bool {
        guard let name = marks.organization else { return false }
        if isOwn(name) { return true }
        return marks.database == database && (renames.isFree(name) || renames.isReused(name, for: database, dataSource))
    }

    /// Whether any event was written for us, be it one that is deleted.
    func wrote(anyOf events: some Sequence<LiveEvent>) -> Bool { events.contains { $0.marks.map(names) ?? false } }

    /// Whether the marks of an event name us by a prefix, whatever their database.
    func isOwnName(_ marks: EventMarks) -> Bool { marks.organization.map { isOwn($0) } ?? false }

    /// The same, knowing what the mark of the calendar tells: it may still carry a prefix that the organization had before.
    func knowing(_ calendar: CalendarObservation) -> CalendarIdentity {
        guard let mark = calendar.mark, !renames.isOthers(mark.prefix, than: organization) else { return self }
        var identity = self
        identity.formerPrefixes.insert(mark.prefix)
        return identity
    }

    func names(_ mark: CalendarMark) -> Bool { isOwn(mark.prefix) }

    /// Whether a calendar is one of several that are marked for us: between these the declaration chooses, and nothing moves.
    func isChosen(_ calendar: CalendarObservation) -> Bool {
        // Anybody can copy a mark.
        guard case .existing(let live) = calendar, live.isCreatedByUs, let mark = live.mark else { return false }
        return names(mark) && isHere(mark)
    }

    /// Whether a mark may be ours: it names us, or nobody who is declared, and our database.
    func mayMean(_ mark: CalendarMark) -> Bool {
        names(mark) || renames.mayBeFormer(mark, database: database, dataSource: dataSource)
    }

    /// Whether a mark means our database under a prefix that is another organization's by now.
    func isReused(_ mark: CalendarMark) -> Bool {
        isHere(mark) && !isOwn(mark.prefix) && renames.isReused(mark.prefix, for: database, dataSource)
    }

    /// - Throws: where a calendar that the state, the declaration or its mark gave carries the mark of something else.
    func check(_ mark: CalendarMark, on id: CalendarID) throws(Failure) {
        // The state has the organization under its own prefix, and yet its calendar got another one that the state never heard of:
        // somebody renamed it elsewhere, and these declarations are out of date. Both would mark it in turns.
        let isRenamedElsewhere = !names(mark) && renames.isRemembered(organization)
        // Its prefix may be another organization's by now: then whoever names it says that it is this one's.
        let isNamed = organization.googleCalendar == id && isReused(mark)
        guard isNamed || mayMean(mark), !isRenamedElsewhere else { throw another(mark, id) }
        guard !isHere(mark) else { return }
        try renames.checkReuse(of: mark, by: organization)
        guard mayChangeDatabase else {
            throw Failure(
                code: .calendarOfAnotherDatabase,
                message: "The calendar \(id) is marked for the Notion database \(mark.database), "
                    + "but \(organization.source.file) names \(database).",
                hint: Self.changeHint("notion_database_id", organization, isOnHold: renames.isOnHold(organization))
            )
        }
    }

    private func another(_ mark: CalendarMark, _ id: CalendarID) -> Failure {
        let file = organization.source.file
        return Failure(
            code: "calendar_of_another_organization",
            message: "The calendar \(id) is marked for the organization \(mark.prefix).",
            hint: renames.isFree(mark.prefix)
                ? "If that is what \(organization.prefix) was called, add `previously: [\(mark.prefix)]` to \(file); if it is what "
                    + "it is called now, bring the declarations up to date; otherwise name another google_calendar_id, or none."
                : "Name another google_calendar_id in \(file), or none."
        )
    }

    /// What to do where an organization has another database than before.
    ///
    /// - Parameter isOnHold: whether a run looks at it only where it is released.
    static func changeHint(_ key: String, _ organization: Organization, isOnHold: Bool) -> String {
        let prefix = organization.prefix
        let options = "--allow-database-change \(prefix)\(isOnHold ? " --release \(prefix)" : "")"
        return
            "Restore \(key). If it really changed, `reconcile plan \(prefix) \(options)` shows what becomes of each event, and "
            + "apply with the same option\(isOnHold ? "s" : "") carries it out."
    }
}
