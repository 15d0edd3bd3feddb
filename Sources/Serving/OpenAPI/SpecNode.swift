/// A JSON value written as Swift literals; the members of objects keep their order, so that people can read the document.
enum SpecNode: Sendable {
    case string(String)
    case number(Int)
    case bool(Bool)
    case array([SpecNode])
    case object([(String, SpecNode)])

    /// JSON without line breaks.
    var bytes: [UInt8] {
        var json = JSONBytes()
        write(to: &json)
        return json.bytes
    }

    private func write(to json: inout JSONBytes) {
        switch self {
        case .string(let text): json.string(text)
        case .number(let number): json.number(number)
        case .bool(let value): json.bool(value)
        case .array(let values):
            json.raw("[")
            for (index, value) in values.enumerated() {
                if index > 0 { json.raw(",") }
                value.write(to: &json)
            }
            json.raw("]")
        case .object(let members):
            json.raw("{")
            for (index, (name, value)) in members.enumerated() {
                if index > 0 { json.raw(",") }
                json.string(name)
                json.raw(":")
                value.write(to: &json)
            }
            json.raw("}")
        }
    }

    /// `self` with more members after its own, where it is an object.
    func adding(_ more: [(String, SpecNode)]) -> SpecNode {
        guard case .object(let members) = self else { return self }
        return .object(members + more)
    }
}

extension SpecNode: ExpressibleByStringInterpolation {
    init(stringLiteral value: String) { self = .string(value) }
}

extension SpecNode: ExpressibleByIntegerLiteral {
    init(integerLiteral value: Int) { self = .number(value) }
}

extension SpecNode: ExpressibleByBooleanLiteral {
    init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension SpecNode: ExpressibleByArrayLiteral {
    init(arrayLiteral elements: SpecNode...) { self = .array(elements) }
}

extension SpecNode: ExpressibleByDictionaryLiteral {
    init(dictionaryLiteral elements: (String, SpecNode)...) { self = .object(elements) }
}
