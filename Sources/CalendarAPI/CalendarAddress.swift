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

    /// `/calendar/v3/…` of the given segments, each percent-encoded.
    static func path(_ segments: String..., query: KeyValuePairs<String, String?> = [:]) -> String {
        let path = segments.map { percentEncoded($0) }.joined(separator: "/")
        let query = query.compactMap { key, value in value.map { "\(key)=\(percentEncoded($0, keeping: "(),/"))" } }
        return "/calendar/v3/\(path)" + (query.isEmpty ? "" : "?\(query.joined(separator: "&"))")
    }

    /// Everything but RFC 3986's unreserved characters becomes `%xx`: ids hold `@`, `#` and `:`.
    private static func percentEncoded(_ text: String, keeping kept: String = "") -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) || kept.utf8.contains(byte) {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "%"))
                bytes += (byte < 16 ? "0" : "").utf8
                bytes += String(byte, radix: 16, uppercase: true).utf8
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~".utf8.contains(byte)
        }
    }
}
