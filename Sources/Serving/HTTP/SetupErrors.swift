import HTTPTypes
import ReconcileModel

extension APIError {
    /// Why a calendar could not be set up, in words that everybody may read.
    static func notSetUp(_ failure: Failure, _ prefix: String) -> APIError {
        let start = "The calendar of \(prefix) could not be set up: "
        switch failure.code {
        case "skipped", "blocked":
            return APIError(.conflict, "\(prefix) is on hold until somebody releases it; no calendar was created.")
        case "state_locked", "stopping", "cancelled": return notSynchronized(failure, prefix)
        case "account_changed":
            return APIError(
                .conflict,
                start + "the Google account is another one than before; a maintainer has to allow that.",
                cause: failure
            )
        default:
            return APIError(.badGateway, start + reason(failure), cause: failure)
        }
    }

    private static func reason(_ failure: Failure) -> String {
        switch failure.code {
        case "notion_database_changed", "notion_data_source_changed":
            "its events come from another Notion database than the declared one; a maintainer has to allow that."
        case _ where failure.code.hasPrefix("notion_"):
            "it is known for another Notion database than the declared one, and Notion cannot be asked about that now."
        case _ where failure.code.hasPrefix("property_"):
            "its Notion database has not all that the declaration names."
        case "calendar_not_found", "calendar_forbidden":
            "it is known, and Google does not show it to this service; a maintainer has to share it or allow a new one."
        case _ where failure.code.hasPrefix("calendar_") || failure.code.hasPrefix("google_"):
            "Google Calendar did not allow it or did not answer; a calendar that was created is found by the next try."
        default: "the log of the service tells why; a calendar that was created is found by the next try."
        }
    }
}
