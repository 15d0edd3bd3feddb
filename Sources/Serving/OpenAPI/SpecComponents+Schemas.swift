import JSON

extension SpecComponents {
    static var schemas: JSON.Members {
        [
            "Error": error(),
            "Events": events,
            "Event": event,
            "Sync": sync,
            "ProcessedEvent": processedEvent,
            "Blocked": error(more: [
                "organization_id": .id, "blocked": blocked, "failed": otherChanges,
                "events_processed": processed, "pending_deletes": pendingDeletes, "warnings": warnings,
            ]),
            "FailedSync": error(more: [
                "organization_id": .id, "events_processed": processed, "pending_deletes": pendingDeletes,
                "warnings": warnings,
            ]),
            "Setup": setup,
            "SyncAll": syncAll,
            "OrganizationResult": organizationResult,
            "NotionDelivery": notionDelivery,
            "Acknowledgement": .fields(["status": .word("success"), "message": .text]),
            "Health": .fields(["status": ["type": "string", "enum": ["ok", "ready"]]]),
        ]
    }

    private static func error(more: JSON.Members = [:]) -> JSON {
        let reference: JSON = ["type": "string", "description": "Finds the cause in the service's log."]
        return .fields(
            [
                "status": .word("error"),
                "message": ["type": "string", "description": "What happened and what to do, for people."],
                "reference": reference,
            ] + more,
            optional: ["reference"] + more.map(\.name)
        )
    }

    private static var events: JSON {
        .fields([
            "status": .word("success"), "organization_id": .id, "organization_name": .text,
            "events": .list("Event"),
            "total_events": [
                "type": "integer", "minimum": 0, "description": "How many match, before `limit` and `offset`.",
            ],
        ])
    }

    private static var event: JSON {
        .fields(
            [
                "id": ["type": "string", "format": "uuid", "description": "The id of the page in Notion."],
                "title": .text,
                "start": timeOrDay("The time in UTC, or the day of an all-day event."),
                "end": timeOrDay("The time in UTC, or the last day of an all-day event."),
                "location": .textOrNull,
                "description": .textOrNull,
                "status": [
                    "type": "string", "enum": ["cancelled"], "description": "Only of an event that is called off.",
                ],
                "recurrence_id": timeOrDay("Of an occurrence of a series: when it takes place by the rule."),
                "recurrence": [
                    "type": "array", "items": ["type": "string"],
                    "description": "Of an occurrence of a series: the lines of RFC 5545 that it repeats by.",
                ],
            ],
            optional: ["status", "recurrence_id", "recurrence"]
        )
    }

    private static func timeOrDay(_ description: String) -> JSON {
        [
            "oneOf": [["type": "string", "format": "date-time"], ["type": "string", "format": "date"]],
            "description": .string(description),
        ]
    }

    private static let processed: JSON = .list("ProcessedEvent")

    private static var sync: JSON {
        .fields(
            [
                "status": .word("success"),
                "message": ["type": "string", "example": "Synced 10 events for organization 1"],
                "organization_id": .id, "events_processed": processed, "pending_deletes": pendingDeletes,
                "warnings": warnings,
            ],
            optional: ["pending_deletes", "warnings"]
        )
    }

    private static var pendingDeletes: JSON {
        [
            "type": "integer", "minimum": 1,
            "description": "How many deletes wait for a person's yes (`deletions: confirm`).",
        ]
    }

    private static var warnings: JSON {
        [
            "type": "array",
            "description":
                "What stops nothing: pages that cannot be read and keep their events, texts that were cut, a state that was lost.",
            "items": .fields(
                ["code": .text, "message": .text, "notion_page_id": ["type": "string", "format": "uuid"]],
                optional: ["notion_page_id"]
            ),
        ]
    }

    private static var processedEvent: JSON {
        .fields([
            "notion_page_id": ["type": "string", "format": "uuid"],
            "gcal_event_id": .text,
            "status": ["type": "string", "enum": ["created", "updated", "deleted", "unchanged"]],
            "summary": .text,
        ])
    }

    private static var blocked: JSON {
        [
            "type": "object", "description": "How many changes were held back, by kind.", "required": ["deletes"],
            "properties": ["deletes": .count, "updates": .count, "access_rules": .count],
            "additionalProperties": .count,
        ]
    }

    private static var otherChanges: JSON {
        ["type": "integer", "minimum": 1, "description": "How many other changes were not carried out."]
    }

    private static var setup: JSON {
        .fields([
            "status": .word("success"),
            "message": ["type": "string", "example": "Calendar set up for organization acm"],
            "calendar_id": .text, "organization_id": .id,
        ])
    }

    private static var syncAll: JSON {
        .fields([
            "status": ["type": "string", "enum": ["success", "partial_success", "failed", "skipped"]],
            "message": ["type": "string", "example": "Synchronized: 2 of 3."],
            "total_organizations": .count, "organizations_processed": .count, "organizations_failed": .count,
            "organizations_skipped": .count, "organizations_on_hold": .count,
            "organization_results": .list("OrganizationResult"),
        ])
    }

    private static var organizationResult: JSON {
        .fields(
            [
                "organization_id": .id, "organization_name": .text,
                "status": ["type": "string", "enum": ["success", "failed", "skipped"]], "message": .text,
                "events_processed": .count, "warnings": warnings,
            ],
            optional: ["warnings"]
        )
    }

    /// The handshake, or a delivery; of the latter only what is used.
    private static var notionDelivery: JSON {
        let token: JSON = ["type": "string", "pattern": "^[A-Za-z0-9._~+/=-]{16,512}$"]
        let handshake: JSON = .fields(["verification_token": token])
        let entity: JSON = .fields(["id": .text, "type": .text])
        let event: JSON = .fields(
            [
                "id": .text, "type": ["type": "string", "example": "page.properties_updated"], "entity": entity,
                "data": ["type": "object"],
            ],
            optional: ["data"]
        )
        return ["anyOf": [handshake, event]]
    }
}

extension JSON {
    fileprivate static let text: JSON = ["type": "string"]
    fileprivate static let textOrNull: JSON = ["type": ["string", "null"]]
    fileprivate static let count: JSON = ["type": "integer", "minimum": 0]
    /// The number of an organization in the state.
    fileprivate static let id: JSON = ["type": "integer", "minimum": 1]

    /// The one value that a member has.
    fileprivate static func word(_ text: String) -> JSON { ["type": "string", "const": .string(text)] }

    fileprivate static func list(_ schema: String) -> JSON {
        ["type": "array", "items": .reference("schemas", schema)]
    }

    /// An object with the members named; clients must expect further ones.
    fileprivate static func fields(_ members: JSON.Members, optional: [String] = []) -> JSON {
        let required = members.map(\.name).filter { !optional.contains($0) }
        return [
            "type": "object", "required": .array(required.map(JSON.string)), "properties": .object(members),
        ]
    }
}
