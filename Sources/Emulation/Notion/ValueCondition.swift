/// What a filter asks of one value: all of its conditions have to hold.
struct ValueCondition {
    private let type: String
    private let conditions: [String: JSONValue]
    /// Milliseconds since 1970.
    private let now: Int
    /// The user that `me` names.
    private let me: String

    init(_ value: JSONValue, type: String, now: Int, me: String) throws(Refusal) {
        guard let conditions = value.object, !conditions.isEmpty else { throw .malformedFilter }
        let allowed = Self.allowed[type] ?? ["is_empty", "is_not_empty"]
        for name in conditions.keys where !allowed.contains(name) {
            throw .validation("body failed validation: body.filter.\(type).\(name) should be not present.")
        }
        (self.type, self.conditions, self.now, self.me) = (type, conditions, now, me)
    }

    func matches(_ value: JSONValue) -> Bool {
        conditions.allSatisfy { name, operand in
            switch name {
            case "is_empty": isEmpty(value)
            case "is_not_empty": !isEmpty(value)
            default: matches(value, name, operand)
            }
        }
    }

    private func matches(_ value: JSONValue, _ name: String, _ operand: JSONValue) -> Bool {
        switch type {
        case "number", "unique_id": matches(number: PropertyText.number(value), name, operand.double)
        case "checkbox": (value == operand) == (name == "equals")
        case "date", "created_time", "last_edited_time":
            DateCondition(name: name, operand: operand, now: now).matches(value)
        case "formula":
            formula(value, name, operand)
        case "multi_select": matches(names: (value.array ?? []).compactMap { $0["name"]?.string }, name, operand)
        case "people", "relation", "created_by", "last_edited_by":
            matches(names: (value.array ?? [value]).compactMap { $0["id"]?.string }, name, operand)
        case "select", "status":
            operands(operand).contains(value["name"]?.string ?? "") == (name == "equals")
        default: matches(text: PropertyText.text(value, type: type), name, operand.string ?? "")
        }
    }

    private func formula(_ value: JSONValue, _ kind: String, _ operand: JSONValue) -> Bool {
        let inner = kind == "string" ? "rich_text" : kind
        guard let condition = try? ValueCondition(operand, type: inner, now: now, me: me) else { return false }
        let result = value[kind == "checkbox" ? "boolean" : kind] ?? .null
        return condition.matches(kind == "string" ? RichText.value(result.string ?? "") : result)
    }

    private func matches(number: Double?, _ name: String, _ operand: Double?) -> Bool {
        guard let number, let operand else { return name == "does_not_equal" }
        return switch name {
        case "equals": number == operand
        case "does_not_equal": number != operand
        case "greater_than": number > operand
        case "less_than": number < operand
        case "greater_than_or_equal_to": number >= operand
        default: number <= operand
        }
    }

    private func matches(text: String, _ name: String, _ operand: String) -> Bool {
        let (text, operand) = (text.lowercased(), operand.lowercased())
        return switch name {
        case "equals": text == operand
        case "does_not_equal": text != operand
        case "contains": text.contains(operand)
        case "does_not_contain": !text.contains(operand)
        case "starts_with": text.hasPrefix(operand)
        default: text.hasSuffix(operand)
        }
    }

    private func matches(names: [String], _ name: String, _ operand: JSONValue) -> Bool {
        operands(operand).contains { names.contains($0) } == (name == "contains")
    }

    /// One string or several; ids without dashes and `me` are resolved.
    private func operands(_ operand: JSONValue) -> [String] {
        (operand.array ?? [operand]).compactMap(\.string).map { $0 == "me" ? me : dashed($0) ?? $0 }
    }

    private func isEmpty(_ value: JSONValue) -> Bool {
        switch value {
        case .null, .array([]): true
        case .string(let text): text.isEmpty
        case .object where type == "formula": value[value["type"]?.string ?? ""]?.isNull != false
        default: false
        }
    }

    private static let text: Set = [
        "equals", "does_not_equal", "contains", "does_not_contain", "starts_with", "ends_with", "is_empty",
        "is_not_empty",
    ]
    private static let number: Set = [
        "equals", "does_not_equal", "greater_than", "less_than", "greater_than_or_equal_to",
        "less_than_or_equal_to", "is_empty", "is_not_empty",
    ]
    private static let option: Set = ["equals", "does_not_equal", "is_empty", "is_not_empty"]
    private static let list: Set = ["contains", "does_not_contain", "is_empty", "is_not_empty"]

    private static let allowed: [String: Set<String>] = [
        "title": text, "rich_text": text, "url": text, "email": text, "phone_number": text,
        "number": number, "unique_id": number,
        "checkbox": ["equals", "does_not_equal"],
        "select": option, "status": option,
        "multi_select": list, "people": list, "relation": list, "created_by": list, "last_edited_by": list,
        "date": DateCondition.names, "created_time": DateCondition.names, "last_edited_time": DateCondition.names,
        "formula": ["string", "checkbox", "number", "date"],
    ]
}
