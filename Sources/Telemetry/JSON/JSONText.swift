import ReconcileModel

/// A JSON value under construction. Members keep the order in which they are given.
enum JSONText: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case double(Double)
    case string(String)
    case array([JSONText])
    case object([(name: String, value: JSONText)])

    /// Members in the order of their names, so that equal values give equal text.
    static func sorted(_ members: [String: JSONText]) -> JSONText {
        .object(members.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) })
    }

    static func sorted(_ members: [String: String]) -> JSONText { sorted(members.mapValues(JSONText.string)) }

    /// On one line, whatever the strings hold.
    var text: String {
        var text = ""
        write(to: &text)
        return text.jsonWithoutCommands
    }

    /// The same with every string but names changed.
    func mapStrings(_ change: (String) -> String) -> JSONText {
        switch self {
        case .null, .bool, .integer, .double: self
        case .string(let value): .string(change(value))
        case .array(let values): .array(values.map { $0.mapStrings(change) })
        case .object(let members): .object(members.map { ($0.name, $0.value.mapStrings(change)) })
        }
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        // JSON has no infinities.
        case .double(let value): text += value.isFinite ? ExpositionText.number(value) : "null"
        case .string(let value): Self.write(value, to: &text)
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                Self.write(member.name, to: &text)
                text += ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    /// Escapes what RFC 8259, section 7 demands, and DEL and the separators that some readers take for the end of a line.
    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }

    static func == (left: JSONText, right: JSONText) -> Bool { left.text == right.text }
}

extension JSONText: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    init(stringLiteral value: String) { self = .string(value) }
}
