package import HTTPTypes
import ReconcileModel

/// Reads `Retry-After` (RFC 9110, section 10.2.3).
package enum RetryAfter {
    /// How long the service asks to wait; nil where it does not, or not in a way that can be understood.
    ///
    /// A date is compared with the `Date` of the same answer, so that a wrong clock on this machine does no harm.
    package static func duration(in response: HTTPResponse) -> Duration? {
        guard let value = response.headerFields[.retryAfter] else { return nil }
        if let seconds = seconds(value) { return seconds }
        guard let due = HTTPDate.timestamp(value),
            let now = response.headerFields[.date].flatMap({ HTTPDate.timestamp($0) })
        else { return nil }
        return .seconds(max(0, due.secondsSince1970 - now.secondsSince1970))
    }

    /// Whole seconds, or with a fraction, which the standard does not have but services send; at most a day.
    private static func seconds(_ value: String) -> Duration? {
        guard value.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2e }), let seconds = Double(value),
            seconds.isFinite
        else { return nil }
        return .seconds(min(seconds, 86_400))
    }
}
