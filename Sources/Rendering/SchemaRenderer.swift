import JSON
package import ReconcileModel

/// The declarations' form as JSON Schema, for editors and checks: <https://json-schema.org/draft/2020-12>.
///
/// It accepts whatever the loader accepts. What only the loader can know (zones, ids that two files share) it leaves to `validate`.
package struct SchemaRenderer: Sendable {
    private let keys: [DeclarationKey]

    /// - Parameter keys: those at the top of a declaration.
    package init(keys: [DeclarationKey]) { self.keys = keys }

    /// Of an organization's file.
    package func declaration() -> String {
        let enabled: JSON = .object([
            "properties": .object(["sync_enabled": .object(["const": .bool(true)])]),
            "required": .array([.string("sync_enabled")]),
        ])
        return document(
            keys,
            title: "An organization of reconcile",
            more: ["if": enabled, "then": .object(["required": .array([.string("notion_database_id")])])]
        )
    }

    /// Of `_defaults.yaml`.
    package func defaults() -> String {
        document(keys.filter(\.mayBeDefault), title: "Defaults of reconcile for all organizations")
    }

    private func document(_ keys: [DeclarationKey], title: String, more: JSON.Members = [:]) -> String {
        var members = mapping(keys)
        members["$schema"] = .string("https://json-schema.org/draft/2020-12/schema")
        members["title"] = .string(title)
        members["$defs"] = .object(Self.filterDefinitions)
        return JSON.object(members + more).text()
    }

    private func mapping(_ keys: [DeclarationKey], oneOf choices: [String] = []) -> JSON.Members {
        var members: JSON.Members = [
            "type": .string("object"),
            "additionalProperties": .bool(false),
            "properties": .object(JSON.Members(keys.map { ($0.name, .object(schema($0))) })),
        ]
        let required = keys.filter(\.isRequired).map(\.name)
        if !required.isEmpty { members["required"] = .array(required.map(JSON.string)) }
        if !choices.isEmpty { members["oneOf"] = .array(choices.map { ["required": [.string($0)]] }) }
        return members
    }

    private func schema(_ key: DeclarationKey) -> JSON.Members {
        var members = schema(of: key.value)
        members["description"] = .string(key.meaning)
        return members
    }

    private func schema(of value: DeclarationValue) -> JSON.Members {
        switch value {
        case .prefix: Self.scalar(pattern: "^[a-z0-9][a-z0-9_-]*$", longest: 64)
        case .line(let longest): Self.scalar(pattern: Self.linePattern, longest: longest)
        case .title(let longest):
            Self.scalar(
                pattern: #"^(?=.*\S)[^\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]*$"#,
                longest: longest
            )
        case .text: Self.scalar(pattern: #"\S"#)
        case .value: Self.anyScalar(pattern: #"\S"#)
        case .boolean: ["type": .string("boolean")]
        case .integer(let range):
            [
                "type": .string("integer"), "minimum": .number(range.lowerBound),
                "maximum": .number(range.upperBound),
            ]
        case .choice(let words): ["enum": .array(words.map(JSON.string))]
        case .duration(let days): Self.scalar(pattern: Self.durationPattern(longestDays: days))
        case .offset: Self.scalar(pattern: "^\(Self.offsetPattern)$")
        case .notionID:
            // The end of a path, or what the query calls a page; a view is none.
            Self.scalar(
                pattern: #"(^\s*|[/-]|[?&](p|page_id|database_id)=)"#
                    + #"([0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?=\s*$|[/?#&])"#
            )
        case .calendarID: Self.scalar(pattern: #"^(?!primary$)(?!\.*$)[^\s/]+$"#)
        case .timeZone:
            ["type": .string("string"), "pattern": .string("^(UTC|GMT|[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)+)$")]
        case .variable:
            [
                "type": .string("string"), "maxLength": .number(100),
                "pattern": .string(
                    "^(?!ntn_|secret_|ya29|AIza|eyJ|(?=.*[0-9])(?=.*[a-z]).{24})[A-Za-z_][A-Za-z0-9_]*$"
                ),
            ]
        case .person: Self.scalar(pattern: #"^[^\s@]+@[^\s@]*\.[^\s@]*$"#, longest: 254)
        case .accessScope:
            [
                "type": .string("string"),
                "pattern": .string(
                    #"^(public|(user|group):[^\s@/",:]+@[^\s@/",:.]+(\.[^\s@/",:.]+)+|domain:[^\s@/",:.]+(\.[^\s@/",:.]+)+)$"#
                ),
            ]
        case .filter: Self.filter
        case .propertyName:
            Self.scalar(pattern: #"^(?=.*\S)[^{}\u0000-\u001F\u007F-\u009F\u2028\u2029]*$"#, longest: 254)
        case .propertyText:
            [
                "anyOf": .array([
                    .object(schema(of: .propertyName)),
                    .object(Self.scalar(pattern: #"(?=[\s\S]*[{}])"# + Self.pattern, longest: 8_192)),
                ])
            ]
        case .pattern: Self.scalar(pattern: #"(?=[\s\S]*\S)"# + Self.pattern)
        case .list(let value, let counts): list(of: value, counts)
        case .nullable(let value):
            ["anyOf": .array([.object(schema(of: value)), .object(["type": .string("null")])])]
        case .named(let value): ["type": .string("object"), "additionalProperties": .object(schema(of: value))]
        case .mapping(let keys, let choices): mapping(keys, oneOf: choices)
        }
    }

    private func list(of value: DeclarationValue, _ counts: ClosedRange<Int>?) -> JSON.Members {
        var members: JSON.Members = ["type": "array", "items": .object(schema(of: value))]
        if let least = counts?.lowerBound, least > 0 { members["minItems"] = .number(least) }
        if let most = counts?.upperBound, most < .max { members["maxItems"] = .number(most) }
        return members
    }

    static let linePattern = #"^(?=.*\S)[^\u0000-\u001F\u007F-\u009F\u2028\u2029]*$"#

    static func scalar(pattern: String, longest: Int? = nil) -> JSON.Members {
        var members: JSON.Members = ["type": .string("string"), "pattern": .string(pattern)]
        if let longest { members["maxLength"] = .number(longest) }
        return members
    }

    /// Written like a number or a truth value, it is taken as it stands there.
    static func anyScalar(pattern: String) -> JSON.Members {
        [
            "type": .array([.string("string"), .string("number"), .string("boolean")]),
            "pattern": .string(pattern),
        ]
    }
}
