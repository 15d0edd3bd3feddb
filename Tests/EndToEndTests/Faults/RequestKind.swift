import Emulation
import Testing

/// The kinds of requests that a run makes; each can be made to fail alone.
enum RequestKind: String, CaseIterable {
    case token, calendarList, calendar, insertCalendar, listEvents, writeEvent, batch
    case database, dataSource, query, page

    var api: String {
        switch self {
        case .token: "token"
        case .calendarList, .calendar, .insertCalendar, .listEvents, .writeEvent, .batch: "google"
        case .database, .dataSource, .query, .page: "notion"
        }
    }

    var method: String {
        switch self {
        case .token, .insertCalendar, .batch, .query: "POST"
        case .writeEvent: "PATCH"
        case .calendarList, .calendar, .listEvents, .database, .dataSource, .page: "GET"
        }
    }

    /// A regular expression for the path.
    var path: String {
        switch self {
        case .token: "/^.token$/"
        case .calendarList: "/.users.me.calendarList$/"
        case .calendar: "/.calendars.[^/]+$/"
        case .insertCalendar: "/.calendars$/"
        case .listEvents: "/.events$/"
        case .writeEvent: "/.events.[^/]+$/"
        case .batch: "/^.batch.calendar.v3$/"
        case .database: "/.databases.[^/]+$/"
        case .dataSource: "/.data_sources.[^/]+$/"
        case .query: "/.data_sources.[^/]+.query$/"
        case .page: "/.pages.[^/]+$/"
        }
    }

    /// The name of its route in the emulator's log.
    var route: String {
        switch self {
        case .token: "/token"
        case .calendarList: "/calendar/v3/users/me/calendarList"
        case .calendar: "/calendar/v3/calendars/{calendar}"
        case .insertCalendar: "/calendar/v3/calendars"
        case .listEvents: "/calendar/v3/calendars/{calendar}/events"
        case .writeEvent: "/calendar/v3/calendars/{calendar}/events/{event}"
        case .batch: "/batch/calendar/v3"
        case .database: "/v1/databases/{database}"
        case .dataSource: "/v1/data_sources/{data_source}"
        case .query: "/v1/data_sources/{data_source}/query"
        case .page: "/v1/pages/{page}"
        }
    }

    func fault(_ action: Fault.Action, _ occurrence: Fault.Occurrence? = nil) -> Fault {
        Fault(action, occurrence, api: api, method: method, path: path)
    }

    /// Whether the emulator was asked so often, since the last reset.
    func wasRequested(_ log: RequestLog, times: Int = 1) -> Bool {
        log.entries.count { $0.method == method && $0.route == route && !$0.isBatched } >= times
    }
}

/// The ways in which a request can go wrong.
enum Trouble: String, CaseIterable {
    case limited, limitedWithWait, quotaReason, serverError, badGatewayPage, unavailable, overloaded
    case resetBefore, resetAfter, truncated, malformed, pageWithSuccess, drip, hang

    func action(on kind: RequestKind) -> Fault.Action? {
        let isNotion = kind.api == "notion"
        switch self {
        case .limited:
            return .respond(
                status: 429,
                body: isNotion ? #"{"object":"error","status":429,"code":"rate_limited","message":"Slow down."}"# : nil
            )
        case .limitedWithWait: return .respond(status: 429, headers: ["Retry-After": "7"])
        case .quotaReason: return kind.api == "google" ? .respond(status: 403) : nil
        case .serverError: return .respond(status: 500)
        case .badGatewayPage: return .errorPage(status: 502)
        case .unavailable: return .respond(status: 503)
        case .overloaded: return isNotion ? .respond(status: 529) : nil
        case .resetBefore: return .resetBefore
        case .resetAfter: return .resetAfter
        case .truncated: return .truncate(bytes: 10)
        case .malformed: return .malformedBody
        case .pageWithSuccess: return .errorPage(status: 200)
        case .drip: return .drip(bytes: 64, milliseconds: 1)
        case .hang: return .hang
        }
    }

    /// Whether the request may have been carried out, for all that the client can know.
    var leavesDoubt: Bool {
        switch self {
        case .limited, .limitedWithWait, .quotaReason, .overloaded, .drip: false
        case .serverError, .badGatewayPage, .unavailable, .resetBefore, .resetAfter, .truncated, .malformed,
            .pageWithSuccess, .hang:
            true
        }
    }

    /// Whether the request was really carried out.
    var isCarriedOut: Bool {
        switch self {
        case .resetAfter, .truncated, .malformed, .drip: true
        default: false
        }
    }
}

extension RequestKind: CustomTestStringConvertible {
    var testDescription: String { rawValue }
}

extension Trouble: CustomTestStringConvertible {
    var testDescription: String { rawValue }
}
