import JSON
import ReconcileModel

extension NotionDatabase: Decodable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: JSONKey.self)
        self.init(
            id: try container.identifier(DatabaseID.self, "id"),
            title: container.value(RichText.self, "title")?.text ?? "",
            isInTrash: container.isInTrash,
            dataSources: try container.decode([DataSourceReference].self, forKey: "data_sources")
        )
    }
}

extension NotionDatabase.DataSourceReference: Decodable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: JSONKey.self)
        self.init(
            id: try container.identifier(DataSourceID.self, "id"),
            name: container.value(String.self, "name") ?? ""
        )
    }
}

extension NotionDataSource: Decodable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: JSONKey.self)
        let schema = try container.nestedContainer(keyedBy: JSONKey.self, forKey: "properties")
        let properties = try schema.allKeys.map { name in
            try PropertySchema(named: name.stringValue, in: schema.nestedContainer(keyedBy: JSONKey.self, forKey: name))
        }
        self.init(
            id: try container.identifier(DataSourceID.self, "id"),
            databaseID: container.value(NotionPage.Parent.self, "parent")?.database,
            title: container.value(RichText.self, "title")?.text ?? "",
            isInTrash: container.isInTrash,
            properties: properties.sorted { $0.name < $1.name }
        )
    }
}

extension PropertySchema {
    fileprivate init(named name: String, in container: KeyedDecodingContainer<JSONKey>) throws {
        let type = try container.decode(String.self, forKey: "type")
        let configuration = container.value(Configuration.self, JSONKey(type))
        self.init(
            id: PropertyID(try container.decode(String.self, forKey: "id")),
            name: name,
            type: PropertyType(rawValue: type),
            options: configuration?.options?.map(\.name) ?? [],
            sources: Self.sources(ofType: PropertyType(rawValue: type), configuration)
        )
    }

    private static func sources(ofType type: PropertyType, _ configuration: Configuration?) -> [PropertySource] {
        switch type {
        case .rollup:
            if let id = configuration?.relationID { return [.id(PropertyID(id))] }
            return [configuration?.relationName.map { .name($0) } ?? .untold]
        case .formula: return configuration?.expression.map(FormulaSources.sources) ?? []
        default: return []
        }
    }

    private struct Configuration: Decodable {
        let options: [Option]?
        let relationID: String?
        let relationName: String?
        let expression: String?

        struct Option: Decodable { let name: String }

        /// One part of another shape must not take the others along.
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: JSONKey.self)
            options = container.value([Option].self, "options")
            relationID = container.value(String.self, "relation_property_id")
            relationName = container.value(String.self, "relation_property_name")
            expression = container.value(String.self, "expression")
        }
    }
}

extension NotionBot: Decodable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: JSONKey.self)
        let bot = try? container.nestedContainer(keyedBy: JSONKey.self, forKey: "bot")
        self.init(
            id: try container.decode(String.self, forKey: "id"),
            name: container.value(String.self, "name"),
            workspaceName: bot?.value(String.self, "workspace_name")
        )
    }
}

extension KeyedDecodingContainer<JSONKey> {
    fileprivate var isInTrash: Bool { value(Bool.self, "in_trash") ?? value(Bool.self, "archived") ?? false }

    fileprivate func identifier<ID: NotionIdentifier>(_ type: ID.Type, _ key: JSONKey) throws -> ID {
        guard let id = ID(parsing: try decode(String.self, forKey: key)) else {
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "not a UUID")
        }
        return id
    }
}
