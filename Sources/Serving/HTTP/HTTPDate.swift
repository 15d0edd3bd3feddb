import Foundation
import ReconcileModel
import Synchronization

/// The time of day as the field `Date` has it, such as `Thu, 26 Nov 2026 10:00:00 GMT`; written once a second.
///
/// <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7>
final class HTTPDate: Sendable {
    private let last = Mutex((second: Int.min, text: ""))
    private let now: @Sendable () -> Timestamp

    init(now: @escaping @Sendable () -> Timestamp) { self.now = now }

    var text: String {
        let second = now().secondsSince1970
        return last.withLock { last in
            if last.second != second { last = (second, Self.text(of: second)) }
            return last.text
        }
    }

    static func text(of second: Int) -> String {
        let wall = WallTime(secondsIgnoringZone: second)
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let weekday = ((wall.date.daysSince1970 % 7) + 7) % 7
        let time = wall.description.dropFirst(11).prefix(8)
        let day = String(wall.date.description.suffix(2))
        return "\(days[weekday]), \(day) \(Moment.name(of: wall.date.month)) \(wall.date.year) \(time) GMT"
    }
}
