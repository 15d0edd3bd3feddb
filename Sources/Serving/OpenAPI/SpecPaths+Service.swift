import JSON

extension SpecPaths {
    static var notion: JSON.Members { ["/api/notion/webhook": ["post": webhook.node]] }

    /// What tells about the service itself.
    static var service: JSON.Members {
        [
            "/": ["get": statusPage.node, "head": statusPage.head],
            "/healthz": ["get": health.node, "head": health.head],
            "/readyz": ["get": readiness.node, "head": readiness.head],
            "/metrics": ["get": metrics.node, "head": metrics.head],
            "/openapi.json": ["get": description.node, "head": description.head],
        ]
    }

    private static var webhook: SpecOperation {
        SpecOperation(
            id: "receiveNotionEvent",
            tag: "notion",
            summary: "What Notion sends when something has changed",
            description: """
                Answers at once; the organizations concerned are synchronized soon after. Deliveries are signed with the \
                subscription's verification token (NOTION_WEBHOOK_SECRET). As long as none is set, the one request that \
                brings the token is accepted, and nothing else. Repeated and late deliveries do no harm.
                """,
            parameters: ["X-Notion-Signature"],
            body: [
                "required": true, "content": ["application/json": ["schema": .reference("schemas", "NotionDelivery")]],
            ],
            responses: [
                (200, .answer("Taken.", "Acknowledgement")),
                (400, .answer("The body is not what Notion sends.", "Error")),
                (401, .answer("The signature is absent or wrong.", "Error")),
                (403, .answer("No secret is set to verify it with, or another token is kept already.", "Error")),
                (408, .answer("The body did not arrive in time.", "Error")),
                (413, .answer("The body is larger than Notion's are: 64 KiB, 4 before a secret is set.", "Error")),
                (500, .reference("responses", "Internal")),
                (503, .answer("Too much arrives at once.", "Error", headers: ["Retry-After"])),
            ]
        )
    }

    private static var statusPage: SpecOperation {
        SpecOperation(
            id: "getStatusPage",
            tag: "service",
            summary: "Organizations, their calendars and the latest runs, for people",
            description: """
                Strangers see counts and kinds of what is wrong. Details are shown with the service's token, and to browsers \
                that signed in with it at `/?sign-in`.
                """,
            responses: [
                (200, .answer("The page.", type: "text/html", headers: ["Cache-Control", "Content-Security-Policy"])),
                (303, .emptyAnswer("Signed in; on to the page.")),
                (401, .answer("The token is to be shown, as a password.", "Error")),
                (429, .answer("Too many wrong tokens.", "Error")),
                (500, .reference("responses", "Internal")),
            ]
        )
    }

    private static var health: SpecOperation {
        SpecOperation(
            id: "getHealth",
            tag: "service",
            summary: "Whether the process answers",
            responses: [(200, .answer("It does.", "Health"))]
        )
    }

    private static var readiness: SpecOperation {
        SpecOperation(
            id: "getReadiness",
            tag: "service",
            summary: "Whether events can be answered, and no scheduled sync was missed",
            responses: [
                (200, .answer("They can.", "Health")),
                (503, .answer("Not yet, or not any more.", "Error", headers: ["Retry-After"])),
            ]
        )
    }

    private static var metrics: SpecOperation {
        SpecOperation(
            id: "getMetrics",
            tag: "service",
            summary: "Metrics in Prometheus' text format",
            responses: [(200, .answer("The metrics.", type: "text/plain"))]
        )
    }

    private static var description: SpecOperation {
        SpecOperation(
            id: "getDescription",
            tag: "service",
            summary: "This document",
            responses: [
                (
                    200,
                    .answer("The document.", type: "application/json", schema: ["type": "object"], headers: ["ETag"])
                ),
                (304, .emptyAnswer("Nothing has changed since the version in `If-None-Match`.", headers: ["ETag"])),
            ]
        )
    }
}
