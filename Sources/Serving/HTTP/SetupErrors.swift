import HTTPTypes
import ReconcileModel

extension APIError {
    /// Why a calendar could not be set up, in words that everybody may read.
    static func notSetUp(_ failure: Failure, _ prefix: String) -> APIError {
        let start = "The calendar of \(prefix) could not be set up: "
        switch failure.refusal {
        case .leftAlone, .heldBack:
            return APIError(.conflict, "\(prefix) is on hold until somebody releases it; no calendar was created.")
        case .locked, .stopping, .cancelled: return notSynchronized(failure, prefix)
        case .accountChanged:
            return APIError(
                .conflict,
                start + "the Google account is another one than before; a maintainer has to allow that.",
                cause: failure
            )
        case .noKey, .disabled, nil:
            return APIError(.badGateway, start + reason(failure.code), cause: failure)
        }
    }

    private static func reason(_ code: Failure.Code) -> String {
        switch code {
        case .notionDatabaseChanged, .notionDataSourceChanged:
            "its events come from another Notion database than the declared one; a maintainer has to allow that."
        case .calendarNotFound, .calendarForbidden:
            "it is known, and Google does not show it to this service; a maintainer has to share it or allow a new one."
        default: reason(code.subject)
        }
    }

    private static func reason(_ subject: Failure.Code.Subject?) -> String {
        switch subject {
        case .notion:
            "it is known for another Notion database than the declared one, and Notion cannot be asked about that now."
        case .property:
            "its Notion database has not all that the declaration names."
        case .calendar, .google, .sharing:
            "Google Calendar did not allow it or did not answer; a calendar that was created is found by the next try."
        case .state, nil:
            "the log of the service tells why; a calendar that was created is found by the next try."
        }
    }
}
