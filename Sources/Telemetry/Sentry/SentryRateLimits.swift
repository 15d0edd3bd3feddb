import HTTPTypes
import Transport

/// What Sentry does not want for a while: pure, the time comes from outside.
///
/// https://develop.sentry.dev/sdk/expected-features/rate-limiting/
struct SentryRateLimits: Sendable {
    /// By category; nil: all of them.
    private var ends: [String?: Duration] = [:]

    private static let header = HTTPField.Name("X-Sentry-Rate-Limits")
    private static let standardPause = Duration.seconds(60)

    /// - Parameter now: since an origin that is the same at every call.
    mutating func update(from response: IncomingResponse, at now: Duration) {
        if let name = Self.header, let value = response.head.headerFields[name] {
            for limit in value.split(separator: ",") { add(limit, at: now) }
        } else if response.status == 429 {
            extend(nil, to: now + (RetryAfter.duration(in: response.head) ?? Self.standardPause))
        }
    }

    func isLimited(_ category: SentryEnvelope.Category, at now: Duration) -> Bool {
        [nil, category.rawValue].contains { ends[$0].map { $0 > now } ?? false }
    }

    /// `<seconds>:<category;…>:<scope>…`; no category: all.
    private mutating func add(_ limit: Substring, at now: Duration) {
        let parts = limit.split(separator: ":", omittingEmptySubsequences: false)
        let text = parts.first?.filter { $0 != " " } ?? ""
        // What cannot be read must not open the gate.
        let seconds = Double(text).flatMap { $0.isFinite && $0 >= 0 ? Duration.seconds(min($0, 86_400)) : nil }
        let end = now + (seconds ?? Self.standardPause)
        let categories = parts.dropFirst().first?.split(separator: ";").map(String.init) ?? []
        guard !categories.isEmpty else { return extend(nil, to: end) }
        for category in categories { extend(category, to: end) }
    }

    private mutating func extend(_ category: String?, to end: Duration) {
        ends[category] = max(ends[category] ?? .zero, end)
    }
}
