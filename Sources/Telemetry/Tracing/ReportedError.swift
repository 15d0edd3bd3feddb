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
    var extra: [String: JSONText]
}

/// An error as a report shows it.
struct ReportedError: Sendable {
    /// The code of a failure, or the name of an error's type.
    var type: String
    var message: String
    var hint: String?

    /// Nil for what is no error: somebody ended the work.
    init?(_ error: any Error) {
        switch error {
        case is CancellationError, TransportError.cancelled: return nil
        case let failure as Failure:
            guard failure.code != "cancelled" else { return nil }
            (type, message, hint) = (failure.code, failure.message, failure.hint)
        case let error as TransportError:
            (type, message, hint) = (error.failure.code, error.failure.message, error.failure.hint)
        default:
            (type, message, hint) = ("\(Swift.type(of: error))", "\(error)", nil)
        }
    }
}
