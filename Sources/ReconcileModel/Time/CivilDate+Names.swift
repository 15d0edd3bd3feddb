/// The short English names, which are also those of HTTP.
extension CivilDate {
    package static let monthNames = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Nov`
    package var monthName: String { Self.monthNames[month - 1] }

    /// `Thu`
    package var weekdayName: String {
        let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]  // 1 January 1970 was a Thursday.
        return names[((daysSince1970 % 7) + 7) % 7]
    }
}
