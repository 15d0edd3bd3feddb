import Emulation

/// A text of events that a column may give.
enum TextField: String, CaseIterable, Sendable {
    case location, description

    /// The column that gives it where nothing is declared.
    var usualColumn: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

/// A column of a database, as people have it now.
struct ModelColumn: Sendable {
    enum Kind: Sendable {
        case select, text, people, rollup
    }

    /// Whether it can give a text.
    enum Presence: CaseIterable, Sendable {
        case there, retyped, hidden, deleted
    }

    let id: String
    let kind: Kind
    var name: String
    var presence = Presence.there

    /// As the database has it; nil: not at all.
    var property: NotionProperty? {
        var property: NotionProperty
        switch (presence, kind) {
        case (.deleted, _): return nil
        case (.retyped, _): property = NotionProperty(name, id: id, type: "files")
        case (_, .select): property = NotionProperty(name, id: id, type: "select", configuration: ["options": []])
        case (_, .text): property = NotionProperty(name, id: id, type: "rich_text")
        case (_, .people): property = NotionProperty(name, id: id, type: "people")
        case (_, .rollup):
            let configuration: JSONValue = [
                "function": "show_original", "relation_property_id": .string(ModelColumns.relation),
                "relation_property_name": "Venues", "rollup_property_id": "x", "rollup_property_name": "Address",
            ]
            property = NotionProperty(name, id: id, type: "rollup", configuration: configuration)
        }
        property.isVisible = presence != .hidden
        return property
    }
}

/// The columns that may give the texts of an organization's events, two for each text, and what the declaration says of them.
struct ModelColumns: Sendable {
    /// What the declaration says of a text.
    enum Declared: Equatable, Sendable {
        /// The column with this name gives it.
        case column(String)
        /// The column with this id gives it, whatever it is called.
        case columnWithID(String)
        /// It is left to people.
        case people
    }

    /// Ids of properties.
    static let location = NotionProperty.location.id
    static let otherLocation = "othr"
    static let description = NotionProperty.description.id
    static let otherDescription = "notes"
    static let relation = "rela"
    static let repeats = "rpts"

    private(set) var columns: [String: ModelColumn] = [:]
    var declared: [TextField: Declared] = [:]
    /// Where the venues' database is not shared: then what is gathered from it looks empty.
    var hidesRelation = false
    /// Whether the declaration says that events repeat by a column.
    private(set) var repeats = false

    /// Location and Description, and beside each another one of another name.
    ///
    /// - Parameters:
    ///   - location: the kind of the first.
    ///   - repeats: whether another column tells how events repeat.
    init(location: ModelColumn.Kind = .select, repeats: Bool = false) {
        self.repeats = repeats
        add(ModelColumn(id: Self.location, kind: location, name: "Location"))
        add(ModelColumn(id: Self.description, kind: .text, name: "Description"))
        add(ModelColumn(id: Self.otherLocation, kind: .text, name: "Where", presence: .deleted))
        add(ModelColumn(id: Self.otherDescription, kind: .text, name: "Notes", presence: .deleted))
    }

    private mutating func add(_ column: ModelColumn) { columns[column.id] = column }

    mutating func edit(_ id: String, _ change: (inout ModelColumn) -> Void) {
        guard var column = columns[id] else { return }
        change(&column)
        columns[id] = column
    }

    /// The ids of the two columns of a text.
    static func ids(of field: TextField) -> (own: String, other: String) {
        switch field {
        case .location: (location, otherLocation)
        case .description: (description, otherDescription)
        }
    }

    /// The column with this name, where it can give a text.
    func usable(_ name: String) -> ModelColumn? {
        columns.values.first { $0.name == name && $0.presence == .there }
    }

    /// Whether no column, hidden ones included, has this name.
    func isFree(_ name: String) -> Bool { !columns.values.contains { $0.name == name && $0.presence != .deleted } }

    // MARK: - As Notion and the declaration have them

    /// The whole schema.
    var properties: [NotionProperty] {
        var relation = NotionProperty("Venues", id: Self.relation, type: "relation")
        relation.isVisible = !hidesRelation
        let isGathered = columns.values.contains { $0.kind == .rollup }
        return [.name, .date, .repeats, .link, .words] + columns.values.sorted { $0.id < $1.id }.compactMap(\.property)
            + (isGathered ? [relation] : [])
    }

    /// What stands in the columns of a page.
    func values(of page: ModelPage) -> [String: JSONText?] {
        var values: [String: JSONText?] = [Self.repeats: RichText.text(page.rule ?? "")]
        for column in columns.values {
            let text = page.texts[column.id]
            values.updateValue(value(of: text, in: column), forKey: column.id)
            guard column.kind == .rollup else { continue }
            values[Self.relation] = JSONText(text == nil ? [] : [["id": .string(page.id)]])
        }
        return values
    }

    private func value(of text: String?, in column: ModelColumn) -> JSONText? {
        switch column.kind {
        case .select: return text.map { JSONText(NotionProperty.option($0)) }
        case .text: return text.map { RichText.text($0) }
        case .people: return text.map { JSONText([["object": "user", "id": .string(Self.user($0).id)]]) }
        case .rollup:
            let shown = hidesRelation ? nil : text
            let items: JSONValue = shown.map { [["type": "rich_text", "rich_text": RichText.value($0)]] } ?? []
            return JSONText(["type": "array", "function": "show_original", "array": items])
        }
    }

    /// The people that a page names.
    func users(of page: ModelPage) -> [NotionUser] {
        columns.values.filter { $0.kind == .people }.compactMap { page.texts[$0.id].map(Self.user) }
    }

    /// Somebody of this name.
    private static func user(_ name: String) -> NotionUser {
        let digest = name.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        let digits = String(digest & 0xFFFF_FFFF_FFFF, radix: 16)
        let id = "0000abcd-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
        return NotionUser(id: id, name: name, email: "\(digits)@example.org")
    }

    /// `properties:` of the declaration.
    var declaration: String {
        let own = repeats ? ["  recurrence: Repeats"] : []
        let lines =
            own
            + TextField.allCases.compactMap { field in
                declared[field].map { declared in
                    switch declared {
                    case .column(let name), .columnWithID(let name): "  \(field.rawValue): \"\(name)\""
                    case .people: "  \(field.rawValue): null"
                    }
                }
            }
        return lines.isEmpty ? "" : (["properties:"] + lines).joined(separator: "\n")
    }
}

extension NotionProperty {
    fileprivate static let name = NotionProperty("Name", id: "title", type: "title")
    fileprivate static let date = NotionProperty("Date", id: "%5BWk%3F", type: "date")
    fileprivate static let repeats = NotionProperty("Repeats", id: ModelColumns.repeats, type: "rich_text")
    fileprivate static let link = NotionProperty("Calendar link", id: "cLnk", type: "url")
    fileprivate static let words = NotionProperty("Calendar status", id: "cSts", type: "rich_text")
    fileprivate static let location = NotionProperty("Location", id: "b%7Dq%60", type: "select")
    fileprivate static let description = NotionProperty("Description", id: "iK%3DN", type: "rich_text")
}
