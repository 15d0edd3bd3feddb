import JSON
import ReconcileModel

extension PropertyValue: Decodable {
    /// Reads `{"type":"T","T":value}`. Whatever is wrong with the value is a value, so that it never fails its page.
    package init(from decoder: any Decoder) {
        guard let container = try? decoder.container(keyedBy: JSONKey.self),
            let name = container.value(String.self, "type")
        else {
            self = .malformed(PropertyType(rawValue: "unknown"))
            return
        }
        let type = PropertyType(rawValue: name)
        self = (try? PropertyValue(of: type, in: container)) ?? .malformed(type)
    }

    private init(of type: PropertyType, in container: KeyedDecodingContainer<JSONKey>) throws {
        let key = JSONKey(type.rawValue)
        switch type {
        case .title: self = .title(try container.decode(RichText.self, forKey: key))
        case .richText: self = .richText(try container.decode(RichText.self, forKey: key))
        case .number: self = .number(try container.decode(Double?.self, forKey: key))
        case .select: self = .select(try container.decode(Named?.self, forKey: key)?.name)
        case .multiSelect: self = .multiSelect(try container.decode([Named].self, forKey: key).map(\.name))
        case .status: self = .status(try container.decode(Named?.self, forKey: key)?.name)
        case .date: self = .date(try container.decode(NotionDate?.self, forKey: key))
        case .checkbox: self = .checkbox(try container.decode(Bool.self, forKey: key))
        case .url: self = .url(try container.decode(String?.self, forKey: key))
        case .email: self = .email(try container.decode(String?.self, forKey: key))
        case .phoneNumber: self = .phoneNumber(try container.decode(String?.self, forKey: key))
        case .relation:
            let pages = try container.decode(OneOrMany<Reference>.self, forKey: key).values.map(\.page)
            self = .relation(pages, hasMore: container.value(Bool.self, "has_more"))
        case .formula: self = .formula(try container.decode(FormulaValue.self, forKey: key))
        case .rollup: self = .rollup(try container.decode(RollupValue.self, forKey: key))
        default: self = try Self.ofRareType(type, in: container)
        }
    }

    /// The types that seldom become part of an event.
    private static func ofRareType(
        _ type: PropertyType,
        in container: KeyedDecodingContainer<JSONKey>
    ) throws -> PropertyValue {
        let key = JSONKey(type.rawValue)
        switch type {
        case .people: return .people(try container.decode(OneOrMany<NotionUser>.self, forKey: key).values)
        case .files: return .files(try container.decode([NotionFile].self, forKey: key))
        case .createdTime: return .createdTime(try container.decode(String.self, forKey: key))
        case .lastEditedTime: return .lastEditedTime(try container.decode(String.self, forKey: key))
        case .createdBy: return .createdBy(try container.decode(NotionUser.self, forKey: key))
        case .lastEditedBy: return .lastEditedBy(try container.decode(NotionUser.self, forKey: key))
        case .uniqueID:
            let id = try container.decode(Unique?.self, forKey: key)
            return .uniqueID(prefix: id?.prefix, number: id?.number)
        case .place: return .place(try container.decode(NotionPlace?.self, forKey: key))
        case .button: return .button
        case .verification: return .verification(state: try container.decode(Verification?.self, forKey: key)?.state)
        default: return .unknown(type)
        }
    }
}

/// A list in a page object, a single value in an item of the property endpoint.
private struct OneOrMany<Value: Decodable>: Decodable {
    let values: [Value]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode([Value].self) {
            values = value
        } else {
            values = [try container.decode(Value.self)]
        }
    }
}

private struct Named: Decodable { let name: String }
private struct Verification: Decodable { let state: String? }
private struct Unique: Decodable {
    let prefix: String?
    let number: Int?
}

private struct Reference: Decodable {
    let page: PageID

    init(from decoder: any Decoder) throws {
        page = PageID(rawValue: try decoder.container(keyedBy: JSONKey.self).decode(String.self, forKey: "id"))
    }
}
