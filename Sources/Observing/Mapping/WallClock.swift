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

    /// Clocks that are set back show some times twice: the first counts. Those set forward skip some: then the offset before
    /// the change counts, so that 02:30 becomes 03:30.
    func instant(of wall: WallTime) -> Timestamp {
        let seconds = wall.secondsIgnoringZone
        // No zone is a day away from UTC: the instant lies between these two, and so do all changes that matter.
        let before = offset(at: seconds - 86_400)
        let after = offset(at: seconds + 86_400)
        let early = seconds - max(before, after)
        let late = seconds - min(before, after)
        for candidate in [early, late] where candidate + offset(at: candidate) == seconds {
            return Timestamp(secondsSince1970: candidate)
        }
        return Timestamp(secondsSince1970: seconds - before)
    }

    private func offset(at seconds: Int) -> Int {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds)))
    }
}
