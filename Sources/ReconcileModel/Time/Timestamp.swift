/// An instant, in whole seconds since 1970-01-01T00:00:00Z; leap seconds do not exist here, as in both services.
package struct Timestamp: Hashable, Codable, Comparable, Sendable {
    package let secondsSince1970: Int

    package init(secondsSince1970: Int) { self.secondsSince1970 = secondsSince1970 }

    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.secondsSince1970 < right.secondsSince1970 }

    package func adding(seconds: Int) -> Timestamp {
        let (sum, overflow) = secondsSince1970.addingReportingOverflow(seconds)
        return Timestamp(secondsSince1970: overflow ? secondsSince1970 : sum)
    }

    /// Reads an RFC 3339 date-time with its offset; fractions of a second are dropped, as Google does.
    package init?(rfc3339 text: some StringProtocol) {
        guard let (wall, offset) = WallTime.parse(text), let offset else { return nil }
        secondsSince1970 = wall.secondsIgnoringZone - offset
    }

    /// `2026-11-20T17:00:00Z`, or with the given offset from UTC in seconds `2026-11-20T10:00:00-07:00`.
    package func rfc3339(offset: Int = 0) -> String {
        let wall = WallTime(secondsIgnoringZone: secondsSince1970 + offset)
        guard offset != 0 else { return "\(wall)Z" }
        let minutes = abs(offset) / 60
        return
            "\(wall)\(offset < 0 ? "-" : "+")\(Digits.padded(minutes / 60, to: 2)):\(Digits.padded(minutes % 60, to: 2))"
    }
}

extension Timestamp: CustomStringConvertible {
    package var description: String { rfc3339() }
}
