import Foundation
import ReconcileModel

/// Finds the instant at which clocks of a zone show a time.
struct WallClock {
    private let zone: TimeZone

    /// Nil for a zone that the system does not know.
    init?(zone identifier: String) {
        guard let zone = TimeZone(identifier: identifier) else { return nil }
        self.zone = zone
    }

    func instant(of wall: WallTime) -> Timestamp {
        wall.instant { zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval($0))) }
    }
}
