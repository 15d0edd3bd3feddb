import Foundation
import LinkStorage
import ReconcileModel
import Synchronization
import Testing
import TestSupport

/// One run at a time.
struct RunLockTests {
    private static let ada = LockHolder(pid: 17, host: "builder", user: "ada", command: "apply", since: .day(0))

    private func refusal(_ path: String) -> LockHolder? {
        let error = #expect(throws: StateError.self) { _ = try RunLock(statePath: path, holder: .next) }
        guard case .locked(path, let status)? = error else { return nil }
        return status.holder
    }

    /// Whether another process, which asks with a descriptor of its own, finds the file locked.
    private func isLocked(_ lockPath: String) throws -> Bool {
        try ChildProcess("/usr/bin/flock", ["--nonblock", lockPath, "true"]).wait().reason != .exited(0)
    }

    /// Another process, which holds the lock until it is killed.
    private func holder(of lockPath: String) throws -> ChildProcess {
        let command = ["--exclusive", "--no-fork", lockPath, "sh", "-c", "echo held; read line"]
        let process = try ChildProcess("/usr/bin/flock", command, input: .pipe, output: .pipe)
        #expect(try process.output?.read(upToCount: 5) == Data("held\n".utf8))
        return process
    }

    @Test func `a run that writes nothing shows that it is alive`() async throws {
        let folder = try TemporaryFolder()
        let (path, clock) = (folder.file("state.db"), SteppedClock())
        let lock = try RunLock(statePath: path, holder: Self.ada, pulse: clock)
        defer { withExtendedLifetime(lock) {} }
        await clock.waitForSleepers()
        let old = [FileAttributeKey.modificationDate: Date(timeIntervalSince1970: 1_000_000)]
        try FileManager.default.setAttributes(old, ofItemAtPath: "\(path).lock")
        #expect(try RunLock.status(statePath: path)?.lastSign == Timestamp(secondsSince1970: 1_000_000))
        clock.advance(by: .seconds(10))
        // It has beaten once it sleeps again.
        await clock.waitForSleepers()
        let sign = try #require(try RunLock.status(statePath: path)?.lastSign)
        #expect(sign > Timestamp(secondsSince1970: 1_000_000))
    }

    @Test func `a second run is refused and told who is first and since when`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("state.db")
        let lock = try RunLock(statePath: path, holder: Self.ada)
        #expect(refusal(path) == Self.ada)
        // Refusing must not spoil the text for the next one.
        #expect(refusal(path) == Self.ada)
        let status = try #require(try RunLock.status(statePath: path))
        let message = StateError.locked(path: path, by: status).failure.message
        #expect(message.contains("\"apply\" by ada, process 17 on builder, since 2026-11-20T17:00:00Z"))
        #expect(status.lastSign != nil && message.contains("last sign of life"))
        withExtendedLifetime(lock) {}
    }

    @Test func `the file is JSON, and an older holder leaves nothing behind`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("state.db")
        do {
            var wordy = Self.ada
            wordy.host = String(repeating: "long", count: 100)
            let first = try RunLock(statePath: path, holder: wordy)
            withExtendedLifetime(first) {}
        }
        #expect(try RunLock.status(statePath: path) == nil)
        let second = try RunLock(statePath: path, holder: Self.ada)
        let text = String(decoding: try folder.read("state.db.lock"), as: UTF8.self)
        #expect(
            text == #"{"command":"apply","host":"builder","pid":17,"since":"2026-11-20T17:00:00Z","user":"ada"}"#
        )
        withExtendedLifetime(second) {}
    }

    @Test func `another process holds it until it ends, however it ends`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("state.db")
        try folder.write(Data("of some other program".utf8), to: "state.db.lock")
        let process = try holder(of: "\(path).lock")
        let error = #expect(throws: StateError.self) { _ = try RunLock(statePath: path, holder: .next) }
        #expect(error?.failure.message.contains("its holder is not known") == true)
        process.send(SIGKILL)
        process.wait()
        #expect(throws: Never.self) { _ = try RunLock(statePath: path, holder: .next) }
    }

    @Test func `other processes see our lock`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("state.db")
        do {
            let lock = try RunLock(statePath: path, holder: Self.ada)
            #expect(try isLocked("\(path).lock"))
            withExtendedLifetime(lock) {}
        }
        #expect(try isLocked("\(path).lock") == false)
    }

    @Test func `locks of two states do not meet`() throws {
        let folder = try TemporaryFolder()
        let one = try RunLock(statePath: folder.file("one.db"), holder: Self.ada)
        let two = try RunLock(statePath: folder.file("new/two.db"), holder: Self.ada)
        withExtendedLifetime((one, two)) {}
    }

    @Test func `the file of the lock belongs to its owner alone`() throws {
        let folder = try TemporaryFolder()
        let lock = try RunLock(statePath: folder.file("state.db"), holder: Self.ada)
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("state.db.lock"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        withExtendedLifetime(lock) {}
    }

    // MARK: - Waiting

    @Test func `waiting ends when the other run does`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("state.db")
        let other = Mutex<RunLock?>(try RunLock(statePath: path, holder: Self.ada))
        let clock = StepClock { step in if step == 3 { other.withLock { $0 = nil } } }
        var seen: [LockHolder?] = []
        let lock = try await RunLock.acquire(
            statePath: path,
            holder: .next,
            timeout: .seconds(60),
            clock: clock
        ) { seen.append($0.holder) }
        #expect(clock.steps == 3 && seen == [Self.ada])
        #expect(refusal(path) == .next)
        withExtendedLifetime(lock) {}
    }

    @Test(arguments: [(0, 0), (1, 2), (60, 120)])
    func `waiting ends with the time that was given`(seconds: Int, polls: Int) async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("state.db")
        let other = try RunLock(statePath: path, holder: Self.ada)
        let clock = StepClock { _ in }
        let error = await #expect(throws: StateError.self) {
            _ = try await RunLock.acquire(
                statePath: path,
                holder: .next,
                timeout: .seconds(seconds),
                clock: clock
            ) { _ in }
        }
        #expect(error?.failure.code == "state_locked" && clock.steps == polls)
        #expect(clock.now.offset == .seconds(seconds))
        withExtendedLifetime(other) {}
    }

    // MARK: - Breaking

    @Test func `a broken lock is free, and its holder notices before its next write`() async throws {
        let bench = try StateBench()
        let lock = try RunLock(statePath: bench.path, holder: Self.ada)
        let store = try LinkStore(path: bench.path, lock: lock) { .day(0) }
        try await store.remember(serviceAccount: "a@example.org")

        let status = try #require(try RunLock.status(statePath: bench.path))
        #expect(try RunLock.breakLock(statePath: bench.path, heldBy: status))
        let next = try RunLock(statePath: bench.path, holder: .next)
        let error = await #expect(throws: StateError.self) { try await store.remember(serviceAccount: "b@example.org") }
        #expect(error == .lockBroken(path: bench.path))
        #expect(try bench.ask("SELECT service_account FROM meta") == "a@example.org")
        #expect(refusal(bench.path) == .next)
        #expect(try bench.folder.names().filter { $0.hasSuffix(".lock") || $0.contains(".lock.") } == ["state.db.lock"])
        withExtendedLifetime((lock, next)) {}
    }

    @Test func `a lock that changed hands is not broken`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("state.db")
        let seen: LockStatus
        do {
            let first = try RunLock(statePath: path, holder: Self.ada)
            seen = try #require(try RunLock.status(statePath: path))
            withExtendedLifetime(first) {}
        }
        #expect(try RunLock.breakLock(statePath: path, heldBy: seen) == false)
        let second = try RunLock(statePath: path, holder: .next)
        #expect(try RunLock.breakLock(statePath: path, heldBy: seen) == false)
        try second.check()
    }

    @Test func `a lock of another process is broken under it`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("state.db")
        let process = try holder(of: "\(path).lock")
        let status = try #require(try RunLock.status(statePath: path))
        #expect(try RunLock.breakLock(statePath: path, heldBy: status))
        let lock = try RunLock(statePath: path, holder: .next)
        #expect(process.isRunning)
        try lock.check()
        process.send(SIGKILL)
        process.wait()
        #expect(refusal(path) == .next)
    }
}

extension LockHolder {
    fileprivate static let next = LockHolder(pid: 18, host: "laptop", user: nil, command: "undo", since: .day(1))
}

/// A clock that jumps to the end of each sleep, and tells how many there were.
private final class StepClock: Clock {
    struct Instant: InstantProtocol {
        var offset = Duration.zero

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let state = Mutex((now: Instant(), steps: 0))
    private let onStep: @Sendable (Int) -> Void

    init(onStep: @escaping @Sendable (Int) -> Void) { self.onStep = onStep }

    var now: Instant { state.withLock(\.now) }
    var minimumResolution: Duration { .zero }
    var steps: Int { state.withLock(\.steps) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let step = state.withLock { state in
            state.now = max(state.now, deadline)
            state.steps += 1
            return state.steps
        }
        onStep(step)
    }
}
