package import ReconcileModel

/// Dates as HTTP's fields have them, such as `Sun, 06 Nov 1994 08:49:37 GMT`: the one form that may still be sent.
///
/// <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7>
package enum HTTPDate {
    package static func text(of time: Timestamp) -> String {
        let wall = WallTime(secondsIgnoringZone: time.secondsSince1970)
        let clock = wall.description.dropFirst(11).prefix(8)
        let date = wall.date
        return "\(date.weekdayName), \(date.description.suffix(2)) \(date.monthName) \(date.year) \(clock) GMT"
    }

    /// Nil for every other form.
    static func timestamp(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[0].hasSuffix(","), parts[5] == "GMT",
            let month = CivilDate.monthNames.firstIndex(where: { $0 == parts[2] })
        else { return nil }
        let monthNumber = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Timestamp(rfc3339: "\(parts[3])-\(monthNumber)-\(parts[1])T\(parts[4])Z")
    }
}
