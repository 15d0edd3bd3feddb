import Foundation
import HTTPTypes

/// What a path of the service means.
enum Route: Equatable, Sendable {
    case events(prefix: String)
    case feed(prefix: String)
    case sync(prefix: String)
    case setup(prefix: String)
    case syncAll
    case legacyWebhook
    case legacyEvents
    case legacyDeleteAll
    case notionWebhook
    case health
    case readiness
    case metrics
    case openAPI
    case page

    /// - Parameter path: without the query, percent-encoded as it came.
    init?(path: some StringProtocol) {
        switch path {
        case "/": self = .page
        case "/healthz": self = .health
        case "/readyz": self = .readiness
        case "/metrics": self = .metrics
        case "/openapi.json": self = .openAPI
        case "/api/notion/webhook": self = .notionWebhook
        case "/api/calendar/sync-all": self = .syncAll
        case "/api/calendar/notion-webhook": self = .legacyWebhook
        case "/api/calendar/events": self = .legacyEvents
        case "/api/calendar/delete-all-events": self = .legacyDeleteAll
        default:
            guard let route = Self.ofOrganization(path) else { return nil }
            self = route
        }
    }

    private static func ofOrganization(_ path: some StringProtocol) -> Route? {
        let start = "/api/calendar/"
        guard path.hasPrefix(start) else { return nil }
        let parts = path.dropFirst(start.count).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let prefix = parts.first.flatMap({ decoded(String($0)) }), !prefix.isEmpty,
            let action = parts.last
        else { return nil }
        switch action {
        case "events": return .events(prefix: prefix)
        case "events.ics": return .feed(prefix: prefix)
        case "sync": return .sync(prefix: prefix)
        case "setup": return .setup(prefix: prefix)
        default: return nil
        }
    }

    /// Decoding costs as much as the rest of the routing, and hardly any prefix needs it.
    private static func decoded(_ prefix: String) -> String? {
        prefix.utf8.contains(UInt8(ascii: "%")) ? prefix.removingPercentEncoding : prefix
    }

    /// The method that does what the route is for; GET includes HEAD.
    var method: HTTPRequest.Method {
        switch self {
        case .events, .feed, .legacyEvents, .health, .readiness, .metrics, .openAPI, .page: .get
        case .sync, .setup, .syncAll, .legacyWebhook, .legacyDeleteAll, .notionWebhook: .post
        }
    }

    /// What to use instead, of what the predecessor had before there were organizations.
    var successor: String? {
        switch self {
        case .legacyWebhook: "/api/calendar/sync-all"
        case .legacyEvents: "/api/calendar/{prefix}/events"
        case .legacyDeleteAll: "/api/calendar/{prefix}/sync"
        case .events, .feed, .sync, .setup, .syncAll, .notionWebhook, .health, .readiness, .metrics, .openAPI, .page:
            nil
        }
    }

    /// The organization's, as the path has it.
    var prefix: String? {
        switch self {
        case .events(let prefix), .feed(let prefix), .sync(let prefix), .setup(let prefix): prefix
        case .syncAll, .legacyWebhook, .legacyEvents, .legacyDeleteAll, .notionWebhook, .health, .readiness, .metrics,
            .openAPI, .page:
            nil
        }
    }

    /// What `Allow` says (RFC 9110, 10.2.1).
    var allowed: String { method == .get ? "GET, HEAD, OPTIONS" : "POST, OPTIONS" }

    /// The path with the organization's prefix replaced, for metrics: as many values as there are routes.
    var name: String {
        switch self {
        case .events: "/api/calendar/{prefix}/events"
        case .feed: "/api/calendar/{prefix}/events.ics"
        case .sync: "/api/calendar/{prefix}/sync"
        case .setup: "/api/calendar/{prefix}/setup"
        case .syncAll: "/api/calendar/sync-all"
        case .legacyWebhook: "/api/calendar/notion-webhook"
        case .legacyEvents: "/api/calendar/events"
        case .legacyDeleteAll: "/api/calendar/delete-all-events"
        case .notionWebhook: "/api/notion/webhook"
        case .health: "/healthz"
        case .readiness: "/readyz"
        case .metrics: "/metrics"
        case .openAPI: "/openapi.json"
        case .page: "/"
        }
    }

    /// The names of all routes.
    static let names = [
        Route.events(prefix: ""), .feed(prefix: ""), .sync(prefix: ""), .setup(prefix: ""), .syncAll, .legacyWebhook,
        .legacyEvents, .legacyDeleteAll, .notionWebhook, .health, .readiness, .metrics, .openAPI, .page,
    ].map(\.name)
}
