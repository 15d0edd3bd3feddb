import ReconcileModel

/// What the mark of the calendar tells of the organization, and what people are told of it.
extension OrganizationState {
    /// The calendar may still carry the prefix that the organization had, or the database.
    ///
    /// - Parameter identity: the organization's, knowing this calendar.
    mutating func heedMark(of identity: CalendarIdentity) {
        guard let mark = calendar.mark else { return }
        if identity.names(mark) {
            ownership.prefixes.insert(mark.prefix)
            if mark.prefix != identity.organization.prefix, renamedFrom == nil { renamedFrom = mark.prefix }
        }
        guard !identity.isHere(mark), databaseChange == nil else { return }
        databaseChange = DatabaseChange(database: mark.database)
    }

    var isCalendarMarked: Bool { markedPrefix != nil }

    /// The one other database that the marks of all our events name; nil: some are of pages that are here, or of several.
    func databaseOfMarks(isOwn: (EventMarks) -> Bool) -> DatabaseID? {
        var databases: Set<DatabaseID> = []
        for event in events.values where event.standsAlone {
            guard let marks = event.marks, isOwn(marks) else { continue }
            if pages[marks.page] != nil || marks.database == database { return nil }
            if let other = marks.database { databases.insert(other) }
        }
        return databases.count == 1 ? databases.first : nil
    }

    mutating func tellChanges(of organization: Organization) {
        if let former = renamedFrom ?? markedPrefix, former != organization.prefix {
            let message =
                "\"\(organization.prefix)\" was \"\(former)\" before: its calendar, events and links are kept."
            warnings.append(Warning(code: "organization_renamed", message: message))
        }
        if let change = databaseChange {
            let (from, to) =
                change.database == database
                ? ("data source \(change.dataSource?.rawValue ?? "unknown")", "\(dataSource?.rawValue ?? "unknown")")
                : ("Notion database \(change.database)", "\(database)")
            let message =
                "The events come from \(to) now, no longer from the \(from): those with the same title at the same time are "
                + "kept, the others are replaced."
            warnings.append(Warning(code: "database_changed", message: message))
        }
    }

    private var markedPrefix: String? { calendar.mark?.prefix }
}
