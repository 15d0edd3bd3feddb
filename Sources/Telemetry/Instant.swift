import Foundation
package import ReconcileModel

/// A time of day, fine enough to tell log lines and spans apart.
package struct Instant: Hashable, Comparable, Sendable {
    package let nanosecondsSince1970: UInt64

    package init(nanosecondsSince1970: UInt64) { self.nanosecondsSince1970 = nanosecondsSince1970 }

    package init(_ timestamp: Timestamp, milliseconds: Int = 0) {
        nanosecondsSince1970 =
            UInt64(max(0, timestamp.secondsSince1970)) * 1_000_000_000 + UInt64(max(0, milliseconds)) * 1_000_000
    }

    package static var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(nanosecondsSince1970: UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.nanosecondsSince1970 < right.nanosecondsSince1970
    }

    /// In UTC, to the millisecond: `2026-11-22T18:00:00.123Z`.
    package var rfc3339: String {
        let (seconds, rest) = nanosecondsSince1970.quotientAndRemainder(dividingBy: 1_000_000_000)
        let milliseconds = String(rest / 1_000_000)
        let padding = String(repeating: "0", count: 3 - milliseconds.count)
        return "\(Timestamp(secondsSince1970: Int(seconds)).rfc3339().dropLast()).\(padding)\(milliseconds)Z"
    }

    /// To the microsecond, as the nearest number.
    var secondsSince1970: Double { Double(nanosecondsSince1970 / 1000) / 1_000_000 }
}
