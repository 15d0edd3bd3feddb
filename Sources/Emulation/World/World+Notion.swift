extension World {
    /// Adds a database with one data source.
    ///
    /// - Parameter properties: the schema; without it Name, Date, Location (select) and Description.
    /// - Returns: the id of the database.
    @discardableResult
    package mutating func addDatabase(
        _ name: String,
        dataSource: String = "Events",
        properties: [NotionProperty] = NotionProperty.events,
        id: String? = nil
    ) -> String {
        let id = id ?? identifiers.uuid()
        notion.databases[id] = NotionDatabase(
            id: id,
            name: name,
            parentPage: identifiers.uuid(),
            created: World.epoch,
            edited: World.epoch
        )
        addDataSource(to: id, dataSource, properties: properties)
        return id
    }

    /// Adds a further data source to a database.
    ///
    /// - Returns: its id.
    @discardableResult
    package mutating func addDataSource(
        to database: String,
        _ name: String,
        properties: [NotionProperty] = NotionProperty.events,
        id: String? = nil
    ) -> String {
        let id = id ?? identifiers.uuid()
        notion.dataSources[id] = NotionDataSource(
            id: id,
            database: database,
            name: name,
            properties: properties,
            created: World.epoch,
            edited: World.epoch
        )
        notion.databases[database]?.dataSources.append(id)
        serial += 1
        return id
    }

    /// Adds an integration of another workspace, which sees what is connected to it.
    package mutating func addIntegration(token: String, name: String) {
        var integration = NotionIntegration(name: name, bot: identifiers.uuid())
        integration.workspace = name
        notion.integrations[token] = integration
    }

    /// Lets only one integration see a database.
    package mutating func connect(_ database: String, only token: String) {
        guard let bot = notion.integrations[token]?.bot else { return }
        notion.databases[database]?.connections = [bot]
    }

    /// Adds a row.
    ///
    /// - Parameters:
    ///   - parent: a data source, or a database (then: its first data source).
    ///   - date: the start as Notion writes it; nil leaves the page without a date.
    ///   - values: further values by property name, each as it stands under the type's name in an answer.
    /// - Returns: its id; nil where there is no such parent.
    @discardableResult
    package mutating func addPage(
        to parent: String,
        title: String,
        date: String? = nil,
        end: String? = nil,
        timeZone: String? = nil,
        values: [String: JSONValue] = [:],
        id: String? = nil,
        created: Int = World.epoch
    ) -> String? {
        let parent = notion.databases[parent]?.dataSources.first ?? parent
        guard let source = notion.dataSources[parent] else { return nil }
        let id = id ?? identifiers.uuid()
        let author = notion.users.keys.min() ?? notion.integrations[World.notionToken]?.bot ?? id
        let minute = created / 60_000 * 60_000
        var page = NotionPage(
            id: id,
            dataSource: parent,
            created: minute,
            edited: minute,
            creator: author,
            editor: author
        )
        for property in source.properties {
            if property.type == "title" { page.values[property.id] = RichText.text(title) }
            if property.type == "date", let date, page.values[property.id] == nil {
                page.values[property.id] = JSONText(NotionProperty.date(date, end: end, timeZone: timeZone))
            }
            if let value = values[property.name] { page.values[property.id] = JSONText(value) }
        }
        notion.pages[id] = page
        notion.dataSources[parent]?.pages.append(id)
        serial += 1
        return id
    }

    /// Changes a page as a person in the user interface does; `last_edited_time` becomes the minute of `now`.
    package mutating func editPage(
        _ id: String,
        now: Int = World.epoch + 86_400_000,
        _ change: (inout NotionPage) -> Void
    ) {
        guard var page = notion.pages[id] else { return }
        change(&page)
        page.edited = now / 60_000 * 60_000
        notion.pages[id] = page
        serial += 1
    }

    /// Moves a page into another data source; nil: out of every database.
    package mutating func movePage(_ id: String, to dataSource: String?) {
        if let old = notion.pages[id]?.dataSource { notion.dataSources[old]?.pages.removeAll { $0 == id } }
        if let dataSource { notion.dataSources[dataSource]?.pages.append(id) }
        editPage(id) { $0.dataSource = dataSource }
    }

    /// Changes a property of a schema: its name, its type, whether it can be seen.
    package mutating func editProperty(
        _ name: String,
        of dataSource: String,
        _ change: (inout NotionProperty) -> Void
    ) {
        let source = notion.databases[dataSource]?.dataSources.first ?? dataSource
        guard let index = notion.dataSources[source]?.properties.firstIndex(where: { $0.name == name }) else { return }
        notion.dataSources[source]?.edit(at: index, change)
        serial += 1
    }
}

extension NotionDataSource {
    fileprivate mutating func edit(at index: Int, _ change: (inout NotionProperty) -> Void) {
        let type = properties[index].type
        change(&properties[index])
        // A property that is given another type loses its configuration, as in the user interface.
        if properties[index].type != type { properties[index].configuration = [:] }
    }
}

extension NotionProperty {
    /// Name, Date, Location and Description.
    package static let events = [
        NotionProperty("Name", id: "title", type: "title"),
        NotionProperty("Date", id: "%5BWk%3F", type: "date"),
        NotionProperty("Location", id: "b%7Dq%60", type: "select", configuration: ["options": []]),
        NotionProperty("Description", id: "iK%3DN", type: "rich_text"),
    ]

    /// The value of a date property.
    package static func date(_ start: String, end: String? = nil, timeZone: String? = nil) -> JSONValue {
        [
            "start": .string(start), "end": end.map { .string($0) } ?? .null,
            "time_zone": timeZone.map { .string($0) } ?? .null,
        ]
    }

    /// The value of a select or status property.
    package static func option(_ name: String, color: String = "default") -> JSONValue {
        [
            "id": .string(String(name.utf8.reduce(5381) { ($0 &* 33) ^ UInt64($1) }, radix: 36)), "name": .string(name),
            "color": .string(color),
        ]
    }
}
