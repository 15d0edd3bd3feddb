import JSON

/// What is answered as JSON; members that have no value are left out.
protocol JSONDocument {
    var json: JSON { get }
}

extension SyncDocument: JSONDocument {
    var json: JSON {
        .object(of: [
            "status": .string(status),
            "message": .string(message),
            "organization_id": .integer(Int(organization_id)),
            "events_processed": .array(events_processed.map(\.json)),
            "blocked": blocked.map {
                .object(of: [
                    "deletes": .integer($0.deletes), "updates": $0.updates.map { .integer($0) },
                    "access_rules": $0.access_rules.map { .integer($0) },
                ])
            },
            "failed": failed.map { .integer($0) },
            "pending_deletes": pending_deletes.map { .integer($0) },
            "warnings": warnings.map { .array($0.map(\.json)) },
        ])
    }
}

extension ProcessedEvent: JSONDocument {
    var json: JSON {
        [
            "notion_page_id": .string(notion_page_id),
            "gcal_event_id": .string(gcal_event_id),
            "status": .string(status.rawValue),
            "summary": .string(summary),
        ]
    }
}

extension SyncWarning: JSONDocument {
    var json: JSON {
        .object(of: [
            "code": .string(code), "message": .string(message), "notion_page_id": notion_page_id.map { .string($0) },
        ])
    }
}

extension SyncAllDocument: JSONDocument {
    var json: JSON {
        [
            "status": .string(status),
            "message": .string(message),
            "total_organizations": .integer(total_organizations),
            "organizations_processed": .integer(organizations_processed),
            "organizations_failed": .integer(organizations_failed),
            "organizations_skipped": .integer(organizations_skipped),
            "organizations_on_hold": .integer(organizations_on_hold),
            "organization_results": .array(organization_results.map(\.json)),
        ]
    }
}

extension SyncAllDocument.OrganizationResult: JSONDocument {
    var json: JSON {
        .object(of: [
            "organization_id": .integer(Int(organization_id)),
            "organization_name": .string(organization_name),
            "status": .string(status.rawValue),
            "message": .string(message),
            "events_processed": .integer(events_processed),
            "warnings": warnings.map { .array($0.map(\.json)) },
        ])
    }
}

extension SetupDocument: JSONDocument {
    var json: JSON {
        [
            "status": "success",
            "message": .string(message),
            "calendar_id": .string(calendar_id),
            "organization_id": .integer(Int(organization_id)),
        ]
    }
}

extension JSON: JSONDocument {
    var json: JSON { self }

    static let contentType = "application/json; charset=utf-8"
}
