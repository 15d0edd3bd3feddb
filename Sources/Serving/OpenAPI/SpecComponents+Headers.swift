import JSON

extension SpecComponents {
    static var headers: JSON.Members {
        [
            "ETag": header("The version of the answer, for `If-None-Match`.", isRequired: true),
            "Cache-Control": header("How long the answer may be kept, of which `Age` has passed.", isRequired: true),
            "Age": header("How old the events are, in seconds.", ["type": "integer", "minimum": 0]),
            "Location": header("The same address under the prefix that it has now.", isRequired: true),
            "Retry-After": header("In how many seconds to try again.", ["type": "integer", "minimum": 0]),
            "WWW-Authenticate": header("`Bearer`: a token is needed.", isRequired: true),
            "Allow": header("The methods that the path has.", isRequired: true),
            "Content-Security-Policy": header("Lets nothing in but the page's own style.", isRequired: true),
            "Deprecation": header(
                "Since when not to use it any more, as RFC 9745 writes it: `@` and seconds.",
                isRequired: true
            ),
            "Link": header("What to use instead."),
        ]
    }

    private static func header(
        _ description: String,
        _ schema: JSON = ["type": "string"],
        isRequired: Bool = false
    ) -> JSON {
        .object(of: ["description": .string(description), "required": isRequired ? true : nil, "schema": schema])
    }

    static var parameters: JSON.Members {
        [
            "prefix": prefix,
            "from": query("from", "Events that end after it, or lie on that day or later.", dayOrTime),
            "to": query("to", "Events that start before that time, or on that day or sooner.", dayOrTime),
            "date": query("date", "Events on that day.", ["type": "string", "format": "date"]),
            "q": text("q", "title, location or description"),
            "title": text("title", "title"),
            "location": text("location", "location"),
            "description": text("description", "description"),
            "limit": query(
                "limit",
                "At most so many events; without it, all.",
                ["type": "integer", "minimum": 1, "maximum": .number(EventsQuery.maximalLimit)]
            ),
            "offset": query(
                "offset",
                "So many of the first events are left out.",
                ["type": "integer", "minimum": 0, "maximum": .number(EventsQuery.maximalOffset), "default": 0]
            ),
            "If-None-Match": request("If-None-Match", "The version that the client has."),
            "X-Notion-Signature": request(
                "X-Notion-Signature",
                "`sha256=` and the HMAC of the body, in hexadecimal digits."
            ),
        ]
    }

    private static var prefix: JSON {
        [
            "name": "prefix", "in": "path", "required": true, "description": "Names the organization.",
            "schema": ["type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$", "maxLength": 64], "example": "acm",
        ]
    }

    /// A day is one of the organization's time zone.
    private static let dayOrTime: JSON = [
        "oneOf": [["type": "string", "format": "date"], ["type": "string", "format": "date-time"]],
        "description": "A day in the organization's time zone (as `to`, it is included), or a time.",
    ]

    private static func text(_ name: String, _ places: String) -> JSON {
        query(
            name,
            "Events of which \(places) contains it, whatever the case and the accents; empty: all.",
            ["type": "string", "maxLength": .number(EventsQuery.maximalText)]
        )
    }

    private static func query(_ name: String, _ description: String, _ schema: JSON) -> JSON {
        ["name": .string(name), "in": "query", "description": .string(description), "schema": schema]
    }

    private static func request(_ name: String, _ description: String) -> JSON {
        ["name": .string(name), "in": "header", "description": .string(description), "schema": ["type": "string"]]
    }
}
