import Foundation
package import ReconcileModel

/// Where the token of Notion's handshake waits for a person to look at it. Nothing is ever verified with it.
package struct WebhookTokenFile: Sendable {
    /// What became of a token that arrived.
    package enum Storing: Equatable, Sendable {
        case stored
        /// It is the one that is kept.
        case known
        /// Another one is kept, and stays.
        case occupied
    }

    package let path: String

    /// The file that belongs to a state file.
    package init(statePath: String) { path = "\(statePath).webhook-token" }

    /// Keeps the token, readable for its owner only, unless there is one already.
    package func store(_ token: WebhookSecret) throws(Failure) -> Storing {
        if let kept = try read() { return kept.token == token ? .known : .occupied }
        let unfinished = "\(path).\(UUID().uuidString)"
        try createFolder()
        defer { unlink(unfinished) }
        try write(Data("\(token.reveal())\n".utf8), to: unfinished)
        // Unlike rename, link leaves what is there alone: of two that arrive at once one is kept, whole.
        guard link(unfinished, path) == 0 else {
            guard errno == EEXIST, let kept = try read() else { throw unwritable(errno) }
            return kept.token == token ? .known : .occupied
        }
        return .stored
    }

    /// Nil where no token has arrived.
    package func read() throws(Failure) -> (token: WebhookSecret, receivedAt: Timestamp)? {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw unreadable(String(cString: strerror(errno))) }
            return nil
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try keepPrivate(descriptor)
        guard let data = try? file.read(upToCount: 1024), let line = String(bytes: data, encoding: .utf8),
            let token = WebhookSecret(line.filter { $0 != "\n" }),
            let written = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        else { throw unreadable("it holds no token") }
        return (token, Timestamp(secondsSince1970: Int(written.timeIntervalSince1970)))
    }

    /// Whoever can read the token can sign deliveries with it, once it is in use.
    private func keepPrivate(_ descriptor: CInt) throws(Failure) {
        let attributes = (try? FileManager.default.attributesOfItem(atPath: path)) ?? [:]
        guard attributes[.type] as? FileAttributeType == .typeRegular else { throw unreadable("it is no file") }
        guard let mode = attributes[.posixPermissions] as? Int, mode & 0o077 != 0 else { return }
        guard fchmod(descriptor, mode_t(mode & 0o600)) != 0, errno != EROFS else { return }
        throw unreadable("others may read it, and that cannot be changed (\(String(cString: strerror(errno))))")
    }

    /// - Returns: false where there was none.
    package func remove() throws(Failure) -> Bool {
        if unlink(path) == 0 { return true }
        guard errno == ENOENT else { throw unwritable(errno) }
        return false
    }

    private func createFolder() throws(Failure) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw unwritable(EACCES)
        }
    }

    private func write(_ content: Data, to path: String) throws(Failure) {
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unwritable(errno) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: content)
            try file.synchronize()
        } catch {
            throw unwritable(EIO)
        }
    }

    private func unwritable(_ code: CInt) -> Failure {
        Failure(
            code: "webhook_token_unwritable",
            message: "The file \(path), for the token of Notion's webhook, cannot be written: "
                + "\(String(cString: strerror(code))).",
            hint: "Check who may write to its folder."
        )
    }

    private func unreadable(_ reason: String) -> Failure {
        Failure(
            code: "webhook_token_unreadable",
            message: "The file \(path), for the token of Notion's webhook, cannot be read: \(reason).",
            hint: "`reconcile webhook-token --forget` removes it; then let Notion send the token again."
        )
    }
}
