/// The OAuth scopes that we ask for.
///
/// <https://developers.google.com/workspace/calendar/api/auth>
package enum CalendarScope {
    /// The smallest set that makes and changes calendars, shares them, finds them again and writes events.
    package static let all = ["calendars", "acls", "calendarlist", "events"].map {
        "https://www.googleapis.com/auth/calendar.\($0)"
    }
}
