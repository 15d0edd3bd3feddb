import Foundation
import ReconcileModel

/// A JSON value under construction: nulls are written, keys are sorted, so that equal values give equal bytes.
enum JSONNode: Encodable {
    case null
    case bool(Bool)
    case number(Int)
    case string(String)
    case array([JSONNode])
    case object([String: JSONNode])

    static func optional(_ text: String?) -> JSONNode { text.map(JSONNode.string) ?? .null }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let values): try container.encode(values)
        case .object(let members): try container.encode(members)
        }
    }

    /// Indented text that ends with a newline.
    func text() -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Numbers are integers and strings are valid Unicode: nothing here can fail to encode.
        guard let data = try? encoder.encode(self) else { return "{}\n" }
        return String(decoding: data, as: UTF8.self).jsonWithoutCommands + "\n"
    }
}
