import Synchronization

/// Touches a lock file every few seconds, so that a run that reads, waits or asks for long is seen to be alive.
///
/// It runs among the program's other tasks: where these hang, the heart stands still, and rightly so.
final class Heartbeat: Sendable {
    /// Nil once the file was closed: its descriptor may be another file's by then.
    private let file: Mutex<LockFile?>
    private let task: Mutex<Task<Void, Never>?> = Mutex(nil)

    init(_ file: LockFile, clock: any Clock<Duration>) {
        self.file = Mutex(file)
        let beats = Task { [weak self] in
            while (try? await clock.sleep(for: Self.interval)) != nil, let self { self.beat() }
        }
        task.withLock { $0 = beats }
    }

    func beat() { file.withLock { $0?.touch() } }

    /// Ends it, gives the lock back, and closes the file.
    func stop() {
        task.withLock { $0?.cancel() }
        file.withLock { file in
            file?.unlockAndClose()
            file = nil
        }
    }

    private static let interval = Duration.seconds(10)
}
