import JSON
import ReconcileModel

/// The form of what `plan`, `apply`, `undo` and `retire` print with `--format json`, as JSON Schema:
/// <https://json-schema.org/draft/2020-12>.
///
/// It names all that this version writes. Later versions of the same first number may add members and words: who reads the documents
/// passes over what is not known, and so does the schema.
package struct PlanSchema: Sendable {
    package init() {}

    /// The schema as a document.
    package func text() -> String {
        let summary = Self.described(
            "Counts of what is to be done; of a report, of what was done.",
            .object(Self.summary)
        )
        return JSON.object([
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "What reconcile plans, and what became of it",
            "type": "object",
            "required": ["format_version"],
            "anyOf": [
                .object(["required": ["summary", "organizations"]]),
                .object(["required": ["error"]]),
            ],
            "properties": .object([
                "format_version": Self.described(
                    "Its first number grows where something changes, its second where something is added.",
                    ["type": "string", "pattern": "^1\\.[0-9]+$"]
                ),
                "summary": summary,
                "organizations": .object(["type": "array", "items": Self.organization]),
                "error": Self.described("What ended the run, or kept it from starting.", .object(Self.failure)),
                "requests": Self.described(
                    "What a report cost.",
                    .object(Self.counts(["notion", "google", "google_batched"]))
                ),
            ]),
        ]).text()
    }

    private static let organization: JSON = object(
        required: [
            "prefix": described("The name of the file where a mistake hides it.", string),
            "timezone": string,
            "status": words(of: OrganizationPlan.Status.self),
            "message": described("Why it is skipped, blocked or in error.", optional),
            "warnings": .object(["type": "array", "items": warning]),
            "changes": .object(["type": "array", "items": change]),
        ],
        optional: [
            "notes": .object(["type": "array", "items": string]),
            "seen_by": described(
                "Who can see the calendar afterwards.",
                ["type": "array", "items": object(required: ["role": optional, "scope": string])]
            ),
            "created_calendar": object(
                required: [
                    "google_calendar_id": string, "url": string, "subscribe_url": string, "ical_url": string,
                    "own_ical_url": optional,
                ]
            ),
        ]
    )

    private static let warning: JSON = object(
        required: ["code": string, "message": string, "notion_page_id": optional]
    )

    private static let change: JSON = object(
        required: [
            "resource": words(of: ChangedResource.self),
            "action": words(of: ChangeAction.self),
            "reason": words(of: Reason.self),
            "title": string,
            "notion_page_id": optional,
            "google_event_id": optional,
            "fields": described(
                "By name; times in UTC or as days, ends exclusive.",
                [
                    "type": "object",
                    "additionalProperties": object(required: ["before": optional, "after": optional]),
                ]
            ),
        ],
        optional: [
            "blocked": described("Held back by a limit, and not counted.", ["const": true]),
            "pending": described("Waits for a yes, and is not counted.", ["const": true]),
            "cause": described("What changed, where it is not the page.", ["type": "string"]),
            "message": string,
            "outcome": .object(["enum": ["applied", "unchanged", "failed", "skipped", "stale"]]),
            "error": .object(failure),
        ]
    )

    private static let summary: JSON.Members = objectMembers(
        required: [
            "calendars": .object(counts(["create", "update", "delete"])),
            "access_rules": .object(counts(["create", "update", "delete"])),
            "events": .object(counts(["create", "update", "delete", "adopt", "unchanged", "pending"])),
            "pages": .object(counts(["update", "pending"])),
            "organizations": .object(
                counts([
                    "total", "changed", "unchanged", "skipped", "held", "disabled", "orphaned", "blocked", "failed",
                ])
            ),
        ]
    )

    private static let failure: JSON.Members = objectMembers(
        required: ["code": string, "message": string, "hint": optional]
    )

    private static let string: JSON = ["type": "string"]
    private static let optional: JSON = ["type": ["string", "null"]]

    private static func words<Word: CaseIterable & RawRepresentable<String>>(of type: Word.Type) -> JSON {
        .object(["enum": .array(Word.allCases.map { .string($0.rawValue) })])
    }

    private static func counts(_ names: [String]) -> JSON.Members {
        let count: JSON = ["type": "integer", "minimum": 0]
        return objectMembers(required: JSON.Members(names.map { (name: $0, value: count) }))
    }

    private static func object(required: JSON.Members, optional: JSON.Members = [:]) -> JSON {
        .object(objectMembers(required: required, optional: optional))
    }

    private static func objectMembers(required: JSON.Members, optional: JSON.Members = [:]) -> JSON.Members {
        [
            "type": "object",
            "required": .array(required.map { .string($0.name) }),
            "properties": .object(required + optional),
        ]
    }

    /// - Parameter schema: an object.
    private static func described(_ words: String, _ schema: JSON) -> JSON {
        guard case .object(let members) = schema else { return schema }
        return .object(members + ["description": .string(words)])
    }
}
