import JSON

extension NotionDate: Decodable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: JSONKey.self)
        self.init(
            start: try container.decode(String.self, forKey: "start"),
            // A wrong shape here would change the range: it fails the value, unlike a decoration that is missing.
            end: try container.decodeIfPresent(String.self, forKey: "end"),
            timeZone: try container.decodeIfPresent(String.self, forKey: "time_zone")
        )
    }
}

extension FormulaValue: Decodable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: JSONKey.self)
        switch try container.decode(String.self, forKey: "type") {
        case "string": self = .string(try container.decode(String?.self, forKey: "string"))
        case "number": self = .number(try container.decode(Double?.self, forKey: "number"))
        case "boolean": self = .boolean(try container.decode(Bool?.self, forKey: "boolean"))
        case "date": self = .date(try container.decode(NotionDate?.self, forKey: "date"))
        default: self = .unsupported
        }
    }
}

extension RollupValue: Decodable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: JSONKey.self)
        switch try container.decode(String.self, forKey: "type") {
        case "number": self = .number(try container.decode(Double?.self, forKey: "number"))
        case "date": self = .date(try container.decode(NotionDate?.self, forKey: "date"))
        case "array": self = .array(try container.decode([PropertyValue].self, forKey: "array"))
        case "incomplete": self = .incomplete
        default: self = .unsupported
        }
    }
}

extension NotionUser: Decodable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: JSONKey.self)
        self.init(
            id: try container.decode(String.self, forKey: "id"),
            name: container.value(String.self, "name"),
            email: container.value(Person.self, "person")?.email
        )
    }

    private struct Person: Decodable { let email: String? }
}

extension NotionFile: Decodable {
    package init(from decoder: any Decoder) throws {
        self.init(name: try decoder.container(keyedBy: JSONKey.self).value(String.self, "name"))
    }
}

extension NotionPlace: Decodable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: JSONKey.self)
        self.init(
            name: container.value(String.self, "name"),
            address: container.value(String.self, "address"),
            latitude: container.value(Double.self, "lat"),
            longitude: container.value(Double.self, "lon")
        )
    }
}
