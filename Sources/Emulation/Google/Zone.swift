import ReconcileModel
import ZoneData

/// A time zone by its IANA name, with the rules of this system.
struct Zone {
    private let rules: ZoneData.Zone

    /// False for abbreviations and fixed offsets (`PST`, `GMT+2`), which Calendar refuses.
    static func isKnown(_ name: String) -> Bool {
        (name.contains("/") || ["UTC", "GMT"].contains(name)) && ZoneDatabase.current.zone(name) != nil
    }

    static func named(_ name: String) -> Zone { Zone(rules: ZoneDatabase.current.zone(name) ?? .utc) }

    /// From UTC, in seconds.
    func offset(at instant: Int) -> Int { rules.offset(at: instant) }

    /// The instant at which clocks of the zone show a time; in a gap the offset before it, in an overlap the first.
    func seconds(ofWall wall: Int) -> Int {
        rules.instant(of: WallTime(secondsIgnoringZone: wall)).secondsSince1970
    }
}
