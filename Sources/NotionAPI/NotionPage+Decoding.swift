import JSON
import ReconcileModel

extension NotionPage: Decodable {
    /// Fails only where it is no page or has no id: all else is optional.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let text = try container.decode(String.self, forKey: .id)
        guard let id = PageID(parsing: text) else {
            throw DecodingError.dataCorruptedError(forKey: .id, in: container, debugDescription: "id is not a UUID")
        }
        let properties = container.value(PageProperties.self, .properties)
        self.init(id: id, properties: properties?.byName ?? [:], isPartial: properties == nil)
        createdTime = container.value(String.self, .createdTime)
        lastEditedTime = container.value(String.self, .lastEditedTime)
        parent = container.value(Parent.self, .parent) ?? Parent()
        isInTrash = container.value(Bool.self, .inTrash) ?? container.value(Bool.self, .archived) ?? false
        isArchived = container.value(Bool.self, .isArchived) ?? false
        url = container.value(String.self, .url)
    }

    private enum CodingKeys: String, CodingKey {
        case id, parent, archived, url, properties
        case createdTime = "created_time"
        case lastEditedTime = "last_edited_time"
        case inTrash = "in_trash"
        case isArchived = "is_archived"
    }
}

extension NotionPage.Parent: Decodable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: JSONKey.self)
        self.init(
            type: container.value(String.self, "type"),
            dataSource: container.value(String.self, "data_source_id").flatMap(DataSourceID.init(parsing:)),
            database: container.value(String.self, "database_id").flatMap(DatabaseID.init(parsing:))
        )
    }
}

private struct PageProperties: Decodable {
    let byName: [String: PageProperty]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: JSONKey.self)
        let names = container.allKeys
        var byName: [String: PageProperty] = [:]
        byName.reserveCapacity(names.count)
        for name in names { byName[name.stringValue] = try container.decode(PageProperty.self, forKey: name) }
        self.byName = byName
    }
}

extension PageProperty: Decodable {
    package init(from decoder: any Decoder) {
        let container = try? decoder.container(keyedBy: JSONKey.self)
        self.init(
            id: PropertyID(container?.value(String.self, "id") ?? ""),
            value: PropertyValue(from: decoder)
        )
    }
}
