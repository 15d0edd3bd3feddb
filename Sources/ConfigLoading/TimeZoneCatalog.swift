import Foundation

/// The IANA zones that this system knows.
package enum TimeZoneCatalog {
    /// Whether `name` is a zone that both this system and Google Calendar understand.
    ///
    /// Foundation also takes `PST` and `GMT+5`, which are no IANA names: Google refuses them.
    package static func isKnown(_ name: String) -> Bool {
        guard name.contains("/") || ["UTC", "GMT"].contains(name) else { return false }
        return TimeZone(identifier: name) != nil
    }

    /// Names to suggest from.
    static var names: [String] { ["UTC"] + TimeZone.knownTimeZoneIdentifiers }
}
