import Foundation
import HTTPTypes
import ReconcileModel
import Transport

/// Where the methods of Google Calendar are found.
struct CalendarAddress: Sendable {
    private let scheme: String
    private let authority: String
    /// The path of the base URL, without a slash at its end.
    private let prefix: String

    /// - Parameter baseURL: without `/calendar/v3`.
    init(baseURL: URL) {
        scheme = baseURL.scheme?.lowercased() ?? "https"
        authority = baseURL.authority
        var path = baseURL.path(percentEncoded: true)[...]
        while path.last == "/" { path.removeLast() }
        prefix = String(path)
    }

    /// A request for a path below the base URL.
    func head(_ method: HTTPRequest.Method, _ path: String) -> HTTPRequest {
        var head = HTTPRequest(method: method, scheme: scheme, authority: authority, path: prefix + path)
        // Google compresses only for user agents that say so:
        // https://developers.google.com/workspace/calendar/api/guides/performance#gzip
        head.headerFields[.userAgent] = "reconcile (gzip)"
        head.headerFields[.accept] = "application/json"
        return head
    }

    static let batch = "/batch/calendar/v3"

    /// `/calendar/v3/…` of the given segments, each percent-encoded, so that none can be more or less than one.
    static func path(_ segments: String..., query: KeyValuePairs<String, String?> = [:]) -> String {
        let path = segments.map { URLSegment.encoded($0) }.joined(separator: "/")
        let query = query.compactMap { key, value in
            value.map { "\(key)=\(URLSegment.percentEncoded($0, keeping: "(),/"))" }
        }
        return "/calendar/v3/\(path)" + (query.isEmpty ? "" : "?\(query.joined(separator: "&"))")
    }

    /// The same without a selection of fields; nil where there is none.
    static func withoutFields(_ path: String) -> String? {
        guard let mark = path.firstIndex(of: "?") else { return nil }
        let query = path[path.index(after: mark)...].split(separator: "&")
        let kept = query.filter { !$0.hasPrefix("fields=") }
        guard kept.count < query.count else { return nil }
        return path[..<mark] + (kept.isEmpty ? "" : "?\(kept.joined(separator: "&"))")
    }
}
