package import ReconcileModel
import Transport

extension CalendarError {
    /// The error in words for people.
    package var failure: Failure { failure() }

    /// The error in words for people.
    ///
    /// - Parameters:
    ///   - calendar: the calendar that was worked on.
    ///   - account: the e-mail of the account that asked (`CalendarClient.account`), to name whom to share with.
    package func failure(on calendar: CalendarID? = nil, account: String? = nil) -> Failure {
        let place = calendar.map { "Google Calendar \($0)" } ?? "Google Calendar"
        let who = account ?? "the service account"
        return switch self {
        case .unauthorized(let message):
            Failure(
                code: "google_unauthorized",
                message: "Google refused the access token of \(who): \(message)",
                hint: "Check that the service account and its key still exist."
            )
        case .forbidden(let reason, let message): forbidden(reason, message, place: place, who: who)
        case .notFound:
            Failure(
                code: .calendarNotFound,
                message: "\(place): it does not exist or is not shared with \(who).",
                hint: "Share it with \(who) as owner, or correct its id."
            )
        case .gone(let reason):
            Failure(code: "calendar_gone", message: "\(place): what was asked for is gone (\(reason)).")
        case .duplicate:
            Failure(code: "calendar_duplicate", message: "\(place): the id is already taken.")
        case .conflict(let reason):
            Failure(
                code: "calendar_conflict",
                message: "\(place): the call collided with another one (\(reason)).",
                hint: "Run again."
            )
        case .preconditionFailed:
            Failure(
                code: "calendar_changed",
                message: "\(place): somebody changed it in the meantime.",
                hint: "Plan again to see what changed."
            )
        case .rateLimited(let reason, let retryAfter):
            Failure(
                code: "google_rate_limited",
                message: "\(place): Google limits the rate of requests (\(reason))\(RateLimitText.ending(retryAfter))",
                hint: RateLimitText.hint(
                    retryAfter,
                    otherwise: "Run again in a few minutes, or lower RECONCILE_GOOGLE_RPM."
                )
            )
        case .quotaExceeded(let reason, let message):
            Failure(
                code: "google_quota_exceeded",
                message: "Google lets \(who) change no more calendars for now (\(reason): \(message)).",
                hint: "Wait some hours, then run again: what was done is kept."
            )
        case .badRequest(let reason, let message):
            Failure(code: "google_bad_request", message: "\(place): Google refused the call (\(reason): \(message)).")
        case .otherCalendar(let id):
            Failure(
                code: "calendar_id_other",
                message: "\(place): Google answers with another calendar, \(id).",
                hint: "Where that is the one that is meant, write google_calendar_id: \(id)."
            )
        case .service(let status):
            Failure(
                code: "google_unavailable",
                message: "\(place): Google answered with an error of its own (HTTP \(status)).",
                hint: "Run again later."
            )
        case .malformedAnswer(let reason):
            Failure(
                code: "google_malformed_answer",
                message: "\(place): the answer cannot be understood: \(reason).",
                hint: "Run again; if it stays, check for a proxy that answers in Google's place."
            )
        case .unconfirmed(let reason):
            Failure(
                code: "google_unconfirmed",
                message: "\(place): Google did not confirm the write: \(reason).",
                hint: "Run again; if it stays, check for a proxy that answers in Google's place."
            )
        case .transport(let error): error.failure
        case .token(let error): error.failure(account: who)
        case .notSent(let error): error.failure(on: calendar, account: account)
        }
    }

    private func forbidden(_ reason: String, _ message: String, place: String, who: String) -> Failure {
        switch reason {
        case "insufficientPermissions":
            Failure(
                code: "google_scopes_missing",
                message: "\(place): the access token of \(who) lacks a scope (\(message)).",
                hint: "With domain-wide delegation, authorize the scopes \(CalendarScope.all.joined(separator: " "))."
            )
        case "accessNotConfigured":
            Failure(
                code: "google_api_disabled",
                message: "The Google Calendar API is not enabled in the project of \(who): \(message)",
                hint: "Enable it in the Google Cloud console."
            )
        default:
            Failure(
                code: .calendarForbidden,
                message: "\(place): \(who) may not do this (\(reason): \(message)).",
                hint: CalendarAccess.hint(
                    message.contains("owner access") ? .owner : .writer,
                    for: who
                )
            )
        }
    }
}
