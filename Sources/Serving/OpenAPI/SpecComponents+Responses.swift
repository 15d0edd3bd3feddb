import JSON

extension SpecComponents {
    /// Answers that several operations share; all are errors.
    static var responses: JSON.Members {
        [
            "Renamed": error("The organization has another prefix now.", headers: ["Location"]),
            "BadQuestion": error("A parameter is unknown or malformed, or the organization has no Notion database."),
            "Unconfigured": error("The organization's declaration names no Notion database."),
            "Unauthorized": error("The bearer token is absent or wrong.", headers: ["WWW-Authenticate"]),
            "Inactive": error("The organization is not active."),
            "NotAllowed": error(
                "The organization is not active or not enabled for sync, or the service has no token and refuses writes."
            ),
            "UnknownOrganization": error("There is no such organization."),
            "MethodNotAllowed": error("The path has other methods.", headers: ["Allow"]),
            "TooManyRequests": error("This client starts too many syncs.", headers: ["Retry-After"]),
            "Internal": error("A mistake of the service; `reference` finds it in the log."),
            "NotionFailed": error(
                "Notion cannot be read, and no earlier events are in memory.",
                headers: ["Retry-After"]
            ),
            "Unavailable": error("The service cannot answer at the moment."),
            "UpstreamFailed": error("Notion or Google failed."),
            "Busy": error(
                "Another run is under way, the service is stopping, or it has no Google key.",
                headers: ["Retry-After"]
            ),
        ]
    }

    private static func error(_ description: String, headers: [String] = []) -> JSON {
        .answer(description, "Error", headers: headers)
    }
}
