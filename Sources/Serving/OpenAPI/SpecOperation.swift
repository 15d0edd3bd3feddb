import JSON

/// What one method does at one path.
struct SpecOperation {
    var id: String
    var tag: String
    var summary: String
    var description: String?
    /// Names of components.
    var parameters: [String] = []
    var body: JSON?
    /// By status.
    var responses: [(Int, JSON)]
    var needsToken = false
    var isDeprecated = false

    var node: JSON { node(id: id, summary: summary, responses: responses) }

    /// The same question for the headers alone.
    var head: JSON {
        let bare = responses.map { ($0.0, $0.1.withoutContent) }
        return node(id: "\(id)Head", summary: "\(summary): the headers alone", responses: bare)
    }

    private func node(id: String, summary: String, responses: [(Int, JSON)]) -> JSON {
        .object(of: [
            "operationId": .string(id),
            "tags": [.string(tag)],
            "summary": .string(summary),
            "description": description.map { .string($0) },
            "deprecated": isDeprecated ? true : nil,
            "security": needsToken ? [["token": []]] : nil,
            "parameters": parameters.isEmpty ? nil : .array(parameters.map { .reference("parameters", $0) }),
            "requestBody": body,
            "responses": .object(JSON.Members(responses.map { (String($0.0), $0.1) })),
        ])
    }
}

extension JSON {
    /// A reference to `#/components/<kind>/<name>`.
    static func reference(_ kind: String, _ name: String) -> JSON {
        ["$ref": .string("#/components/\(kind)/\(name)")]
    }

    /// An answer with JSON of the schema named, and with the headers named.
    static func answer(_ description: String, _ schema: String, headers: [String] = []) -> JSON {
        answer(description, type: "application/json", schema: .reference("schemas", schema), headers: headers)
    }

    /// An answer in one of several forms.
    static func answer(_ description: String, oneOf schemas: [String], headers: [String] = []) -> JSON {
        let schema: JSON = ["anyOf": .array(schemas.map { .reference("schemas", $0) })]
        return answer(description, type: "application/json", schema: schema, headers: headers)
    }

    static func answer(
        _ description: String,
        type: String,
        schema: JSON = ["type": "string"],
        headers: [String] = []
    ) -> JSON {
        .object(withHeaders(description, headers) + ["content": [type: ["schema": schema]]])
    }

    /// An answer without a body.
    static func emptyAnswer(_ description: String, headers: [String] = []) -> JSON {
        .object(withHeaders(description, headers))
    }

    private static func withHeaders(_ description: String, _ headers: [String]) -> Members {
        var members: Members = ["description": .string(description)]
        if !headers.isEmpty {
            members["headers"] = .object(Members(headers.map { ($0, reference("headers", $0)) }))
        }
        return members
    }

    /// The answer to HEAD: what is a reference to a shared answer stays one, whatever that says of a body.
    fileprivate var withoutContent: JSON {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { $0.name != "content" })
    }
}
