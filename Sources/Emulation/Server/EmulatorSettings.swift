/// How the emulated services behave beyond what the world says. The defaults are those of the real ones, without quotas.
package struct EmulatorSettings: Codable, Equatable, Sendable {
    /// Seconds until an access token expires.
    package var tokenLifetime = 3599
    /// Units per minute and user; nil: no quota.
    package var googleUnitsPerMinute: Int?
    /// 403 or 429: what Calendar answers above its quota.
    package var googleQuotaStatus = 403
    /// Requests per minute and token; nil: no limit.
    package var notionRequestsPerMinute: Int?
    /// Rows that one query gives out before it is incomplete.
    package var queryRowLimit = 10_000
    /// Leaves the rows of this result page (from 1) out of every query, and says nothing.
    package var omittedQueryPage: Int?
    /// Event and calendar lists show nothing that was made after this time, in milliseconds since 1970.
    package var staleListsSince: Int?
    /// How many requests a calendar refuses right after it was made.
    package var freshCalendarFailures = 0
    /// 403 or 404: how it refuses them.
    package var freshCalendarStatus = 404
    /// Answers the parts of a batch in another order than they came in.
    package var shufflesBatchParts = false
    /// `updatedMin` before this is answered with 410; in milliseconds since 1970.
    package var oldestUpdatedMin: Int?
    /// Carries a PATCH out whatever its `If-Match` says: the condition is documented for PUT and DELETE alone.
    package var patchIgnoresIfMatch = false
    /// Refuses to move any event to another calendar.
    package var refusesMoves = false
    /// Moves an event over a deleted one with its id in the other calendar; otherwise the id is taken.
    package var movesReplaceDeleted = true
    /// A moved event has no extended properties any more.
    package var movesLoseMarks = false
    /// A regular expression: what matches it in the texts of an event is not stored.
    package var droppedText: String?
    /// Writes rules and zones down in another form that means the same, as programs of people do (UNVERIFIED of the service itself).
    package var rewritesSeries = false
    /// Gives events no `htmlLink`.
    package var omitsLinks = false
    /// Compresses answers for clients that accept gzip.
    package var compresses = false

    package init() {}
}

/// What was spent in the last minute, by user or token.
struct QuotaWindow: Sendable {
    private var spent: [String: [(time: Int, units: Int)]] = [:]

    /// Spends units; false, and nothing spent, where that would be more than `limit` within 60 seconds.
    mutating func spend(_ units: Int, by user: String, now: Int, limit: Int) -> Bool {
        var window = (spent[user] ?? []).filter { $0.time > now - 60_000 }
        defer { spent[user] = window }
        guard window.reduce(units, { $0 + $1.units }) <= limit else { return false }
        window.append((now, units))
        return true
    }

    /// Whole seconds, at least 1, until something of what the user spent falls out of the window.
    func retryAfter(_ user: String, now: Int) -> Int {
        max(1, ((spent[user]?.first?.time ?? now) + 60_999 - now) / 1000)
    }
}
