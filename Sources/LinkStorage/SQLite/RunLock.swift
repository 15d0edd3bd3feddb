import Foundation
import ReconcileModel

/// One run at a time on one state file.
///
/// An advisory lock of the kernel on a file beside the state: it ends with the process that holds it, however that ends, so
/// that a dead run never stands in the way. The file tells who holds it; its time is the holder's last sign of life.
///
/// A lock can be broken by putting another file in its place: from then on the path leads elsewhere, which its holder
/// finds out before its next write.
package final class RunLock: Sendable {
    private let file: LockFile
    private let heartbeat: Heartbeat
    private let statePath: String

    /// - Parameters:
    ///   - path: of the state file; the lock is `<path>.lock`.
    ///   - holder: who we are, for others to read.
    ///   - pulse: measures the time between signs of life. Not the clock of waits that tests make short: it never stops.
    /// - Throws: `StateError.locked` where another run has it.
    package init(
        statePath path: String,
        holder: LockHolder,
        pulse: any Clock<Duration> = ContinuousClock()
    ) throws(StateError) {
        try StateFile.createFolder(for: path)
        while true {
            let file = try LockFile.open(Self.path(of: path))
            guard file.tryLock() else {
                defer { file.close() }
                throw .locked(path: path, by: LockStatus(file))
            }
            // Between our opening and our locking it, the file may have been replaced: then its lock means nothing.
            guard file.isInPlace else {
                file.unlockAndClose()
                continue
            }
            // The file stays when the run ends: removing it would let two runs hold locks on two files of one name.
            file.write(holder)
            self.file = file
            statePath = path
            heartbeat = Heartbeat(file, clock: pulse)
            return
        }
    }

    deinit { heartbeat.stop() }

    /// Waits for another run to end, at most as long as `timeout`.
    ///
    /// - Parameter onWait: called once, before the first wait, with who has the lock.
    /// - Throws: `StateError.locked` where another run still has it; `CancellationError`.
    package static func acquire(
        statePath path: String,
        holder: LockHolder,
        timeout: Duration,
        clock: any Clock<Duration>,
        onWait: (LockStatus) -> Void
    ) async throws -> RunLock {
        var waited = Duration.zero
        while true {
            let attempt = Result { () throws(StateError) in try RunLock(statePath: path, holder: holder) }
            guard case .failure(.locked(_, let status)) = attempt, waited < timeout else { return try attempt.get() }
            if waited == .zero { onWait(status) }
            let pause = min(pollInterval, timeout - waited)
            try await clock.sleep(for: pause)
            waited += pause
        }
    }

    /// - Throws: `StateError.lockBroken` where somebody took the lock away from us.
    package func check() throws(StateError) {
        guard file.isInPlace else { throw .lockBroken(path: statePath) }
        heartbeat.beat()
    }

    /// Who has the lock; nil where nobody has.
    package static func status(statePath path: String) throws(StateError) -> LockStatus? {
        guard FileManager.default.fileExists(atPath: Self.path(of: path)) else { return nil }
        let file = try LockFile.open(Self.path(of: path))
        defer { file.unlockAndClose() }
        return file.tryLock() ? nil : LockStatus(file)
    }

    /// Takes the lock away from whoever has it: its next write will fail.
    ///
    /// - Parameter status: who was seen to have it.
    /// - Returns: whether it was broken; not where meanwhile it has been given back, or taken by another run.
    package static func breakLock(statePath path: String, heldBy status: LockStatus) throws(StateError) -> Bool {
        guard let now = try Self.status(statePath: path), now.identity == status.identity, now.holder == status.holder
        else { return false }
        let lock = Self.path(of: path)
        let replacement = try LockFile.open("\(lock).\(ProcessInfo.processInfo.processIdentifier)")
        defer { replacement.close() }
        guard rename(replacement.path, lock) == 0 else {
            throw .unwritable(path: lock, reason: String(cString: strerror(errno)))
        }
        return true
    }

    private static let pollInterval = Duration.milliseconds(500)

    private static func path(of statePath: String) -> String { "\(statePath).lock" }
}

extension LockStatus {
    init(_ file: LockFile) {
        self.init(holder: file.readHolder(), lastSign: file.lastTouched, identity: file.identity)
    }
}
