import Foundation
package import LinkStorage
package import ReconcileModel

/// Who started the command, as far as the environment tells: for the lock and the history.
package struct Caller: Sendable {
    /// The command's name, such as `apply`.
    package var command: String
    private var user: String?
    private var gitRevision: String?

    package init(command: String, environment: [String: String]) {
        self.command = command
        func first(_ names: String...) -> String? { names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } }
        user = first("GITHUB_ACTOR", "GITLAB_USER_LOGIN", "USER", "LOGNAME")
        gitRevision = first("GITHUB_SHA", "CI_COMMIT_SHA")
    }

    var origin: RunRecord.Origin { RunRecord.Origin(kind: command, who: user, gitRevision: gitRevision) }

    package func holder(since now: Timestamp) -> LockHolder {
        let process = ProcessInfo.processInfo
        return LockHolder(
            pid: process.processIdentifier,
            host: process.hostName,
            user: user,
            command: command,
            since: now
        )
    }
}
