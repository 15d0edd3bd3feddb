import Foundation
import LinkStorage
import Testing
import TestSupport

/// One run at a time.
struct RunLockTests {
    private func refusal(_ path: String) -> StateError? {
        #expect(throws: StateError.self) { _ = try RunLock(statePath: path, holder: "second") }
    }

    @Test func `a second run is refused and told who is first`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("state.db")
        let lock = try RunLock(statePath: path, holder: "apply by ada, process 17")
        #expect(refusal(path) == .locked(path: path, holder: "apply by ada, process 17"))
        // Refusing must not spoil the text for the next one.
        #expect(refusal(path) == .locked(path: path, holder: "apply by ada, process 17"))
        _ = consume lock
    }

    @Test func `the lock ends with its holder, and leaves no older text behind`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("state.db")
        do {
            let first = try RunLock(statePath: path, holder: "a holder with a long description")
            _ = consume first
        }
        let second = try RunLock(statePath: path, holder: "short")
        #expect(try folder.read("state.db.lock") == Data("short".utf8))
        _ = consume second
    }

    @Test func `another process holds it until it ends, however it ends`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("state.db")
        try folder.write(Data("apply in another process".utf8), to: "state.db.lock")
        let process = Process()
        let (output, input) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/flock")
        process.arguments = ["--exclusive", "--no-fork", "\(path).lock", "sh", "-c", "echo held; read line"]
        (process.standardOutput, process.standardInput) = (output, input)
        try process.run()
        #expect(try output.fileHandleForReading.read(upToCount: 5) == Data("held\n".utf8))
        #expect(refusal(path) == .locked(path: path, holder: "apply in another process"))
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let lock = try RunLock(statePath: path, holder: "next")
        _ = consume lock
    }

    @Test func `locks of two states do not meet`() throws {
        let folder = try TemporaryFolder()
        let one = try RunLock(statePath: folder.file("one.db"), holder: "a")
        let two = try RunLock(statePath: folder.file("new/two.db"), holder: "b")
        _ = consume one
        _ = consume two
    }

    @Test func `the file of the lock belongs to its owner alone`() throws {
        let folder = try TemporaryFolder()
        let lock = try RunLock(statePath: folder.file("state.db"), holder: "a")
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("state.db.lock"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        _ = consume lock
    }
}
