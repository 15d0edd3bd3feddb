import Foundation
import GRDB
import ReconcileModel

extension StateFile {
    /// Reads the whole file.
    static func condition(_ path: String) throws(StateError) -> StateCondition {
        do throws(StateError) {
            let answer = try read(path) { try String.fetchOne($0, sql: "PRAGMA integrity_check(1)") ?? "" }
            guard let answer else { return .missing }
            return answer == "ok" ? .sound : .damaged(.damaged(path: path, reason: answer))
        } catch {
            switch error {
            case .damaged, .notADatabase: return .damaged(error)
            default: throw error
            }
        }
    }

    /// Gives a damaged file another name, so that a new one can take its place.
    ///
    /// - Returns: `<path>.damaged-<timestamp>`.
    static func keepAside(_ path: String, now: Timestamp) throws(StateError) -> String {
        let stamp = now.rfc3339().filter { $0 != "-" && $0 != ":" }
        var copy = "\(path).damaged-\(stamp)"
        var number = 1
        while FileManager.default.fileExists(atPath: copy) {
            number += 1
            copy = "\(path).damaged-\(stamp)-\(number)"
        }
        // The log goes first: beside a new file it would be taken for that one's.
        for suffix in ["-wal", "-shm", ""] where FileManager.default.fileExists(atPath: path + suffix) {
            guard rename(path + suffix, copy + suffix) == 0 else {
                throw .unwritable(path: path + suffix, reason: String(cString: strerror(errno)))
            }
        }
        return copy
    }
}
