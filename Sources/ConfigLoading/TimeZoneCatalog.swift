import ZoneData

/// The IANA zones that this system knows.
package enum TimeZoneCatalog {
    /// Whether `name` is a zone that both this system and Google Calendar understand.
    ///
    /// Systems also have `EST5EDT` and `GMT+0`, which are no IANA names of places: Google refuses most of them.
    package static func isKnown(_ name: String) -> Bool {
        guard name.contains("/") || ["UTC", "GMT"].contains(name) else { return false }
        return ZoneDatabase.current.zone(name) != nil
    }

    /// Names to suggest from.
    static var names: [String] { ZoneDatabase.current.names }
}
