import Emulation
import Foundation

/// What is in Google and not ours: events without a mark, and calendars that no organization has. Kept byte for byte.
struct Strangers {
    private var bytes: [String: Data] = [:]
    /// Calendars of organizations: one that was left is nobody's.
    private var ours: Set<String> = []

    /// - Parameter given: calendars that declarations name: only what is in them and not marked is a stranger's.
    init(in world: World, besides given: Set<String> = []) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        for calendar in world.google.calendars.values {
            let isOurs = calendar.description?.contains("reconcile") == true || given.contains(calendar.id)
            if isOurs { ours.insert(calendar.id) }
            if !isOurs { bytes[calendar.id] = try? encoder.encode(calendar) }
            for event in calendar.liveEvents where !event.isMarked {
                bytes["\(event.id) of \(calendar.id)"] = try? encoder.encode(event)
            }
        }
    }

    var count: Int { bytes.count }

    /// What is not as it was, or is new.
    func differences(from now: Strangers) -> [String] {
        Set(bytes.keys).union(now.bytes.keys).sorted().filter { bytes[$0] != now.bytes[$0] && !ours.contains($0) }
    }
}
