/// Single pages.
///
/// <https://developers.notion.com/reference/retrieve-a-page>
extension Engine {
    func pageAnswer(_ id: String, _ call: Call, _ caller: NotionCaller) throws(Refusal) -> Answer {
        let (page, source) = try page(id, caller)
        let rendering = try PageRendering(
            source: source,
            shown: shownProperties(call),
            caller: caller,
            people: people(caller)
        )
        return Answer(status: 200, body: Array(rendering.text(page).utf8))
    }

    mutating func changePage(_ id: String, _ call: Call, _ caller: NotionCaller) throws(Refusal) -> Answer {
        guard caller.integration.canUpdateContent else { throw .missingCapability }
        var (page, source) = try page(id, caller)
        let body = try notionBody(call)
        guard caller.showsArchived || body["archived"] == nil else {
            throw .validation(
                "body failed validation: body.archived should be not present, instead was `\((body["archived"] ?? .null).text)`."
            )
        }
        if let trashed = (body["in_trash"] ?? body["archived"])?.bool { page.isInTrash = trashed }
        if let archived = body["is_archived"]?.bool { page.isArchived = archived }
        if let icon = body["icon"] { page.icon = JSONText(icon) }
        if source != nil { try write(body["properties"], into: &page, source: &source) }
        save(page, source, caller)
        return try pageAnswer(page.id, Call(method: "GET", target: "/", headers: [:], body: []), caller)
    }

    mutating func createPage(_ call: Call, _ caller: NotionCaller) throws(Refusal) -> Answer {
        guard caller.integration.canInsertContent else { throw .missingCapability }
        let body = try notionBody(call)
        var source: NotionDataSource?
        if let id = body["parent"]?["data_source_id"]?.string {
            source = try dataSource(id, caller)
        } else if let id = body["parent"]?["database_id"]?.string {
            source = try onlySource(of: id, caller)
        }
        guard let parent = source?.id else {
            throw .validation(
                "body failed validation: body.parent.data_source_id should be defined, instead was `undefined`."
            )
        }
        let minute = now / 60_000 * 60_000
        let bot = caller.integration.bot
        var page = NotionPage(
            id: world.identifiers.uuid(),
            dataSource: parent,
            created: minute,
            edited: minute,
            creator: bot,
            editor: bot
        )
        if let icon = body["icon"] { page.icon = JSONText(icon) }
        try write(body["properties"], into: &page, source: &source)
        world.notion.dataSources[parent]?.pages.append(page.id)
        save(page, source, caller)
        return try pageAnswer(page.id, Call(method: "GET", target: "/", headers: [:], body: []), caller)
    }

    private mutating func save(_ page: NotionPage, _ source: NotionDataSource?, _ caller: NotionCaller) {
        var page = page
        page.edited = now / 60_000 * 60_000
        page.editor = caller.integration.bot
        world.notion.pages[page.id] = page
        if let source { world.notion.dataSources[source.id]?.properties = source.properties }
        world.serial += 1
    }

    private func write(
        _ properties: JSONValue?,
        into page: inout NotionPage,
        source: inout NotionDataSource?
    ) throws(Refusal) {
        for (name, input) in properties?.object ?? [:] {
            guard let property = source?.property(name), property.isVisible else {
                throw .validation("\(name) is not a property that exists.")
            }
            var writing = PropertyWriting(property)
            page.values[property.id] = try writing.stored(input).map(JSONText.init)
            source?.setOptions(writing.options, of: property)
        }
    }

    /// One value, whole: lists come in pages.
    ///
    /// <https://developers.notion.com/reference/retrieve-a-page-property>
    func propertyItem(
        _ id: String,
        _ propertyID: String,
        _ call: Call,
        _ caller: NotionCaller
    ) throws(Refusal) -> Answer {
        let (page, source) = try page(id, caller)
        guard let property = source?.property(propertyID), property.isVisible else {
            throw .validation("\(propertyID) is not a property that exists.")
        }
        let value = people(caller).shown(PropertyValue.value(of: property, in: page))
        guard ["title", "rich_text", "people", "relation"].contains(property.type), let items = value.array else {
            return .json([
                "object": "property_item", "id": .string(property.id), "type": .string(property.type),
                property.type: value,
            ])
        }
        let size = try NotionPaging.size(call.parameter("page_size").flatMap { Int($0) }.map { .int($0) })
        let list = "property \(page.id) \(property.id)"
        let start = try NotionPaging.offset(call.parameter("start_cursor").map { .string($0) }, list: list)
        let shown = items.dropFirst(start).prefix(size)
        let hasMore = start + shown.count < items.count
        let cursor = hasMore ? NotionPaging.cursor(start + shown.count, list: list) : nil
        let path = "https://api.notion.com/v1/pages/\(page.id)/properties/\(property.id)"
        return .json([
            "object": "list",
            "results": .array(
                shown.map {
                    [
                        "object": "property_item", "id": .string(property.id), "type": .string(property.type),
                        property.type: $0,
                    ]
                }
            ),
            "next_cursor": cursor.map { .string($0) } ?? .null,
            "has_more": .bool(hasMore),
            "type": "property_item",
            "property_item": [
                "id": .string(property.id),
                "next_url": cursor.map { .string("\(path)?start_cursor=\($0)") } ?? .null,
                "type": .string(property.type),
                property.type: [:],
            ],
        ])
    }
}

extension NotionDataSource {
    fileprivate mutating func setOptions(_ options: [JSONValue], of property: NotionProperty) {
        guard ["select", "multi_select"].contains(property.type),
            let index = properties.firstIndex(where: { $0.id == property.id })
        else { return }
        properties[index].configuration["options"] = .array(options)
    }
}
