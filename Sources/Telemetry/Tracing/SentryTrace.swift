import JSON
import Synchronization

/// The spans of one trace that have ended and the errors on them, until its first span ends: only then all is known that
/// concerns them, such as the number of the run.
final class SentryTrace: Sendable {
    private struct State {
        var spans: [FinishedSpan] = []
        var errors: [RecordedError] = []
        /// Messages, each with the organizations it was reported for.
        var reported: [String: Set<String>] = [:]
        var isOver = false
    }

    /// Sentry's own limit: https://develop.sentry.dev/sdk/telemetry/traces/
    static let spanLimit = 1_000
    /// So many different errors say enough.
    static let errorLimit = 100

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

    /// Keeps an error that is new to the trace: on its way up one meets one span after the other.
    ///
    /// - Returns: the error, where it is new and the trace is over.
    func add(_ recorded: RecordedError) -> RecordedError? {
        let (message, organization) = (recorded.error.message, recorded.tags["organization"])
        return state.withLock { state in
            // Higher up nobody knows any more whom it concerned.
            if organization == nil, state.reported[message] != nil { return nil }
            guard state.reported.count < Self.errorLimit,
                state.reported[message, default: []].insert(organization ?? "").inserted
            else { return nil }
            if state.isOver { return recorded }
            state.errors.append(recorded)
            return nil
        }
    }

    /// Ends the trace.
    func finish() -> (spans: [FinishedSpan], errors: [RecordedError]) {
        state.withLock { state in
            state.isOver = true
            defer { (state.spans, state.errors) = ([], []) }
            return (state.spans, state.errors)
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
    var data: [String: JSON]
}
