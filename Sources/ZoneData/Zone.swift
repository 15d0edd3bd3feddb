import Foundation
package import ReconcileModel

/// A time zone under its IANA name, with the rules that this system has for it.
package struct Zone: Hashable, Sendable {
    package private(set) var identifier: String
    private let rules: Rules

    private enum Rules: Hashable, Sendable {
        case file(ZoneRules)
        case builtIn(TimeZone)
    }

    package init(identifier: String, rules: ZoneRules) { (self.identifier, self.rules) = (identifier, .file(rules)) }

    /// By the data that came with Foundation; nil for a name that it does not know.
    init?(builtIn identifier: String) {
        guard let zone = TimeZone(identifier: identifier) else { return nil }
        (self.identifier, rules) = (identifier, .builtIn(zone))
    }

    /// The same rules under another name.
    func named(_ identifier: String) -> Zone {
        var zone = self
        zone.identifier = identifier
        return zone
    }

    /// Whether Google takes its name: `EST` and its like are known here, but not there.
    package var isKnownToGoogle: Bool { identifier.contains("/") || ["UTC", "GMT"].contains(identifier) }

    package static let utc = Zone(
        identifier: "UTC",
        rules: ZoneRules(earliestOffset: 0, transitions: [], future: nil)
    )

    /// In seconds, east of UTC positive, at an instant in seconds since 1970.
    package func offset(at instant: Int) -> Int {
        switch rules {
        case .file(let rules): rules.offset(at: instant)
        case .builtIn(let zone): zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(instant)))
        }
    }

    /// The instant at which clocks of the zone show a time: of two the first; of none, the one by the offset before the gap.
    package func instant(of wall: WallTime) -> Timestamp { wall.instant { offset(at: $0) } }

    /// What clocks of the zone show.
    package func wall(at instant: Timestamp) -> WallTime {
        let seconds = instant.secondsSince1970
        return WallTime(secondsIgnoringZone: seconds + offset(at: seconds))
    }
}
