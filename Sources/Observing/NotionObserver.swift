import NotionAPI
import ReconcileModel

/// Reads an organization's pages and maps them to the events they ask for.
struct NotionObserver: Sendable {
    let notion: NotionClient
    let organization: Organization

    /// Where the pages are, and how they are read.
    struct Source: Sendable {
        var dataSource: NotionDataSource
        var database: DatabaseID
        var mapping: SchemaMapping
    }

    /// What the listed pages ask for.
    struct Pages: Sendable {
        var desired: [PageID: DesiredEvent] = [:]
        var invalid: Set<PageID> = []
        var absences: [PageID: Absence] = [:]
        var warnings: [Warning] = []
        var listing = ListingState.complete
    }

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
            dataSource = try await notion.resolve(reference, dataSource: organization.dataSource)
        } catch {
            throw error.failure
        }
        let mapping = try SchemaMapping.resolve(organization.properties, in: dataSource)
        return Source(dataSource: dataSource, database: dataSource.databaseID ?? reference.id, mapping: mapping)
    }

    func read(_ source: Source) async -> Result<Pages, Failure> {
        let mapper = PageMapper(mapping: source.mapping, organization: organization)
        let properties = source.mapping.propertyIDs
        var pages = Pages()
        var unfinished: [NotionError] = []
        do throws(NotionError) {
            let completeness = try await notion.pages(of: source.dataSource.id, properties: properties) {
                page async throws(NotionError) in
                guard page.needsCompletion(of: properties) else { return pages.add(mapper.outcome(for: page)) }
                do throws(NotionError) {
                    let whole = try await notion.completedPage(page, properties: properties)
                    pages.add(mapper.outcome(for: whole))
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
        let pages = lasting.count == 1 ? "1 page" : "\(lasting.count) pages"
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
            desired[event.page] = event
            self.warnings += warnings
        case .undated(let page, _): absences[page] = .undated
        case .invalid(let page, _, let warning):
            invalid.insert(page)
            warnings.append(warning)
        case .trashed(let page): absences[page] = .trashed
        case .archived(let page): absences[page] = .archived
        }
    }
}

extension NotionObserver.Source {
    /// A property that nobody declared and that was found by its usual name may be renamed or get another type. Then its
    /// field would silently be left alone from now on, and that is for people to decide.
    func checkFields(against remembered: Set<EventField>?, of prefix: String) throws(Failure) {
        let lost = (remembered ?? []).subtracting(mapping.managedFields).sorted()
        guard let field = lost.first else { return }
        throw Failure(
            code: "property_missing",
            message: "The property that gave the \(field.rawValue) of events is no longer in \"\(dataSource.title)\", "
                + "or its type does not fit any more; nothing was changed.",
            hint:
                "Restore it in Notion, or name the property that has it now as properties.\(field.rawValue). To leave "
                + "the \(field.rawValue) to people from now on, run `reconcile state forget \(prefix)`."
        )
    }

    /// Events that are linked with pages of another database would all be taken for moved away. A calendar we created says
    /// by its mark which database it belongs to; one given by id does not.
    func checkDatabase(against links: [PageID: Link]?, of organization: Organization) throws(Failure) {
        guard let other = (links ?? [:]).values.map(\.database).filter({ $0 != database }).min() else { return }
        throw Failure(
            code: "notion_database_changed",
            message: "\(organization.source.file) names the Notion database \(database), but the events of "
                + "\(organization.prefix) are linked with pages of \(other); nothing was changed.",
            hint: "Restore notion_database_id. If the organization really has another database now, "
                + "`reconcile state forget \(organization.prefix)` lets go of the first."
        )
    }
}
