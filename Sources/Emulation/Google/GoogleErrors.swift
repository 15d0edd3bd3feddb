/// The error answers of Calendar.
///
/// <https://developers.google.com/workspace/calendar/api/guides/errors>
extension Refusal {
    /// Calendar's own envelope.
    static func calendar(
        _ status: Int,
        _ reason: String,
        _ message: String,
        domain: String = "global",
        location: (type: String, name: String)? = nil
    ) -> Refusal {
        var item: JSONValue = ["domain": .string(domain), "reason": .string(reason), "message": .string(message)]
        if let location {
            item["locationType"] = .string(location.type)
            item["location"] = .string(location.name)
        }
        let error: JSONValue = ["errors": [item], "code": .int(status), "message": .string(message)]
        return Refusal(answer: .json(["error": error], status: status, indent: 1))
    }

    /// The envelope of the front end, which answers before Calendar does.
    private static func frontEnd(_ error: JSONValue, status: Int, headers: [String: String] = [:]) -> Refusal {
        Refusal(answer: .json(["error": error], status: status, indent: 2, headers: headers))
    }

    static let loginRequired = frontEnd(
        [
            "code": 401,
            "message": "Login Required.",
            "errors": [
                [
                    "message": "Login Required.", "domain": "global", "reason": "required",
                    "location": "Authorization", "locationType": "header",
                ]
            ],
            "status": "UNAUTHENTICATED",
        ],
        status: 401,
        headers: ["WWW-Authenticate": #"Bearer realm="https://accounts.google.com/""#]
    )

    static let invalidCredentials = frontEnd(
        [
            "code": 401,
            "message": """
            Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid \
            authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.
            """,
            "errors": [
                [
                    "message": "Invalid Credentials", "domain": "global", "reason": "authError",
                    "location": "Authorization", "locationType": "header",
                ]
            ],
            "status": "UNAUTHENTICATED",
        ],
        status: 401,
        headers: [
            "WWW-Authenticate": #"Bearer realm="https://accounts.google.com/", error="invalid_token""#
        ]
    )

    /// - Parameter method: such as `Events.Insert`.
    static func insufficientScopes(method: String) -> Refusal {
        frontEnd(
            [
                "code": 403,
                "message": "Request had insufficient authentication scopes.",
                "errors": [
                    ["message": "Insufficient Permission", "domain": "global", "reason": "insufficientPermissions"]
                ],
                "status": "PERMISSION_DENIED",
                "details": [
                    [
                        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                        "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                        "domain": "googleapis.com",
                        "metadata": [
                            "service": "calendar-json.googleapis.com", "method": "calendar.v3.\(method)",
                        ],
                    ]
                ],
            ],
            status: 403
        )
    }

    static let notFound = calendar(404, "notFound", "Not Found")
    static let forbidden = calendar(403, "forbidden", "Forbidden")
    static let parseError = calendar(400, "parseError", "Parse Error")
    static let invalidID = calendar(400, "invalid", "Invalid resource id value.")
    static let duplicate = calendar(409, "duplicate", "The requested identifier already exists.")
    static let deleted = calendar(410, "deleted", "Resource has been deleted")
    static let preconditionFailed = calendar(
        412,
        "conditionNotMet",
        "Precondition Failed",
        location: ("header", "If-Match")
    )
    static let timeRangeEmpty = calendar(
        400,
        "timeRangeEmpty",
        "The specified time range is empty.",
        domain: "calendar",
        location: ("parameter", "timeMax")
    )
    static let fullSyncRequired = calendar(
        410,
        "fullSyncRequired",
        "Sync token is no longer valid, a full sync is required.",
        domain: "calendar",
        location: ("parameter", "syncToken")
    )
    static let updatedMinTooLongAgo = calendar(
        410,
        "updatedMinTooLongAgo",
        "The requested minimum modification time lies too far in the past.",
        domain: "calendar",
        location: ("parameter", "updatedMin")
    )
    static let attendeesRefused = calendar(
        403,
        "forbiddenForServiceAccounts",
        "Service accounts cannot invite attendees without Domain-Wide Delegation of Authority.",
        domain: "calendar"
    )

    static func accessLevel(_ role: String) -> Refusal {
        calendar(403, "requiredAccessLevel", "You need to have \(role) access to this calendar.", domain: "calendar")
    }

    static func rateLimit(status: Int) -> Refusal {
        calendar(status, "rateLimitExceeded", "Rate Limit Exceeded", domain: "usageLimits")
    }

    static func required(_ message: String) -> Refusal { calendar(400, "required", message) }
    static func invalid(_ message: String) -> Refusal { calendar(400, "invalid", message) }

    static func invalidParameter(_ name: String, _ message: String) -> Refusal {
        calendar(400, "invalidParameter", message, location: ("parameter", name))
    }
}
