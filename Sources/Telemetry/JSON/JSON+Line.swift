import JSON
import ReconcileModel

extension JSON {
    /// Members in the order of their names, so that equal values give equal text.
    static func sorted(_ members: [String: JSON]) -> JSON { .object(Members(members)) }

    static func sorted(_ members: [String: String]) -> JSON { sorted(members.mapValues(JSON.string)) }

    /// On one line, whatever the strings hold.
    var line: String { text(.line).jsonWithoutCommands }

    /// The same with every string but names changed.
    func mapStrings(_ change: (String) -> String) -> JSON {
        switch self {
        case .null, .bool, .integer, .number: self
        case .string(let value): .string(change(value))
        case .array(let values): .array(values.map { $0.mapStrings(change) })
        case .object(let members):
            .object(Members(members.map { (name: $0.name, value: $0.value.mapStrings(change)) }))
        }
    }
}
