import Foundation

/// What `events.list` is asked for.
struct EventQuery {
    var maxResults = 250
    var showDeleted = false
    var singleEvents = false
    var orderBy: String?
    /// Seconds since 1970.
    var timeMin: Int?
    var timeMax: Int?
    /// Milliseconds since 1970.
    var updatedMin: Int?
    var text: String?
    var iCalUID: String?
    var eventTypes: [String] = []
    /// Pairs that all have to be there, by kind.
    var properties: [(kind: String, key: String, value: String)] = []

    init(_ call: Call, oldestUpdatedMin: Int?) throws(Refusal) {
        if let text = call.parameter("maxResults") {
            guard let number = Int(text), number > 0 else {
                throw .invalidParameter("maxResults", "Invalid value '\(text)'.")
            }
            maxResults = min(number, 2500)
        }
        (showDeleted, singleEvents) = (call.flag("showDeleted"), call.flag("singleEvents"))
        (text, iCalUID, eventTypes) = (call.parameter("q"), call.parameter("iCalUID"), call.parameters("eventTypes"))
        try readOrder(call)
        try readBounds(call, oldestUpdatedMin: oldestUpdatedMin)
        for kind in ["private", "shared"] {
            for pair in call.parameters("\(kind)ExtendedProperty") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                guard parts.count == 2 else { throw .invalidParameter("\(kind)ExtendedProperty", "Invalid Value") }
                properties.append((kind, parts[0], parts[1]))
            }
        }
    }

    private mutating func readOrder(_ call: Call) throws(Refusal) {
        orderBy = call.parameter("orderBy")
        guard let orderBy else { return }
        guard orderBy == "updated" || (orderBy == "startTime" && singleEvents) else {
            throw .calendar(400, "badRequest", "The requested ordering is not available for the particular query.")
        }
    }

    private mutating func readBounds(_ call: Call, oldestUpdatedMin: Int?) throws(Refusal) {
        timeMin = try time(call, "timeMin").map { $0 / 1000 }
        timeMax = try time(call, "timeMax").map { $0 / 1000 }
        updatedMin = try time(call, "updatedMin")
        if let timeMin, let timeMax, timeMax <= timeMin { throw .timeRangeEmpty }
        if let updatedMin, let oldestUpdatedMin, updatedMin < oldestUpdatedMin { throw .updatedMinTooLongAgo }
    }

    private func time(_ call: Call, _ name: String) throws(Refusal) -> Int? {
        guard let text = call.parameter(name) else { return nil }
        guard let time = Milliseconds.read(text) else { throw .calendar(400, "badRequest", "Bad Request") }
        return time
    }

    /// Whether a list shows an event.
    func matches(_ event: GoogleEvent, zone: Zone) -> Bool {
        // What people cancelled of a series is shown with it.
        let isShown = showsDeleted || (!singleEvents && event.seriesID != nil)
        if event.isPurged || (event.isCancelled && !isShown) { return false }
        if singleEvents, event.isSeries { return false }
        if let updatedMin, event.updated < updatedMin { return false }
        if let timeMin, !event.isSeries, event.end.seconds(in: zone) <= timeMin { return false }
        if let timeMax, event.start.seconds(in: zone) >= timeMax { return false }
        if let iCalUID, event.iCalUID != iCalUID { return false }
        if !eventTypes.isEmpty, !eventTypes.contains(event.fields["eventType"]?.string ?? "default") { return false }
        for (kind, key, value) in properties
        where event.fields["extendedProperties"]?[kind]?[key]?.string != value { return false }
        return text.map { contains($0, event) } ?? true
    }

    /// Deletions since `updatedMin` are always shown.
    private var showsDeleted: Bool { showDeleted || updatedMin != nil }

    private func contains(_ text: String, _ event: GoogleEvent) -> Bool {
        let texts = ["summary", "description", "location"].compactMap { event.fields[$0]?.string }
        let words = text.lowercased().split(separator: " ")
        return words.allSatisfy { word in texts.contains { $0.lowercased().contains(word) } }
    }

    /// Whether the last page carries a sync token.
    var allowsSyncToken: Bool {
        orderBy == nil && updatedMin == nil && text == nil && iCalUID == nil && properties.isEmpty
    }

    /// Parameters that are not allowed beside `syncToken`.
    static let excludedBySyncToken = [
        "iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "timeMin", "timeMax",
        "updatedMin",
    ]
}

/// The content of a page or sync token; opaque to clients.
struct ListToken: Equatable {
    /// What is listed: tokens of other lists are not accepted.
    var list: String
    var epoch: Int
    /// The state of the world that the list began with, or was read up to; milliseconds since 1970.
    var since: Int
    /// Where the next page begins; nil in a sync token.
    var offset: Int?
    /// The bounds of the first list, which its sync token carries.
    var timeMin: Int?
    var timeMax: Int?

    var text: String {
        let numbers = [epoch, since, offset ?? -1, timeMin ?? .min, timeMax ?? .min].map(String.init)
        return Data(([OpaqueTag.plain(list)] + numbers).joined(separator: " ").utf8).base64EncodedString()
    }

    init(list: String, epoch: Int, since: Int, offset: Int? = nil, timeMin: Int? = nil, timeMax: Int? = nil) {
        (self.list, self.epoch, self.since, self.offset) = (list, epoch, since, offset)
        (self.timeMin, self.timeMax) = (timeMin, timeMax)
    }

    /// Nil for a token of another list, or none at all.
    init?(_ text: String, list: String) {
        guard let data = Data(base64Encoded: text) else { return nil }
        let parts = String(decoding: data, as: UTF8.self).split(separator: " ")
        let numbers = parts.dropFirst().compactMap { Int($0) }
        guard parts.count == 6, numbers.count == 5, parts[0] == OpaqueTag.plain(list) else { return nil }
        self.init(
            list: list,
            epoch: numbers[0],
            since: numbers[1],
            offset: numbers[2] < 0 ? nil : numbers[2],
            timeMin: numbers[3] == .min ? nil : numbers[3],
            timeMax: numbers[4] == .min ? nil : numbers[4]
        )
    }
}
