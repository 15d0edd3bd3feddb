import Mapping
import NotionAPI
import ReconcileModel
import Recurring
import ZoneData

/// Reads an organization's pages and maps them to the events they ask for.
struct NotionObserver: Sendable {
    let notion: NotionClient
    let organization: Organization
    /// The data source of the last apply: another one beside it makes nothing ambiguous.
    var remembered: DataSourceID?

    /// Where the pages are, and how they are read.
    struct Source: Sendable {
        var dataSource: NotionDataSource
        var database: DatabaseID
        var mapping: SchemaMapping
    }

    /// What the listed pages ask for.
    struct Pages: Sendable {
        /// Where events are looked after: of what lies outside nothing is said.
        let window: EventWindow
        var findings: [PageID: PageFinding] = [:]
        /// What they are told of their events; empty where they are told nothing.
        var feedback: [PageID: PageFeedback] = [:]
        var warnings: [Warning] = []
        var listing = ListingState.complete
    }

    /// With a mapping as at a first run.
    func source() async throws(Failure) -> Source {
        guard let reference = organization.notion else {
            throw Failure(
                code: "notion_database_missing",
                message: "\(organization.source) declares no notion_database_id.",
                hint: "Add the id or the URL of the organization's Notion database."
            )
        }
        let dataSource: NotionDataSource
        do throws(NotionError) {
            dataSource = try await notion.resolve(
                reference,
                dataSource: organization.dataSource,
                remembered: remembered
            )
        } catch {
            throw error.failure
        }
        let mapping = try SchemaMapping.resolve(organization, in: dataSource)
        return Source(dataSource: dataSource, database: dataSource.databaseID ?? reference.id, mapping: mapping)
    }

    /// - Parameter now: when the run looks: what is today in a filter.
    func read(_ source: Source, now: Timestamp) async -> Result<Pages, Failure> {
        let mapper = mapper(source, now: now)
        var pages = Pages(window: organization.eventWindow(now: now))
        var unfinished: [NotionError] = []
        do throws(NotionError) {
            let completeness = try await list(source, properties: source.mapping.queriedIDs, now: now) {
                page async throws(NotionError) in
                do throws(NotionError) {
                    let page = try await whole(page, source, mapper)
                    let outcome = mapper.outcome(for: page)
                    pages.add(outcome)
                    pages.feedback[page.id] = mapper.feedback(of: page, outcome, in: pages.window)
                } catch {
                    // One row in trouble must not stop the others.
                    guard error.concernsOneObject else { throw error }
                    pages.add(mapper.outcome(forUnfinished: page, because: error.failure.message))
                    unfinished.append(error)
                }
            }
            if case .incomplete(let reason) = completeness {
                pages.listing = .incomplete(Self.incomplete(source.dataSource, reason))
            }
        } catch {
            return .failure(error.failure)
        }
        pages.distrust(after: unfinished)
        return .success(pages)
    }

    /// The pages that pass the filter as Notion applies it.
    ///
    /// - Throws: also where it did not list every one.
    func listed(_ source: Source, now: Timestamp) async throws(Failure) -> Set<PageID> {
        var listed: Set<PageID> = []
        let completeness: ListingCompleteness
        do throws(NotionError) {
            completeness = try await list(source, properties: Array(source.mapping.propertyIDs.prefix(1)), now: now) {
                listed.insert($0.id)
            }
        } catch {
            throw error.failure
        }
        if case .incomplete(let reason) = completeness { throw Self.incomplete(source.dataSource, reason) }
        return listed
    }

    func mapper(_ source: Source, now: Timestamp) -> PageMapper {
        PageMapper(mapping: source.mapping, organization: organization, now: now)
    }

    /// A page with all that its event, or the decision that it has none, is made of.
    func whole(
        _ page: NotionPage,
        _ source: Source,
        _ mapper: PageMapper
    ) async throws(NotionError) -> NotionPage {
        let decidable = try await notion.completedPage(page, properties: source.mapping.filterIDs)
        // What is left out needs no more.
        if mapper.leavesOut(decidable) { return decidable }
        let others = source.mapping.propertyIDs.filter { !source.mapping.filterIDs.contains($0) }
        return try await notion.completedPage(decidable, properties: others)
    }

    /// Lists the pages that may pass the filter.
    private func list(
        _ source: Source,
        properties: [PropertyID],
        now: Timestamp,
        receive: (NotionPage) async throws(NotionError) -> Void
    ) async throws(NotionError) -> ListingCompleteness {
        let filter = source.mapping.query(of: organization, now: now)
        let id = source.dataSource.id
        do throws(NotionError) {
            return try await notion.pages(of: id, properties: properties, filter: filter, receive: receive)
        } catch {
            // Which pages become events is decided here in any case: what Notion does not take of a filter that we made is left out.
            guard case .validation("validation_error", let reason) = error, filter != nil else { throw error }
            if case .notion(let raw)? = organization.filter {
                throw .validation(code: "validation_error", message: "the filter of \(raw.source): \(reason)")
            }
            return try await notion.pages(of: id, properties: properties, receive: receive)
        }
    }

    static func incomplete(_ source: NotionDataSource, _ reason: String) -> Failure {
        Failure(
            code: "notion_listing_incomplete",
            message: "Notion did not list every page of \"\(source.title)\" (\(reason)): nothing is deleted.",
            hint: "Run again; if it stays, check the database in Notion."
        )
    }
}

extension NotionObserver.Pages {
    /// What could not be read is an error of the run. A page that vanished after it was listed is none.
    mutating func distrust(after errors: [NotionError]) {
        let lasting = errors.filter { error in
            if case .notFound = error { false } else { true }
        }
        guard listing == .complete, let first = lasting.first else { return }
        let pages = counted(lasting.count, "page")
        listing = .incomplete(
            Failure(
                code: "notion_page_unfinished",
                message: "Notion did not give \(pages) whole, so nothing is deleted: \(first.failure.message)",
                hint: first.failure.hint ?? "Run again; if it stays, open the page that the warning names in Notion."
            )
        )
    }

    mutating func add(_ outcome: PageOutcome) {
        switch outcome {
        case .event(let event, let warnings):
            findings.add(.wants(event), of: event.page)
            if window.holds(event.event) { self.warnings += warnings }
        case .undated(let page, _): findings.add(.absent(.undated), of: page)
        case .filteredOut(let page, _, _): findings.add(.absent(.filteredOut), of: page)
        case .cancelled(let page, _): findings.add(.absent(.cancelled), of: page)
        case .invalid(let page, _, let warning, _):
            findings.add(.invalid, of: page)
            warnings.append(warning)
        case .trashed(let page): findings.add(.absent(.trashed), of: page)
        case .archived(let page): findings.add(.absent(.archived), of: page)
        }
    }
}

extension NotionObserver.Source {
    /// Where the organization's events came from at the last apply, where that is not here: their pages would all be taken for
    /// moved away. A calendar that we created says by its mark which database it belongs to; one given by id does not, and none
    /// tells data sources apart.
    func databaseChange(from known: KnownSource) -> DatabaseChange? {
        guard known.isInUse, let database = known.database else { return nil }
        // A calendar that was set up without asking Notion is remembered by the id that the declaration names.
        if known.dataSource == nil, database.rawValue == dataSource.id.rawValue { return nil }
        let isSame = known.dataSource.map { $0 == dataSource.id } ?? true
        return database == self.database && isSame
            ? nil : DatabaseChange(database: database, dataSource: known.dataSource)
    }

    /// - Throws: where the pages come from elsewhere than at the last apply.
    func checkDatabase(against known: KnownSource, of organization: Organization) throws(Failure) {
        guard let change = databaseChange(from: known) else { return }
        throw refusal(of: change, organization, isOnHold: known.isOnHold)
    }

    /// Whether a page with this parent is one of the organization's.
    func holds(_ parent: NotionPage.Parent) -> Bool {
        if let other = parent.dataSource { return other == dataSource.id }
        return parent.database == database
    }

    /// What another place of pages means: another database, or another data source of this one.
    func change(from place: PagePlace) -> DatabaseChange? {
        guard let other = place.database else { return nil }
        if other != database { return DatabaseChange(database: other) }
        guard let former = place.dataSource, former != dataSource.id else { return nil }
        return DatabaseChange(database: database, dataSource: former)
    }

    /// Takes note that the events come from somewhere else, as far as only they tell.
    ///
    /// - Throws: where nobody allowed that.
    func heed(
        _ place: PagePlace,
        of identity: CalendarIdentity,
        _ state: inout OrganizationState
    ) throws(Failure) {
        guard let change = change(from: place) else { return }
        guard identity.mayChangeDatabase else { throw refusal(of: change, identity) }
        state.databaseChange = change
        for (page, finding) in state.pages {
            guard case .absent(.moved, let seenAt) = finding else { continue }
            state.pages[page] = .absent(.replaced, seenAt: seenAt)
        }
    }

    func refusal(of change: DatabaseChange, _ identity: CalendarIdentity) -> Failure {
        let organization = identity.organization
        return refusal(of: change, organization, isOnHold: identity.renames.isOnHold(organization))
    }

    private func refusal(of change: DatabaseChange, _ organization: Organization, isOnHold: Bool) -> Failure {
        let file = organization.source.file
        if change.database != database {
            return Failure(
                code: .notionDatabaseChanged,
                message:
                    "\(file) names the Notion database \(database), but the events of \(organization.prefix) come from "
                    + "pages of \(change.database); nothing was changed.",
                hint: CalendarIdentity.changeHint("notion_database_id", organization, isOnHold: isOnHold)
            )
        }
        let former = change.dataSource.map(\.rawValue) ?? "another one"
        return Failure(
            code: .notionDataSourceChanged,
            message: "\(file) means the data source \(dataSource.id) (\"\(dataSource.title)\"), but the events of "
                + "\(organization.prefix) come from pages of \(former) in the same database; nothing was changed.",
            hint: CalendarIdentity.changeHint(
                "the first one with `data_source: \(former)`",
                organization,
                isOnHold: isOnHold
            )
        )
    }
}

/// Where a page stands.
struct PagePlace: Hashable, Sendable {
    var database: DatabaseID?
    /// Nil: not known.
    var dataSource: DataSourceID?
}

extension PagePlace {
    /// Nil for a page that is no row of a database, or does not tell.
    init?(_ parent: NotionPage.Parent) {
        guard let database = parent.database else { return nil }
        self.init(database: database, dataSource: parent.dataSource)
    }
}

/// Where the events of an organization came from at the last apply.
struct KnownSource: Sendable {
    var database: DatabaseID?
    var dataSource: DataSourceID?
    /// Whether there is anything that a change could lose.
    var isInUse: Bool
    /// Whether a run looks at the organization only where it is released.
    var isOnHold: Bool
}

extension KnownSource {
    /// - Parameter prefix: under which the state has the organization.
    init(_ state: StateSnapshot, of prefix: String) {
        let record = state.organizations[prefix]
        database = state.database(of: prefix)
        dataSource = record?.source.dataSource
        isInUse = state.isInUse(prefix) || record?.calendar.given != nil
        isOnHold = record?.hold != nil
    }

    /// As far as it can be told where nobody asked for links.
    init(withoutLinks record: OrganizationRecord?) {
        database = record?.source.database
        dataSource = record?.source.dataSource
        isInUse = record.map { $0.calendar.id != nil || $0.source.dataSource != nil } ?? false
        isOnHold = record?.hold != nil
    }
}

extension Organization {
    /// Whether which pages become events is decided by Notion alone.
    var isFilteredByNotion: Bool {
        guard case .notion? = filter else { return false }
        return true
    }

    /// Nobody chose the zone in which its events are shown: that is seldom meant.
    var zoneWarning: Warning? {
        guard !isTimeZoneNamed else { return nil }
        return Warning(
            code: "timezone_not_named",
            message:
                "\(source.file) names no time zone, nor do _defaults.yaml and the variable TIMEZONE: times are shown in "
                + "\(timeZone). Add a line such as `timezone: America/Phoenix`."
        )
    }
}
