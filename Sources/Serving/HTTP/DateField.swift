import ReconcileModel
import Synchronization
import Transport

/// The value of the field `Date`; written once a second.
final class DateField: Sendable {
    private let last = Mutex((second: Int.min, text: ""))
    private let now: @Sendable () -> Timestamp

    init(now: @escaping @Sendable () -> Timestamp) { self.now = now }

    var text: String {
        let now = now()
        let second = now.secondsSince1970
        return last.withLock { last in
            if last.second != second { last = (second, HTTPDate.text(of: now)) }
            return last.text
        }
    }
}
