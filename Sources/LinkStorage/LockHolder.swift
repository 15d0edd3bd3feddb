import Foundation
import JSON
package import ReconcileModel

/// Who holds a lock, as the lock's file tells others.
package struct LockHolder: Hashable, Decodable, Sendable {
    package var pid: Int32
    package var host: String
    /// The person or job, as far as the environment tells.
    package var user: String?
    /// Such as `apply`.
    package var command: String
    /// RFC 3339 in UTC.
    package var since: String

    package init(pid: Int32, host: String, user: String?, command: String, since: Timestamp) {
        self.pid = pid
        self.host = host
        self.user = user
        self.command = command
        self.since = since.rfc3339()
    }

    /// Nil where the text is not that of a holder: an empty file, or one of another version.
    init?(json: Data) {
        guard let holder = try? JSONDecoder().decode(LockHolder.self, from: json) else { return nil }
        self = holder
    }

    var json: Data {
        let members = JSON.object(of: [
            "pid": .integer(Int(pid)),
            "host": .string(host),
            "user": user.map { .string($0) },
            "command": .string(command),
            "since": .string(since),
        ])
        return Data(members.bytes(.sorted))
    }
}

extension LockHolder: CustomStringConvertible {
    /// `"apply" by ada, process 4711 on builder, since 2026-11-20T17:00:00Z`
    package var description: String {
        let by = user.map { " by \($0)" } ?? ""
        return "\"\(command)\"\(by), process \(pid) on \(host), since \(since)"
    }
}
