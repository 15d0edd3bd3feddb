/// A JSON value kept as compact text: a tenth of the memory of a tree, and written to an answer as it is.
package struct JSONText: Hashable, Sendable {
    package private(set) var text: String

    package init(_ value: JSONValue) { text = value.text }

    /// Takes text that is known to be compact JSON.
    init(trusted text: String) { self.text = text }

    package static let null = JSONText(trusted: "null")

    package var value: JSONValue { (try? JSONParser.parse(text)) ?? .null }
}

extension JSONText: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        _ = try JSONParser.parse(text)
        self.text = text
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
