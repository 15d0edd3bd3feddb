import JSON
import ReconcileModel
import Transport

/// An error that was recorded on a span.
struct RecordedError: Sendable {
    var error: ReportedError
    var time: Instant
    /// As the span was then.
    var span: FinishedSpan
    var tags: [String: String]
    /// What else is known about it.
    var extra: [String: JSON]
}

/// An error as a report shows it.
struct ReportedError: Sendable {
    /// The code of a failure, or the name of an error's type.
    var type: String
    var message: String
    var hint: String?

    /// Nil for what is no error: somebody ended the work.
    init?(_ error: any Error) {
        let failure = (error as? Failure) ?? (error as? TransportError)?.failure
        guard !(error is CancellationError), failure?.refusal != .cancelled else { return nil }
        type = failure?.code.rawValue ?? "\(Swift.type(of: error))"
        message = failure?.message ?? "\(error)"
        hint = failure?.hint
    }
}
