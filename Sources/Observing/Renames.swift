package import ReconcileModel

/// Tells which prefixes stand for which declared organization: a prefix may change, and the Notion database tells whose the
/// calendar, the links and the events of an undeclared one are. Pure.
package struct Renames: Sendable {
    let state: StateSnapshot
    /// All that are declared, or may be: those without mistakes, and those of which little is known.
    let declared: [Organization]
    private let sound: [Organization]
    /// Of them, those of which little is known.
    private let reserved: [Organization]
    private let hidingFile: String?

    /// - Parameter declared: all that is declared, whether the run is about it or not.
    package init(state: StateSnapshot, declared: DeclaredOrganizations) {
        self.state = state
        sound = declared.sound
        reserved = declared.reserved(among: state.organizations.values)
        self.declared = sound + reserved
        hidingFile = declared.hidingFile
    }

    /// What the state has under a prefix that is no longer declared.
    package struct Former: Sendable {
        package var prefix: String
        package var record: OrganizationRecord
    }

    /// What the state has of the organization, as far as that can be told before Notion was asked.
    package func likelyRecord(of organization: Organization) -> OrganizationRecord? {
        former(of: organization)?.record ?? state.organizations[organization.prefix]
    }

    /// Whether the state has it on hold.
    func isOnHold(_ organization: Organization) -> Bool { likelyRecord(of: organization)?.hold != nil }

    /// As `former(of:database:dataSource:)`, before Notion was asked; nil also where it cannot be told.
    package func former(of organization: Organization) -> Former? {
        do throws(Failure) {
            return try former(of: organization, database: organization.notion?.id, dataSource: nil)
        } catch { return nil }
    }

    /// Organizations that the state still has under a prefix that they had before.
    package var pending: [(old: String, new: String)] {
        sound.compactMap { organization in
            former(of: organization).map { (old: $0.prefix, new: organization.prefix) }
        }
    }

    /// Organizations that nobody declares any more and nobody may take over, in the order of their prefixes; none is called so while a file
    /// may be its declaration.
    package var orphans: [OrganizationRecord] {
        guard hidingFile == nil else { return [] }
        return state.organizations.values.filter { record in
            state.hasHoldings(record.prefix) && isFree(record.prefix)
                && !declared.contains { mayTakeOver(record, $0) }
        }.sorted { $0.prefix < $1.prefix }
    }

    /// Whether there is anything at Google that the state gives to an organization.
    package func isHeld(_ record: OrganizationRecord) -> Bool { state.hasHoldings(record.prefix) }

    /// Whether an organization without a past of its own has, or may have, the database of one that is not declared any more.
    private func mayTakeOver(_ record: OrganizationRecord, _ organization: Organization) -> Bool {
        guard !state.isInUse(organization.prefix) else { return false }
        if let database = organization.notion?.id { return state.comes(record, from: database, nil) }
        return reserved.contains { $0.prefix == organization.prefix }
    }

    /// Whether a prefix is nobody's: neither declared nor named as a former one.
    func isFree(_ prefix: String) -> Bool {
        !declared.contains { $0.prefix == prefix || $0.previously.contains(prefix) }
    }

    /// Whether another organization has the prefix by now, or names it as a former one of its own.
    func isOthers(_ prefix: String, than organization: Organization) -> Bool {
        declared.contains { other in
            other.prefix != organization.prefix && (other.prefix == prefix || other.previously.contains(prefix))
        }
    }

    /// Whether a prefix is declared for another database by now: what carries it together with this database is of whoever had
    /// the prefix before.
    ///
    /// - Parameter dataSource: by whose id the other one may mean this database as well; nil: not known.
    func isReused(_ prefix: String, for database: DatabaseID, _ dataSource: DataSourceID?) -> Bool {
        declared.contains { other in
            guard other.prefix == prefix, let declared = other.notion?.id, !declared.means(database, dataSource)
            else { return false }
            // A declaration may name a data source of the database.
            return !state.organizations.values.contains { record in
                record.source.database == database && record.source.dataSource?.rawValue == declared.rawValue
            }
        }
    }

    /// Prefixes that are the organization's no more than their database says.
    func reusedPrefixes(for database: DatabaseID, _ dataSource: DataSourceID?) -> Set<String> {
        Set(declared.map(\.prefix).filter { isReused($0, for: database, dataSource) })
    }

    /// Another organization that declares a database, or a data source, as its own.
    private func heir(
        of database: DatabaseID,
        _ dataSource: DataSourceID?,
        than organization: Organization
    ) -> Organization? {
        declared.first { other in
            guard other.prefix != organization.prefix, let named = other.notion?.id else { return false }
            return named.means(database, dataSource)
        }
    }

    /// - Throws: where a calendar is marked for the organization's prefix and a database that another one declares by now.
    func checkReuse(of mark: CalendarMark, by organization: Organization) throws(Failure) {
        guard let heir = heir(of: mark.database, nil, than: organization) else { return }
        throw exchanged(mark.prefix, of: mark.database, heir, organization)
    }

    /// - Throws: where prefixes were exchanged: what the state has under one of them belongs to another organization by now, and
    ///   neither can be told from a changed database.
    package func checkReuse(
        of organization: Organization,
        database: DatabaseID,
        dataSource: DataSourceID
    ) throws(Failure) {
        if let own = state.organizations[organization.prefix], state.isInUse(own.prefix) {
            guard let known = state.database(of: own.prefix), !known.means(database, dataSource),
                let heir = heir(of: known, own.source.dataSource, than: organization)
            else { return }
            throw exchanged(organization.prefix, of: known, heir, organization)
        }
        let held = state.organizations.sorted { $0.key < $1.key }.first { prefix, record in
            prefix != organization.prefix && state.isInUse(prefix) && state.comes(record, from: database, dataSource)
                && isReused(prefix, for: database, dataSource)
        }
        guard let (prefix, _) = held, let holder = declared.first(where: { $0.prefix == prefix }) else { return }
        throw exchanged(prefix, of: database, organization, holder)
    }

    /// The prefixes that the organization is known to have had, by its declaration or by the state.
    func formerPrefixes(of organization: Organization) -> Set<String> {
        let remembered = state.organizations[organization.prefix]?.formerPrefixes ?? []
        return Set(organization.previously).union(remembered.filter(isFree))
    }

    func formerPrefixes(of organization: Organization, _ former: Former?) -> Set<String> {
        let known = formerPrefixes(of: organization)
        guard let former else { return known }
        return known.union(former.record.formerPrefixes.filter(isFree)).union([former.prefix])
    }

    /// What the state has of the organization under a prefix that it had before; nil: nothing, or it has it under its own.
    ///
    /// - Parameters:
    ///   - database: the Notion database of the declaration.
    ///   - dataSource: nil: not known yet.
    /// - Throws: where it cannot be told whose it is.
    func former(
        of organization: Organization,
        database: DatabaseID?,
        dataSource: DataSourceID?
    ) throws(Failure) -> Former? {
        guard !state.isInUse(organization.prefix) else { return nil }
        try checkReserved(for: organization, database, dataSource)
        let named = organization.previously.compactMap { prefix in
            state.organizations[prefix].map { Former(prefix: prefix, record: $0) }
        }
        if let settled = named.first(where: { state.isInUse($0.prefix) }) ?? named.first { return settled }
        guard let database else { return nil }
        let candidates = state.organizations.filter { prefix, record in
            isFree(prefix) && prefix != organization.prefix && state.comes(record, from: database, dataSource)
        }.sorted { $0.key < $1.key }
        guard let (prefix, record) = candidates.first else { return nil }
        guard candidates.count == 1 else { throw ambiguous(organization, candidates.map(\.key), database) }
        // The data source tells two declarations on one database apart.
        if record.source.dataSource == nil || dataSource == nil {
            let rivals = rivals(of: organization, for: database, dataSource).filter { !state.isInUse($0.prefix) }
            guard rivals.isEmpty else {
                if state.isInUse(prefix) { throw contested(prefix, organization, rivals) }
                return nil
            }
        }
        return Former(prefix: prefix, record: record)
    }

    /// - Throws: where the organization would take over what may be another one's, of which the declaration cannot be read.
    private func checkReserved(
        for organization: Organization,
        _ database: DatabaseID?,
        _ dataSource: DataSourceID?
    ) throws(Failure) {
        let taken = reserved.first { other in
            guard other.prefix != organization.prefix, let record = state.organizations[other.prefix],
                state.isInUse(other.prefix)
            else { return false }
            if organization.previously.contains(other.prefix) { return true }
            return database.map { state.comes(record, from: $0, dataSource) } ?? false
        }
        guard let taken else { return }
        throw undecided(organization, taken.prefix, taken.source.file)
    }

    /// - Throws: where a calendar is marked for a prefix of nobody, and a file that cannot be read may be whose it is.
    func checkHidden(_ mark: CalendarMark, for organization: Organization) throws(Failure) {
        guard let hidingFile else { return }
        throw undecided(organization, mark.prefix, hidingFile)
    }

    /// Whether a mark that names a prefix of nobody may be of the organization's own calendar, as far as the state knows.
    func mayBeFormer(_ mark: CalendarMark, database: DatabaseID, dataSource: DataSourceID) -> Bool {
        guard isFree(mark.prefix), mark.database.means(database, dataSource) else { return false }
        guard let known = state.organizations[mark.prefix]?.source.dataSource else { return true }
        return known == dataSource
    }

    /// Other declarations on the same database: its marks could be theirs.
    func rivals(
        of organization: Organization,
        for database: DatabaseID,
        _ dataSource: DataSourceID?
    ) -> [Organization] {
        declared.filter { other in
            guard other.prefix != organization.prefix else { return false }
            if state.organizations[other.prefix]?.source.database == database { return true }
            guard let named = other.notion?.id else { return false }
            return named.means(database, dataSource) || named == organization.notion?.id
        }
    }

    /// Another declared organization that has the calendar, by its declaration or by the state.
    func holder(of calendar: CalendarID, than organization: Organization) -> Organization? {
        declared.first { $0.prefix != organization.prefix && isOn(calendar, $0) }
    }

    /// Calendars that the state gives to others: what an organization of before had may be this one's by now.
    func calendars(ofOthersThan organization: Organization) -> Set<CalendarID> {
        let others = state.organizations.filter { $0.key != organization.prefix && !isFree($0.key) }
        return Set(others.compactMap(\.value.calendar.id))
    }

    /// Whether a declared organization has the calendar, or still has events in it, also where the state still has it under a prefix
    /// that it had before.
    func isOn(_ calendar: CalendarID, _ organization: Organization) -> Bool {
        let remembered = likelyRecord(of: organization)?.calendar
        return organization.googleCalendar == calendar || remembered?.id == calendar || remembered?.leaving == calendar
    }

    /// Whether the state has the organization under its own prefix.
    func isRemembered(_ organization: Organization) -> Bool { state.isInUse(organization.prefix) }

    // MARK: - Messages

    private func undecided(_ organization: Organization, _ prefix: String, _ file: String) -> Failure {
        Failure(
            code: "rename_undecided",
            message:
                "\(organization.prefix) has the Notion database that \"\(prefix)\" had, or names it as its former prefix; "
                + "whether \"\(prefix)\" is still declared cannot be told, because \(file) has a mistake.",
            hint: "Mend \(file), then run again."
        )
    }

    private func exchanged(
        _ prefix: String,
        of database: DatabaseID,
        _ heir: Organization,
        _ holder: Organization
    ) -> Failure {
        Failure(
            code: .prefixReused,
            message:
                "\"\(prefix)\" stood for the Notion database \(database) so far. \(heir.source.file) declares that database as "
                + "\"\(heir.prefix)\" now, and \(holder.source.file) takes \"\(prefix)\" for another one; nothing was changed.",
            hint:
                "Restore the declarations, then change one prefix at a time, each to one that nobody has, with an apply in "
                + "between: so calendars and events go along with their organizations."
        )
    }

    /// Nobody can tell which of two declarations had a prefix before.
    func contested(_ prefix: String, _ organization: Organization, _ rivals: [Organization]) -> Failure {
        let names = ([organization] + rivals).map(\.prefix).sorted()
        return Failure(
            code: "rename_ambiguous",
            message:
                "\"\(prefix)\" is not declared any more, and \(names.joined(separator: " and ")) have the Notion database "
                + "that it had: either could be its new prefix.",
            hint:
                "Add `previously: [\(prefix)]` to the declaration of the one that had it. If none had, remove the last line of "
                + "the description of its calendar."
        )
    }

    private func ambiguous(_ organization: Organization, _ prefixes: [String], _ database: DatabaseID) -> Failure {
        Failure(
            code: "rename_ambiguous",
            message:
                "\(prefixes.map { "\"\($0)\"" }.joined(separator: " and ")) are not declared any more, and both had the Notion "
                + "database \(database): either could be \(organization.prefix) now.",
            hint: "Add the right one to \(organization.source.file): `previously: [\(prefixes.first ?? "…")]`."
        )
    }
}

extension StateSnapshot {
    /// Whether there is anything of an organization to keep. The data source is remembered with the calendar, and not forgotten with it.
    func isInUse(_ prefix: String) -> Bool {
        guard let record = organizations[prefix] else { return false }
        return record.calendar.id != nil || links[prefix]?.isEmpty == false || record.hold != nil
            || record.source.dataSource != nil
    }

    /// Whether there is anything at Google that the state gives to an organization.
    func hasHoldings(_ prefix: String) -> Bool {
        organizations[prefix]?.calendar.id != nil || links[prefix]?.isEmpty == false
    }

    /// The database that an organization's events came from at the last apply, by itself or by its links.
    func database(of prefix: String) -> DatabaseID? {
        organizations[prefix]?.source.database ?? links[prefix]?.values.map(\.database).min()
    }

    fileprivate func comes(
        _ record: OrganizationRecord,
        from database: DatabaseID,
        _ dataSource: DataSourceID?
    ) -> Bool {
        // A declaration may name the data source alone.
        if let known = record.source.dataSource {
            if let dataSource { return known == dataSource }
            return record.source.database == database || known.rawValue == database.rawValue
        }
        // A calendar that was set up without asking Notion is remembered by the id that the declaration names.
        return self.database(of: record.prefix)?.means(database, dataSource) ?? false
    }
}
