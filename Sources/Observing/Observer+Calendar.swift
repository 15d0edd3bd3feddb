import CalendarAPI
package import ReconcileModel

/// The calendar of an organization by Google, the state and the declaration alone: Notion need not answer for that.
extension Observer {
    /// What was seen of the calendar, with the errors that a run would have; nothing is read of events and pages.
    ///
    /// - Parameter heedsHold: whether nothing is looked for where the organization is on hold.
    /// - Returns: nil where only Notion can tell whether it is the same database.
    package func observeCalendar(
        of organization: Organization,
        heedsHold: Bool = true
    ) async -> OrganizationObservation? {
        if heedsHold, let standing = standing(of: organization) {
            return OrganizationObservation(organization: organization, content: .leftAlone(standing))
        }
        do throws(Failure) {
            guard let state = try await calendarState(of: organization) else { return nil }
            let observed = OrganizationObservation(organization: organization, content: .observed(state))
            return separated([observed]).first
        } catch {
            // Which database a declared id stands for may be what the mark disagrees about.
            guard error.code != .calendarOfAnotherDatabase else { return nil }
            return OrganizationObservation(organization: organization, content: .failed(error))
        }
    }

    private func calendarState(of organization: Organization) async throws(Failure) -> OrganizationState? {
        guard let reference = organization.notion else { return nil }
        let calendars = try clients(organization).calendars
        let former = try renames.former(of: organization, database: reference.id, dataSource: nil)
        let record = former?.record ?? state.organizations[organization.prefix]
        try allowances.check(calendars.account, against: record, of: organization)
        let moves = CalendarMoves(
            organization: organization,
            record: record,
            mayMove: allowances.moves.contains(organization.prefix)
        )
        let known = KnownSource(state, of: former?.prefix ?? organization.prefix)
        let isSame = known.database == reference.id || known.dataSource?.rawValue == reference.id.rawValue
        guard isSame || known.database == nil else { return nil }
        // Of an organization that is new to the state the declared id may be that of a data source: the next run says so.
        let database = known.database ?? reference.id
        let dataSource = known.dataSource ?? DataSourceID(rawValue: reference.id.rawValue)
        try renames.checkReuse(of: organization, database: database, dataSource: dataSource)
        let directory = CalendarDirectory(calendars: calendars)
        let identity = CalendarIdentity(
            organization: organization,
            database: database,
            dataSource: dataSource,
            former: former,
            renames: renames,
            mayChangeDatabase: false
        )
        let reader = CalendarObserver(
            calendars: calendars,
            directory: directory,
            identity: identity,
            linked: record?.calendar.id,
            given: record?.calendar.given,
            leaving: record?.calendar.leaving,
            mayRecreate: allowances.recreations.contains(organization.prefix)
        )
        let calendar = try await reader.find()
        if let move = try moves.current(), !move.isAllowed, !identity.isChosen(calendar) {
            throw moves.notAllowed(from: move.from)
        }
        if case .missing = calendar, known.database == nil, try await hasUnknown(directory, beside: organization) {
            return nil
        }
        var found = OrganizationState(
            database: database,
            calendar: calendar,
            ownership: state.ownership(
                of: organization,
                database: database,
                dataSource,
                formerly: former,
                among: declared,
                on: calendar.id
            )
        )
        found.dataSource = known.dataSource
        found.renamedFrom = former?.prefix
        found.grants = (record?.grants ?? []).of(calendar)
        found.account = calendars.account
        return found
    }

    /// Whether a calendar carries a mark and is not known to be another organization's: it may be this one's from before a rename,
    /// and which database a declared id stands for, only Notion can tell.
    private func hasUnknown(
        _ directory: CalendarDirectory,
        beside organization: Organization
    ) async throws(Failure) -> Bool {
        let known = renames.calendars(ofOthersThan: organization)
        do throws(CalendarError) { return try await directory.marked().contains { !known.contains($0.id) } } catch {
            throw error.failure
        }
    }
}

extension [AccessGrant] {
    /// Those of a calendar that was found, or is to be created.
    func of(_ calendar: CalendarObservation) -> [AccessGrant] {
        guard case .existing(let live) = calendar else { return of(nil, isCreatedByUs: true) }
        return of(live.id, isCreatedByUs: live.isCreatedByUs)
    }
}
