import JSON

extension SpecPaths {
    /// What there is for all organizations at once, and what the predecessor had before there were organizations.
    static var everyOrganization: JSON.Members {
        [
            "/api/calendar/sync-all": ["post": syncAll.node],
            "/api/calendar/notion-webhook": ["post": predecessorWebhook.node],
            "/api/calendar/events": ["get": predecessorEvents.node, "head": predecessorEvents.head],
            "/api/calendar/delete-all-events": ["post": predecessorDeletion.node],
        ]
    }

    private static let deprecation = ["Deprecation", "Link"]

    private static func syncAllAnswers(headers: [String]) -> [(Int, JSON)] {
        [
            (200, .answer("Done for every organization, or for some; `status` tells.", "SyncAll", headers: headers)),
            (401, .reference("responses", "Unauthorized")),
            (403, .reference("responses", "NotAllowed")),
            (409, .answer("Safety rules alone kept every organization from it.", oneOf: ["SyncAll", "Error"])),
            (429, .reference("responses", "TooManyRequests")),
            (500, .reference("responses", "Internal")),
            (
                502,
                .answer("No organization could be synchronized; `message` tells why.", oneOf: ["SyncAll", "Error"])
            ),
            (
                503,
                .answer(
                    "Another run is under way, or there is no Google key; or the service is stopping: `SyncAll` tells what was done.",
                    oneOf: ["SyncAll", "Error"],
                    headers: ["Retry-After"]
                )
            ),
        ]
    }

    private static var syncAll: SpecOperation {
        SpecOperation(
            id: "syncAllOrganizations",
            tag: "sync",
            summary: "Bring the calendars of all organizations in line",
            description: """
                Organizations that are inactive or not enabled for sync are skipped. One organization's failure is its own: \
                the others go on.
                """,
            responses: syncAllAnswers(headers: []),
            needsToken: true
        )
    }

    private static var predecessorWebhook: SpecOperation {
        SpecOperation(
            id: "syncAllOrganizationsByOldName",
            tag: "sync",
            summary: "The same as /api/calendar/sync-all",
            description: "Kept for jobs that call it. Notion's own webhooks go to /api/notion/webhook.",
            responses: syncAllAnswers(headers: deprecation),
            needsToken: true,
            isDeprecated: true
        )
    }

    private static var predecessorEvents: SpecOperation {
        SpecOperation(
            id: "getEventsOfNoOrganization",
            tag: "events",
            summary: "Nothing: events belong to an organization",
            responses: [
                (400, .answer("Names /api/calendar/{prefix}/events.", "Error", headers: ["Deprecation"]))
            ],
            isDeprecated: true
        )
    }

    private static var predecessorDeletion: SpecOperation {
        SpecOperation(
            id: "deleteAllEvents",
            tag: "sync",
            summary: "Nothing: no request deletes all events",
            responses: [
                (400, .answer("Names /api/calendar/{prefix}/sync.", "Error", headers: ["Deprecation"]))
            ],
            isDeprecated: true
        )
    }
}
