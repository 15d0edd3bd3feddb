import JSON

extension SpecPaths {
    /// What there is for one organization.
    static var organizations: JSON.Members {
        [
            "/api/calendar/{prefix}/events": ["get": events.node, "head": events.head],
            "/api/calendar/{prefix}/events.ics": ["get": feed.node, "head": feed.head],
            "/api/calendar/{prefix}/sync": ["post": sync.node],
            "/api/calendar/{prefix}/setup": ["post": setup.node],
        ]
    }

    private static let filters = ["from", "to", "date", "q", "title", "location", "description", "limit", "offset"]

    private static let cacheHeaders = ["ETag", "Cache-Control", "Age"]

    /// What can happen to any question about one organization's events.
    private static let eventErrors: [(Int, JSON)] = [
        (403, .reference("responses", "Inactive")), (404, .reference("responses", "UnknownOrganization")),
        (500, .reference("responses", "Internal")), (502, .reference("responses", "NotionFailed")),
        (503, .reference("responses", "Unavailable")),
    ]

    private static var events: SpecOperation {
        SpecOperation(
            id: "getEvents",
            tag: "events",
            summary: "The events of an organization",
            description: """
                From memory, at most five minutes old; while Notion is down, older, as `Age` tells. The order is that of the \
                starts. `start` and `end` are RFC 3339 times in UTC, or dates for all-day events: then `end` is the last \
                day, so that an event of one day ends on the day it starts (FullCalendar and iCalendar want the day after).
                """,
            parameters: ["prefix"] + filters + ["If-None-Match"],
            responses: [
                (200, .answer("The events.", "Events", headers: cacheHeaders)),
                (304, .emptyAnswer("Nothing has changed since the version in `If-None-Match`.", headers: cacheHeaders)),
                (308, .reference("responses", "Renamed")),
                (400, .reference("responses", "BadQuestion")),
            ] + eventErrors
        )
    }

    private static var feed: SpecOperation {
        SpecOperation(
            id: "getCalendar",
            tag: "events",
            summary: "The same events as iCalendar, to subscribe to",
            description: """
                RFC 5545. UIDs stay the same whatever changes in an event, SEQUENCE grows with edits; all-day events have \
                dates, with the end on the day after the last.
                """,
            parameters: ["prefix"] + filters + ["If-None-Match"],
            responses: [
                (200, .answer("The calendar.", type: "text/calendar", headers: cacheHeaders)),
                (304, .emptyAnswer("Nothing has changed since the version in `If-None-Match`.", headers: cacheHeaders)),
                (308, .reference("responses", "Renamed")),
                (400, .reference("responses", "BadQuestion")),
            ] + eventErrors
        )
    }

    private static var sync: SpecOperation {
        SpecOperation(
            id: "syncOrganization",
            tag: "sync",
            summary: "Bring an organization's calendar in line with its Notion database",
            description: """
                Plans and applies at once, and answers when it is done. Repeated without a change at Notion or Google, it \
                writes nothing.
                """,
            parameters: ["prefix"],
            responses: [
                (200, .answer("Done: what became of each event.", "Sync")),
                (308, .reference("responses", "Renamed")),
                (400, .reference("responses", "Unconfigured")),
                (401, .reference("responses", "Unauthorized")),
                (403, .reference("responses", "NotAllowed")),
                (404, .reference("responses", "UnknownOrganization")),
                (409, .answer("A safety rule holds changes back; they were not written.", "Blocked")),
                (429, .reference("responses", "TooManyRequests")),
                (500, .reference("responses", "Internal")),
                (502, .answer("Notion or Google failed; what was done until then is listed.", "FailedSync")),
                (
                    503,
                    .answer(
                        "Another run is under way, or there is no Google key; or the service is stopping: what was done is listed.",
                        "FailedSync",
                        headers: ["Retry-After"]
                    )
                ),
            ],
            needsToken: true
        )
    }

    private static var setup: SpecOperation {
        SpecOperation(
            id: "setUpOrganization",
            tag: "sync",
            summary: "Create an organization's calendar, where it has none",
            description: "Repeated, it answers the same, and creates no second calendar.",
            parameters: ["prefix"],
            responses: [
                (200, .answer("The calendar is there.", "Setup")),
                (308, .reference("responses", "Renamed")),
                (400, .reference("responses", "Unconfigured")),
                (401, .reference("responses", "Unauthorized")),
                (403, .reference("responses", "NotAllowed")),
                (404, .reference("responses", "UnknownOrganization")),
                (409, .answer("A safety rule forbids it, such as another service account than before.", "Error")),
                (429, .reference("responses", "TooManyRequests")),
                (500, .reference("responses", "Internal")),
                (502, .reference("responses", "UpstreamFailed")),
                (503, .reference("responses", "Busy")),
            ],
            needsToken: true
        )
    }
}
