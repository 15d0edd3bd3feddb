/// The reports that wait to be sent: errors before traces, each with room of their own, so that many traces cost no error.
struct SentryQueue: Sendable {
    private var errors: [SentryEnvelope] = []
    private var traces: [SentryEnvelope] = []
    private let limit: Int

    /// - Parameter limit: how many errors wait at most, and how many traces.
    init(limit: Int) { self.limit = limit }

    var count: Int { errors.count + traces.count }

    /// - Returns: whether the oldest of its kind had to make room for it.
    mutating func append(_ envelope: SentryEnvelope) -> Bool {
        self[envelope.category].append(envelope)
        guard self[envelope.category].count > limit else { return false }
        self[envelope.category].removeFirst()
        return true
    }

    mutating func popFirst() -> SentryEnvelope? {
        if !errors.isEmpty { return errors.removeFirst() }
        return traces.isEmpty ? nil : traces.removeFirst()
    }

    /// Lets one that was taken wait again, as the next of its kind.
    mutating func putBack(_ envelope: SentryEnvelope) { self[envelope.category].insert(envelope, at: 0) }

    private subscript(category: SentryEnvelope.Category) -> [SentryEnvelope] {
        get { category == .error ? errors : traces }
        set { if category == .error { errors = newValue } else { traces = newValue } }
    }
}
