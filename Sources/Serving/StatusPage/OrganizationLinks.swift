import ReconcileModel
import Transport

/// Where an organization's events are; none for one that is not active.
struct OrganizationLinks {
    /// Google's public page of the calendar.
    let google: String?
    /// Opens a calendar program.
    let subscribe: String?
    /// The same calendar, to copy the address of.
    let iCalendar: String?
    let json: String?

    init(_ organization: OrganizationStatus, baseURL: String?) {
        guard organization.state != .inactive, organization.state != .unconfigured else {
            (google, subscribe, iCalendar, json) = (nil, nil, nil, nil)
            return
        }
        google = organization.calendar.map {
            "https://calendar.google.com/calendar/embed?src=\(URLSegment.percentEncoded($0.rawValue))"
        }
        guard organization.state != .orphaned else {
            (subscribe, iCalendar, json) = (nil, nil, nil)
            return
        }
        let path = "/api/calendar/\(URLSegment.percentEncoded(organization.prefix))/events"
        subscribe = baseURL.flatMap(Self.host).map { "webcal://\($0)\(path).ics" }
        (iCalendar, json) = ("\(path).ics", path)
    }

    /// The host and port of a URL, which may come from what a client says it is: nil unless it is nothing but that.
    private static func host(_ baseURL: String) -> String? {
        let scheme = ["https://", "http://"].first { baseURL.hasPrefix($0) }
        guard let scheme else { return nil }
        let host = baseURL.dropFirst(scheme.count).drop { $0 == "/" }
        let trimmed = host.hasSuffix("/") ? host.dropLast() : host
        let isHost = trimmed.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: ".-:[]".utf8.contains(byte)
            }
        }
        return isHost && !trimmed.isEmpty ? String(trimmed) : nil
    }
}
