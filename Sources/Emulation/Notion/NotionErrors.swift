/// The error answers of Notion.
///
/// <https://developers.notion.com/reference/status-codes>
extension Refusal {
    static func notion(
        _ status: Int,
        _ code: String,
        _ message: String,
        additional: JSONValue? = nil,
        headers: [String: String] = [:]
    ) -> Refusal {
        var body: JSONValue = [
            "object": "error", "status": .int(status), "code": .string(code), "message": .string(message),
        ]
        body["additional_data"] = additional
        return Refusal(answer: .json(body, status: status, headers: headers))
    }

    static let invalidToken = notion(401, "unauthorized", "API token is invalid.")
    static let invalidURL = notion(400, "invalid_request_url", "Invalid request URL.")
    static let invalidJSON = notion(400, "invalid_json", "Error parsing JSON body.")
    static let missingCapability = notion(403, "restricted_resource", "Insufficient permissions for this endpoint.")

    static func validation(_ message: String) -> Refusal { notion(400, "validation_error", message) }

    /// - Parameter kind: `database`, `data_source`, `page`.
    static func notFound(_ kind: String, _ id: String, integration: String) -> Refusal {
        notion(
            404,
            "object_not_found",
            """
            Could not find \(kind) with ID: \(id). Make sure the relevant pages and databases are shared with your \
            integration "\(integration)".
            """
        )
    }

    static func severalDataSources(_ database: NotionDatabase) -> Refusal {
        notion(
            400,
            "validation_error",
            "Databases with multiple data sources are not supported in this API version.",
            additional: [
                "error_type": "multiple_data_sources_for_database",
                "database_id": .string(database.id),
                "child_data_source_ids": .array(database.dataSources.map { .string($0) }),
                "minimum_api_version": "2025-09-03",
            ]
        )
    }

    static func rateLimited(retryAfter seconds: Int) -> Refusal {
        notion(
            429,
            "rate_limited",
            "You have been rate limited. Please try again later.",
            additional: [
                "rate_limit_reason": "public_api_request_rate_limit", "retry_after": .string(String(seconds)),
            ],
            headers: ["Retry-After": String(seconds)]
        )
    }
}
