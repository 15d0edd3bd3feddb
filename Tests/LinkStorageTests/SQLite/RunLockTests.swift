import Foundation
import ReconcileModel
import Testing
import TestSupport

@testable import LinkStorage

/// One run at a time on one file.
struct RunLockTests {
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
        let lock = try RunLock(statePath: path, holder: .ada, pulse: clock)
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

    @Test func `the file is JSON, and an older holder leaves nothing behind`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("state.db")
        do {
            var wordy = LockHolder.ada
            wordy.host = String(repeating: "long", count: 100)
            let first = try RunLock(statePath: path, holder: wordy)
            withExtendedLifetime(first) {}
        }
        #expect(try RunLock.status(statePath: path) == nil)
        let second = try RunLock(statePath: path, holder: .ada)
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
            let lock = try RunLock(statePath: path, holder: .ada)
            #expect(try isLocked("\(path).lock"))
            withExtendedLifetime(lock) {}
        }
        #expect(try isLocked("\(path).lock") == false)
    }

    @Test func `locks of two states do not meet`() throws {
        let folder = try TemporaryFolder()
        let one = try RunLock(statePath: folder.file("one.db"), holder: .ada)
        let two = try RunLock(statePath: folder.file("new/two.db"), holder: .ada)
        withExtendedLifetime((one, two)) {}
    }

    @Test func `the file of the lock belongs to its owner alone`() throws {
        let folder = try TemporaryFolder()
        let lock = try RunLock(statePath: folder.file("state.db"), holder: .ada)
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("state.db.lock"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        withExtendedLifetime(lock) {}
    }

    // MARK: - Breaking

    @Test func `a broken lock is free, and its holder notices before its next write`() async throws {
        let bench = try FileBench()
        let lock = try RunLock(statePath: bench.path, holder: .ada)
        let session = SQLiteSession(path: bench.path, lock: lock) { .day(0) }
        try await session.register([.sample()])
        try await session.remember(account: "a@example.org", by: OrganizationRecord.Access(), of: "acm")

        let status = try #require(try RunLock.status(statePath: bench.path))
        #expect(try RunLock.breakLock(statePath: bench.path, heldBy: status))
        let next = try RunLock(statePath: bench.path, holder: .next)
        let error = await #expect(throws: StateError.self) {
            try await session.remember(account: "b@example.org", by: OrganizationRecord.Access(), of: "acm")
        }
        #expect(error == .lockBroken(path: bench.path))
        #expect(try bench.ask("SELECT service_account FROM meta") == "a@example.org")
        #expect(refusal(bench.path) == .next)
        #expect(try bench.folder.names().filter { $0.hasSuffix(".lock") || $0.contains(".lock.") } == ["state.db.lock"])
        withExtendedLifetime((lock, next)) {}
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
