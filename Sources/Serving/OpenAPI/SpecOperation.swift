/// What one method does at one path.
struct SpecOperation {
    var id: String
    var tag: String
    var summary: String
    var description: String?
    /// Names of components.
    var parameters: [String] = []
    var body: SpecNode?
    /// By status.
    var responses: [(Int, SpecNode)]
    var needsToken = false
    var isDeprecated = false

    var node: SpecNode { node(id: id, summary: summary, responses: responses) }

    /// The same question for the headers alone.
    var head: SpecNode {
        let bare = responses.map { ($0.0, $0.1.withoutContent) }
        return node(id: "\(id)Head", summary: "\(summary): the headers alone", responses: bare)
    }

    private func node(id: String, summary: String, responses: [(Int, SpecNode)]) -> SpecNode {
        var members: [(String, SpecNode)] = [
            ("operationId", .string(id)), ("tags", .array([.string(tag)])), ("summary", .string(summary)),
        ]
        if let description { members.append(("description", .string(description))) }
        if isDeprecated { members.append(("deprecated", true)) }
        if needsToken { members.append(("security", [["token": []]])) }
        if !parameters.isEmpty {
            let references = parameters.map { SpecNode.reference("parameters", $0) }
            members.append(("parameters", .array(references)))
        }
        if let body { members.append(("requestBody", body)) }
        members.append(("responses", .object(responses.map { (String($0.0), $0.1) })))
        return .object(members)
    }
}

extension SpecNode {
    /// A reference to `#/components/<kind>/<name>`.
    static func reference(_ kind: String, _ name: String) -> SpecNode {
        ["$ref": .string("#/components/\(kind)/\(name)")]
    }

    /// An answer with JSON of the schema named, and with the headers named.
    static func answer(_ description: String, _ schema: String, headers: [String] = []) -> SpecNode {
        answer(description, type: "application/json", schema: .reference("schemas", schema), headers: headers)
    }

    /// An answer in one of several forms.
    static func answer(_ description: String, oneOf schemas: [String], headers: [String] = []) -> SpecNode {
        let schema: SpecNode = ["anyOf": .array(schemas.map { .reference("schemas", $0) })]
        return answer(description, type: "application/json", schema: schema, headers: headers)
    }

    static func answer(
        _ description: String,
        type: String,
        schema: SpecNode = ["type": "string"],
        headers: [String] = []
    ) -> SpecNode {
        let content: SpecNode = ["schema": schema]
        return withHeaders(description, headers).adding([("content", .object([(type, content)]))])
    }

    /// An answer without a body.
    static func emptyAnswer(_ description: String, headers: [String] = []) -> SpecNode {
        withHeaders(description, headers)
    }

    private static func withHeaders(_ description: String, _ headers: [String]) -> SpecNode {
        var members: [(String, SpecNode)] = [("description", .string(description))]
        if !headers.isEmpty {
            members.append(("headers", .object(headers.map { ($0, reference("headers", $0)) })))
        }
        return .object(members)
    }

    /// The answer to HEAD: what is a reference to a shared answer stays one, whatever that says of a body.
    fileprivate var withoutContent: SpecNode {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { $0.0 != "content" })
    }
}
