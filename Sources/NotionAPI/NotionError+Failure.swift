package import ReconcileModel
import Transport

extension NotionError {
    /// The error for people: what happened, and what to do.
    package var failure: Failure {
        switch self {
        case .unauthorized:
            Failure(
                code: "notion_unauthorized",
                message: "Notion refused the token (401).",
                hint: "Check NOTION_API_KEY."
            )
        case .restricted(let message):
            Failure(
                code: "notion_restricted",
                message: "Notion refused the request (403): \(message)",
                hint: "In the integration's settings in Notion, allow it to read content."
            )
        case .notFound(let kind, let id): Self.notFound(kind, id: id)
        case .inTrash(let kind, let id):
            Failure(
                code: "notion_in_trash",
                message: "The Notion \(kind.rawValue) \(id) is in the trash.",
                hint: "Restore it in Notion, or set active: false in the declaration."
            )
        case .validation(let code, let message):
            Failure(code: "notion_invalid_request", message: "Notion refused the request (\(code)): \(message)")
        case .rateLimited(let isBlocked, let retryAfter): Self.rateLimited(isBlocked: isBlocked, retryAfter)
        case .service(let status, let code):
            Failure(
                code: "notion_service_error",
                message: "Notion answered with status \(status)\(code.map { " (\($0))" } ?? "").",
                hint: status >= 500 ? "Try again later; https://status.notion.so shows known incidents." : nil
            )
        case .malformedAnswer(let location, let reason):
            Failure(
                code: "notion_malformed_answer",
                message: "Notion's answer to \(location) is not what its API promises: \(reason)."
            )
        case .transport(let error): error.failure
        case .ambiguousDataSource(let names):
            Failure(
                code: "notion_data_source_ambiguous",
                message: "The Notion database has several data sources: \(Self.list(names)).",
                hint: "Name one in the declaration: data_source: \(names.first ?? "…"); its id works too."
            )
        case .unknownDataSource(let declared, let names): Self.unknownDataSource(declared, names: names)
        case .invalidFilter(let reason):
            Failure(code: "notion_invalid_filter", message: "The filter cannot be sent to Notion: \(reason).")
        }
    }

    private static func notFound(_ kind: NotionObjectKind, id: String) -> Failure {
        Failure(
            code: "notion_not_found",
            message: "Notion knows no \(kind.rawValue) \(id), or it is not shared with the integration.",
            hint: "In Notion open the database, ••• > Connections, and add the integration."
        )
    }

    private static func rateLimited(isBlocked: Bool, _ retryAfter: Duration?) -> Failure {
        guard isBlocked else {
            return Failure(
                code: "notion_rate_limited",
                message: "Notion limits the rate of requests (429)\(RateLimitText.ending(retryAfter))",
                hint: RateLimitText.hint(
                    retryAfter,
                    otherwise: "Try again in a few minutes, or lower RECONCILE_NOTION_RPS."
                )
            )
        }
        return Failure(
            code: "notion_blocked",
            message: "Notion has blocked requests of this integration (429 public_api_request_blocked).",
            hint: "Do not repeat the run; ask Notion's support."
        )
    }

    private static func unknownDataSource(_ declared: String?, names: [String]) -> Failure {
        let wanted = declared.map { "no data source \"\($0)\"" } ?? "no data source"
        let existing = names.isEmpty ? "" : "; it has \(list(names))"
        return Failure(
            code: "notion_data_source_unknown",
            message: "The Notion database has \(wanted)\(existing).",
            hint: names.isEmpty ? nil : "Correct data_source in the declaration; the name or the id of one of them."
        )
    }

    private static func list(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ", ") }
}
