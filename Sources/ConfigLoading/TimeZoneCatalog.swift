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

    /// The zone that was probably meant.
    static func nearest(to name: String, isKnown: (String) -> Bool) -> String? {
        // Not those of ships and of old programs, which are near to many a mistake. Each zone that is looked at is a file.
        let names = ZoneDatabase.current.names.filter { $0.contains("/") && !$0.hasPrefix("Etc/") }
        return Suggestion.nearest(to: name, among: ["UTC"] + names).flatMap { isKnown($0) ? $0 : nil }
    }
}
