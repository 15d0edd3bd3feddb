import Foundation
import JSON
import ReconcileModel

extension HeldAbsence {
    private struct Entry: Decodable {
        var absence: String
        var seen_at: String
    }

    /// None where they cannot be read: then each is looked at again.
    static func all(json: String?) -> [PageID: HeldAbsence] {
        guard let json, let entries = try? JSONDecoder().decode([String: Entry].self, from: Data(json.utf8)) else {
            return [:]
        }
        var held: [PageID: HeldAbsence] = [:]
        for (page, entry) in entries {
            guard let absence = Absence(word: entry.absence) else { continue }
            held[PageID(rawValue: page)] = HeldAbsence(absence, seenAt: entry.seen_at)
        }
        return held
    }

    /// Nil where there are none.
    static func json(_ held: [PageID: HeldAbsence], at now: String) -> String? {
        var entries: JSON.Members = [:]
        for (page, one) in held {
            guard let word = one.absence.word else { continue }
            entries.append((page.rawValue, ["absence": .string(word), "seen_at": .string(one.seenAt ?? now)]))
        }
        return entries.isEmpty ? nil : JSON.object(entries).text(.sorted)
    }
}
