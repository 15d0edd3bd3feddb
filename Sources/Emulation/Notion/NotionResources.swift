/// Databases and data sources as answers carry them.
extension Engine {
    func databaseResource(_ text: String, _ caller: NotionCaller) throws(Refusal) -> JSONValue {
        let database = try database(text, caller)
        var resource: JSONValue = [
            "object": "database",
            "id": .string(database.id),
            "title": RichText.value(database.name),
            "description": RichText.value(database.summary),
            "parent": ["type": "page_id", "page_id": .string(database.parentPage)],
            "is_inline": false,
            "in_trash": .bool(database.isInTrash),
            "is_locked": false,
            "created_time": .string(Milliseconds.text(database.created)),
            "last_edited_time": .string(Milliseconds.text(database.edited)),
            "icon": nil,
            "cover": nil,
            "url": .string("https://app.notion.com/p/\(compact(database.id))"),
            "public_url": nil,
        ]
        if caller.showsArchived { resource["archived"] = .bool(database.isInTrash) }
        if caller.knowsDataSources {
            resource["data_sources"] = .array(
                database.dataSources.compactMap { world.notion.dataSources[$0] }
                    .map { ["id": .string($0.id), "name": .string($0.name)] }
            )
        } else {
            resource["properties"] = schema(of: try onlySource(of: text, caller))
        }
        return resource
    }

    func dataSourceResource(_ text: String, _ caller: NotionCaller) throws(Refusal) -> JSONValue {
        resource(of: try dataSource(text, caller), caller)
    }

    func resource(of source: NotionDataSource, _ caller: NotionCaller) -> JSONValue {
        let database = world.notion.databases[source.database]
        let author: JSONValue = ["object": "user", "id": .string(caller.integration.bot)]
        var resource: JSONValue = [
            "object": "data_source",
            "id": .string(source.id),
            "title": RichText.value(source.name),
            "description": [],
            "parent": ["type": "database_id", "database_id": .string(source.database)],
            "database_parent": ["type": "page_id", "page_id": .string(database?.parentPage ?? source.database)],
            "is_inline": false,
            "in_trash": .bool(database?.isInTrash ?? false),
            "created_time": .string(Milliseconds.text(source.created)),
            "last_edited_time": .string(Milliseconds.text(source.edited)),
            "created_by": author,
            "last_edited_by": author,
            "properties": schema(of: source),
            "icon": nil,
            "cover": nil,
            "url": .string("https://app.notion.com/p/\(compact(source.database))"),
            "public_url": nil,
        ]
        if caller.showsArchived { resource["archived"] = .bool(database?.isInTrash ?? false) }
        return resource
    }

    private func schema(of source: NotionDataSource) -> JSONValue {
        var schema: [String: JSONValue] = [:]
        for property in source.properties where property.isVisible {
            schema[property.name] = [
                "id": .string(property.id),
                "name": .string(property.name),
                "description": property.summary.map { .string($0) } ?? .null,
                "type": .string(property.type),
                property.type: property.configuration,
            ]
        }
        return .object(schema)
    }
}

/// The 32 digits of an id.
func compact(_ id: String) -> String { id.replacing("-", with: "") }
