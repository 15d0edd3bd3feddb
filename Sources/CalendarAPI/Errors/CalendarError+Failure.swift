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
        let words = Words(
            place: calendar.map { "Google Calendar \($0)" } ?? "Google Calendar",
            who: account ?? "the service account"
        )
        return switch self {
        case .unauthorized(let message): words.unauthorized(message)
        case .forbidden(let reason, let message): words.forbidden(reason, message)
        case .quotaExceeded(let reason, let message): words.quotaExceeded(reason, message)
        case .rateLimited(let reason, let retryAfter): words.rateLimited(reason, retryAfter)
        case .notFound: words.notFound
        case .gone(let reason): words.gone(reason)
        case .duplicate: words.duplicate
        case .conflict(let reason): words.conflict(reason)
        case .preconditionFailed: words.changed
        case .otherCalendar(let id): words.otherCalendar(id)
        case .badRequest(let reason, let message): words.badRequest(reason, message)
        case .service(let status): words.unavailable(status)
        case .malformedAnswer(let reason): words.malformedAnswer(reason)
        case .unconfirmed(let reason): words.unconfirmed(reason)
        case .transport(let error): error.failure
        case .token(let error): error.failure(account: words.who)
        case .notSent(let error): error.failure(on: calendar, account: account)
        }
    }
}

/// Each error as a failure that names the calendar and the account.
private struct Words {
    var place: String
    var who: String
}

/// What the account may do.
extension Words {
    func unauthorized(_ message: String) -> Failure {
        Failure(
            code: "google_unauthorized",
            message: "Google refused the access token of \(who): \(message)",
            hint: "Check that the service account and its key still exist."
        )
    }

    func forbidden(_ reason: String, _ message: String) -> Failure {
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

    func quotaExceeded(_ reason: String, _ message: String) -> Failure {
        Failure(
            code: "google_quota_exceeded",
            message: "Google lets \(who) change no more calendars for now (\(reason): \(message)).",
            hint: "Wait some hours, then run again: what was done is kept."
        )
    }

    func rateLimited(_ reason: String, _ retryAfter: Duration?) -> Failure {
        Failure(
            code: "google_rate_limited",
            message: "\(place): Google limits the rate of requests (\(reason))\(RateLimitText.ending(retryAfter))",
            hint: RateLimitText.hint(
                retryAfter,
                otherwise: "Run again in a few minutes, or lower RECONCILE_GOOGLE_RPM."
            )
        )
    }
}

/// What is not, or not any more, as the call took it to be.
extension Words {
    var notFound: Failure {
        Failure(
            code: .calendarNotFound,
            message: "\(place): it does not exist or is not shared with \(who).",
            hint: "Share it with \(who) as owner, or correct its id."
        )
    }

    func gone(_ reason: String) -> Failure {
        Failure(code: "calendar_gone", message: "\(place): what was asked for is gone (\(reason)).")
    }

    var duplicate: Failure {
        Failure(code: "calendar_duplicate", message: "\(place): the id is already taken.")
    }

    func conflict(_ reason: String) -> Failure {
        Failure(
            code: "calendar_conflict",
            message: "\(place): the call collided with another one (\(reason)).",
            hint: "Run again."
        )
    }

    var changed: Failure {
        Failure(
            code: "calendar_changed",
            message: "\(place): somebody changed it in the meantime.",
            hint: "Plan again to see what changed."
        )
    }

    func otherCalendar(_ id: CalendarID) -> Failure {
        Failure(
            code: "calendar_id_other",
            message: "\(place): Google answers with another calendar, \(id).",
            hint: "Where that is the one that is meant, write google_calendar_id: \(id)."
        )
    }
}

/// What is wrong with the call or its answer.
extension Words {
    func badRequest(_ reason: String, _ message: String) -> Failure {
        Failure(code: "google_bad_request", message: "\(place): Google refused the call (\(reason): \(message)).")
    }

    func unavailable(_ status: Int) -> Failure {
        Failure(
            code: "google_unavailable",
            message: "\(place): Google answered with an error of its own (HTTP \(status)).",
            hint: "Run again later."
        )
    }

    func malformedAnswer(_ reason: String) -> Failure {
        Failure(
            code: "google_malformed_answer",
            message: "\(place): the answer cannot be understood: \(reason).",
            hint: Self.proxyHint
        )
    }

    func unconfirmed(_ reason: String) -> Failure {
        Failure(
            code: "google_unconfirmed",
            message: "\(place): Google did not confirm the write: \(reason).",
            hint: Self.proxyHint
        )
    }

    private static let proxyHint = "Run again; if it stays, check for a proxy that answers in Google's place."
}
