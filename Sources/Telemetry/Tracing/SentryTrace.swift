import Synchronization

/// The spans of one trace that have ended, until its first span does.
final class SentryTrace: Sendable {
    private struct State {
        var spans: [FinishedSpan] = []
        /// Messages, each with the organizations it was reported for.
        var reported: [String: Set<String>] = [:]
        var isOver = false
    }

    /// Sentry's own limit: https://develop.sentry.dev/sdk/telemetry/traces/
    static let spanLimit = 1_000

    let id: String
    /// Whether its spans are sent; its errors are anyhow.
    let isSampled: Bool
    private let state = Mutex(State())

    init(id: String, isSampled: Bool) { (self.id, self.isSampled) = (id, isSampled) }

    /// Whether an error was reported.
    var hasErrors: Bool { state.withLock { !$0.reported.isEmpty } }

    /// Spans that end after the first one, or beyond the limit, are lost.
    func add(_ span: FinishedSpan) {
        guard isSampled else { return }
        state.withLock { state in
            if !state.isOver, state.spans.count < Self.spanLimit { state.spans.append(span) }
        }
    }

    /// Ends the trace.
    func finish() -> [FinishedSpan] {
        state.withLock { state in
            state.isOver = true
            defer { state.spans = [] }
            return state.spans
        }
    }

    /// Whether an error is new to the trace: on its way up it meets one span after the other.
    func isFirst(_ error: ReportedError, tags: [String: String]) -> Bool {
        state.withLock { state in
            // Higher up nobody knows any more whom it concerned.
            if tags["organization"] == nil, state.reported[error.message] != nil { return false }
            return state.reported[error.message, default: []].insert(tags["organization"] ?? "").inserted
        }
    }
}

/// A span that has ended, with all that is known of it.
struct FinishedSpan: Sendable {
    var place: SpanPlace
    var name: String
    var operation: String
    var start: Instant
    var end: Instant
    var status: String
    var tags: [String: String]
    var data: [String: JSONText]
}
