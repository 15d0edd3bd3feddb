import Emulation
import Foundation

/// An organization: its database, and the pages in it that ask for an event.
struct ModelOrganization {
    private(set) var prefix: String
    /// Prefixes that the declaration says it had before.
    private var previously: [String] = []
    let name: String
    let number: Int
    let database: String
    /// The calendar that the declaration names; nil: one of our own is made.
    private(set) var calendar: String?
    /// Who else has which role: `reader public`.
    var sharing: [String] = []
    /// Whether its pages are told what became of their events.
    var isTold = false
    private(set) var columns = ModelColumns()
    /// What runs decided of the columns.
    var memory = ColumnMemory()
    /// By id; what is in the trash or has no date is not here.
    private(set) var pages: [String: ModelPage] = [:]
    /// Pages in the trash, in the order in which they came there.
    private var trashed: [ModelPage] = []
    private var added = 0

    init(
        _ prefix: String,
        number: Int,
        calendar: String? = nil,
        columns: ModelColumns = ModelColumns(),
        in world: inout World
    ) {
        (self.prefix, self.number, self.calendar, self.columns) = (prefix, number, calendar, columns)
        name = prefix.uppercased()
        database = world.addDatabase("\(prefix) events", properties: columns.properties)
    }

    /// The same under another prefix.
    func renamed(_ prefix: String) -> ModelOrganization {
        var renamed = self
        renamed.prefix = prefix
        return renamed
    }

    /// The same with another calendar.
    func moved(to calendar: String) -> ModelOrganization {
        var moved = self
        moved.calendar = calendar
        return moved
    }

    /// Adds so many pages.
    mutating func addPages(_ count: Int, to world: inout World) {
        for _ in 0..<count {
            var page = ModelPage(added, of: number)
            // Every fifth is a series.
            if columns.repeats, added.isMultiple(of: 5) { page.rule = "FREQ=WEEKLY;COUNT=4" }
            added += 1
            put(page, into: &world)
        }
    }

    mutating func put(_ page: ModelPage, into world: inout World) {
        pages[page.id] = page
        world.put(page, into: database, columns)
    }

    /// Changes the columns of the database, or what the declaration says of them.
    mutating func editColumns(in world: inout World, _ change: (inout ModelColumns) -> Void) {
        let wasHiding = columns.hidesRelation
        change(&columns)
        let source = world.notion.databases[database]?.dataSources.first ?? database
        world.notion.dataSources[source]?.properties = columns.properties
        guard columns.hidesRelation != wasHiding else { return }
        for page in pages.values.sorted(by: { $0.id < $1.id }) { put(page, into: &world) }
        for page in trashed { world.put(page, into: database, columns) }
    }

    /// Changes page `index` of the living, in the order of their ids.
    mutating func edit(_ index: Int, in world: inout World, _ change: (inout ModelPage) -> Void) {
        guard var page = page(index) else { return }
        change(&page)
        put(page, into: &world)
    }

    /// The page that people leave in place, as they do its event: that what was written can be proven.
    var anchor: String { ModelPage(0, of: number).id }

    mutating func trash(_ index: Int, in world: inout World) {
        guard let page = page(index), page.id != anchor else { return }
        pages[page.id] = nil
        trashed.append(page)
        world.editPage(page.id) { $0.isInTrash = true }
    }

    /// Takes a page out of the trash.
    mutating func restore(_ index: Int, in world: inout World) {
        guard !trashed.isEmpty else { return }
        let page = trashed.remove(at: index % trashed.count)
        pages[page.id] = page
        world.editPage(page.id) { $0.isInTrash = false }
    }

    mutating func removeDate(_ index: Int, in world: inout World) {
        guard let page = page(index), page.id != anchor else { return }
        pages[page.id] = nil
        world.editPage(page.id) { $0.values["%5BWk%3F"] = nil }
    }

    func page(_ index: Int) -> ModelPage? {
        let ids = pages.keys.sorted()
        guard !ids.isEmpty else { return nil }
        return pages[ids[index % ids.count]]
    }

    /// Gives it another prefix.
    ///
    /// - Parameter isSaid: whether the declaration tells of the old one.
    mutating func rename(to new: String, isSaid: Bool) {
        if isSaid { previously.append(prefix) }
        prefix = new
    }

    /// The declaration, as a file of `orgs.d`.
    var declaration: String {
        """
        prefix: \(prefix)
        \(previously.isEmpty ? "" : "previously: [\(previously.joined(separator: ", "))]")
        name: \(name)
        sync_enabled: true
        notion_database_id: \(database)
        timezone: America/Phoenix
        \(calendar.map { "google_calendar_id: \($0)" } ?? "")
        \(sharing.isEmpty ? "" : "calendar: {sharing: [\(sharing.map(Self.rule).joined(separator: ", "))]}")
        \(isTold ? "write_back: {link: Calendar link, status: Calendar status}" : "")
        \(columns.declaration)
        """
    }

    private static func rule(_ text: String) -> String {
        let parts = text.split(separator: " ")
        return "{role: \(parts.first ?? ""), scope: '\(parts.last ?? "")'}"
    }
}
