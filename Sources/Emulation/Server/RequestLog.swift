/// What the emulator was asked for.
package struct RequestLog: Sendable {
    /// One request, or one call inside a batch.
    package struct Entry: Equatable, Sendable {
        /// `google`, `notion` or `token`.
        package var api: String
        package var method: String
        /// The path with ids replaced by names: `/v1/pages/{page}`.
        package var route: String
        /// 0 where there was no answer.
        package var status: Int
        package var isBatched: Bool
        /// Whether it can change something; a query of Notion's cannot, though it is a POST.
        package var isWrite: Bool
    }

    /// Since the start or the last reset; the first 100,000.
    package private(set) var entries: [Entry] = []
    private var counts: [String: [String: Int]] = [:]
    private var routes: [String: Int] = [:]

    mutating func add(_ entry: Entry) {
        if entries.count < 100_000 { entries.append(entry) }
        let isBatch = entry.route == RouteName.batch
        count(entry.api, entry.isBatched ? "batched" : "requests")
        if !isBatch { count(entry.api, entry.isWrite ? "writes" : "reads") }
        routes["\(entry.method) \(entry.route)", default: 0] += 1
    }

    private mutating func count(_ api: String, _ name: String) { counts[api, default: [:]][name, default: 0] += 1 }

    /// HTTP requests; a batch is one.
    package func requests(_ api: String) -> Int { counts[api]?["requests"] ?? 0 }
    /// Calls that change nothing, those inside batches included.
    package func reads(_ api: String) -> Int { counts[api]?["reads"] ?? 0 }
    /// Calls that change something, those inside batches included.
    package func writes(_ api: String) -> Int { counts[api]?["writes"] ?? 0 }
    /// Calls inside batches.
    package func batched(_ api: String) -> Int { counts[api]?["batched"] ?? 0 }

    /// The counts as the control endpoint gives them.
    var summary: JSONValue {
        var summary: JSONValue = [:]
        for api in ["google", "notion", "token"] {
            summary[api] = [
                "requests": .int(requests(api)), "reads": .int(reads(api)), "writes": .int(writes(api)),
                "batched": .int(batched(api)),
            ]
        }
        summary["routes"] = .object(routes.mapValues { .int($0) })
        return summary
    }
}

/// Names of routes: paths with ids replaced.
enum RouteName {
    static let batch = "/batch/calendar/v3"

    private static let names = [
        "calendars": "calendar", "acl": "rule", "events": "event", "calendarList": "calendar",
        "databases": "database", "data_sources": "data_source", "pages": "page", "properties": "property",
    ]

    static func of(_ call: Call) -> String {
        var previous = ""
        let segments = call.path.map { segment in
            defer { previous = segment }
            // What follows a collection is an id.
            return names[previous].map { name in name == "calendar" && segment == "clear" ? segment : "{\(name)}" }
                ?? segment
        }
        return "/" + segments.joined(separator: "/")
    }

    static func isWrite(_ call: Call) -> Bool {
        guard call.method != "GET", call.method != "HEAD" else { return false }
        return !(call.path.first == "v1" && (call.path.last == "query" || call.path.last == "search"))
    }
}
