import JSON
import ReconcileModel

/// The form of filters, which hold each other.
extension SchemaRenderer {
    static let filter: JSON.Members = ["$ref": "#/$defs/filter"]

    /// What `$defs` has for them.
    static let filterDefinitions: JSON.Members = [
        "filter": .object(["anyOf": [["$ref": "#/$defs/condition"], rawFilter]]),
        "condition": .object(["anyOf": .array(["all", "any"].map(group) + [opposite, test])]),
    ]

    private static let conditions: JSON = ["type": "array", "minItems": 1, "items": ["$ref": "#/$defs/condition"]]

    private static let rawFilter = form(
        [
            "notion": [
                "type": "object",
                "anyOf": .array(["and", "or", "property", "timestamp"].map { ["required": [.string($0)]] }),
            ]
        ]
    )

    private static let opposite = form(["not": ["$ref": "#/$defs/condition"]])

    private static func group(_ name: String) -> JSON { form([name: conditions]) }

    /// Of one property; asked for together with at least one thing.
    private static let test: JSON = .object([
        "type": "object",
        "additionalProperties": false,
        "required": ["property"],
        "minProperties": 2,
        "properties": .object(
            ["property": .object(scalar(pattern: SchemaRenderer.linePattern, longest: 254))]
                + JSON.Members(FilterOperator.allCases.map { (name: $0.rawValue, value: operand(of: $0)) })
        ),
    ])

    /// What may stand behind a key.
    private static func operand(of asked: FilterOperator) -> JSON {
        switch asked {
        case .equals, .differs, .contains, .doesNotContain: value
        case .startsWith, .endsWith: .object(scalar(pattern: #"\S"#))
        case .isIn, .isNotIn: values
        case .empty: ["type": "boolean"]
        case .before, .after, .onOrBefore, .onOrAfter: day
        case .lessThan, .greaterThan: ["type": "number"]
        }
    }

    private static let value: JSON = .object(anyScalar(pattern: #"\S"#))
    private static let values: JSON = ["type": "array", "minItems": 1, "items": value]
    private static let day: JSON = .object(scalar(pattern: dayPattern))

    /// An object of exactly these members.
    private static func form(_ members: JSON.Members) -> JSON {
        .object([
            "type": "object", "additionalProperties": false, "properties": .object(members),
            "required": .array(members.map { .string($0.name) }),
        ])
    }
}
