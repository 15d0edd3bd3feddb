package import ReconcileModel
package import Transport

/// Why Google Calendar did not do what was asked.
///
/// <https://developers.google.com/workspace/calendar/api/guides/errors>
package enum CalendarError: Error, Equatable, Sendable {
    /// 401 although the access token was new.
    case unauthorized(message: String)
    case forbidden(reason: String, message: String)
    /// Never existed, was purged, or is not visible to the account: Google does not tell them apart.
    case notFound
    /// `deleted`: deleted before. `fullSyncRequired`, `updatedMinTooLongAgo`: a listing must start anew.
    case gone(reason: String)
    /// The id of an insert is taken, possibly by a deleted event.
    case duplicate
    /// The call lost against another one on the same calendar, and again when it was repeated.
    case conflict(reason: String)
    /// The resource is no longer the version that `If-Match` named.
    case preconditionFailed
    /// Still refused after waiting, or not waited for: `retryAfter` is what Google asks for.
    case rateLimited(reason: String, retryAfter: Duration? = nil)
    /// The account has used up what it may do with calendars for hours; not the quota of requests per minute.
    case quotaExceeded(reason: String, message: String)
    case badRequest(reason: String, message: String)
    /// The calendar that was asked for has this id in Google: what was asked by is another name of it.
    case otherCalendar(CalendarID)
    /// Google's own trouble, a status of 500 or more.
    case service(status: Int)
    /// An answer that cannot be understood.
    case malformedAnswer(reason: String)
    /// A write was answered with success, but not with what the API documents for it: only reading tells what was done.
    case unconfirmed(reason: String)
    case transport(TransportError)
    /// No access token, so nothing was sent.
    case token(TokenError)
    /// Given up before it was sent, because of what another call was answered.
    indirect case notSent(after: CalendarError)

    /// Whether the call may have been carried out although it failed.
    package var isUnknownOutcome: Bool {
        switch self {
        case .service, .malformedAnswer, .unconfirmed: true
        case .transport(let error): error.isUnknownOutcome
        case .unauthorized, .forbidden, .notFound, .gone, .duplicate, .conflict, .preconditionFailed, .rateLimited,
            .quotaExceeded, .badRequest, .otherCalendar, .token, .notSent:
            false
        }
    }

    /// Whether other calls of the same account would only fail the same way. The transport has tried long enough.
    var isFatalForAll: Bool {
        switch self {
        case .unauthorized, .token, .quotaExceeded, .transport, .notSent: true
        case .forbidden, .notFound, .gone, .duplicate, .conflict, .preconditionFailed, .rateLimited, .badRequest,
            .otherCalendar, .service, .malformedAnswer, .unconfirmed:
            false
        }
    }

    /// Whether the call was never sent because what it relied on held no longer: once that holds again it may be.
    package var isExpired: Bool {
        switch self {
        case .transport(.expired): true
        case .notSent(let error): error.isExpired
        default: false
        }
    }

    /// Whether every other write on the same calendar would be refused as well: it says so of the calendar, or of what the account
    /// may do at all.
    package var holdsForCalendar: Bool {
        switch self {
        case .forbidden(let reason, _):
            ["requiredAccessLevel", "insufficientPermissions", "accessNotConfigured"].contains(reason)
        case .notSent(let error): error.holdsForCalendar
        default: false
        }
    }

    /// Whether no call of the account will succeed for long: then nothing more is to be written.
    package var endsWriting: Bool {
        switch self {
        case .quotaExceeded, .unauthorized, .token: true
        case .notSent(let error): error.endsWriting
        case .forbidden, .notFound, .gone, .duplicate, .conflict, .preconditionFailed, .rateLimited, .badRequest,
            .otherCalendar, .service, .malformedAnswer, .unconfirmed, .transport:
            false
        }
    }

    /// Whether the same call may succeed a moment later.
    var isTransient: Bool {
        switch self {
        case .rateLimited, .conflict, .service, .malformedAnswer: true
        // What was not confirmed is looked at: a proxy that answers in Google's place does so again.
        case .unauthorized, .forbidden, .notFound, .gone, .duplicate, .preconditionFailed, .quotaExceeded, .badRequest,
            .otherCalendar, .unconfirmed, .transport, .token, .notSent:
            false
        }
    }

    /// Whether it may come from a calendar that was made a moment ago and is not known everywhere yet.
    var isTypicalOfFreshCalendar: Bool {
        switch self {
        case .notFound: true
        case .forbidden(let reason, _): ["forbidden", "requiredAccessLevel"].contains(reason)
        default: false
        }
    }
}

extension TransportError {
    /// Whether the request may have reached the service.
    fileprivate var isUnknownOutcome: Bool {
        switch self {
        case .timedOut(_, let sent): sent
        case .interrupted, .tooLarge, .cancelled: true
        case .unreachable, .untrusted, .refused, .suspended, .expired: false
        }
    }
}
