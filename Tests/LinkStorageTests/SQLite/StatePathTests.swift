import Foundation
import GRDB
import ReconcileModel
import Testing
import TestSupport

@testable import LinkStorage

/// A state under any name, and what cannot be one.
struct StatePathTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: folder.file(name), withDestinationPath: target)
    }

    private func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: folder.file(name), withIntermediateDirectories: true)
    }

    private func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: folder.file(name))[.posixPermissions] as? Int
    }

    private func session(_ name: String = "state.db") async throws(StateError) -> SQLiteSession {
        try await SQLiteSession.opened(folder.file(name))
    }

    private func contents(_ name: String) async throws(StateError) -> StateContents? {
        try await SQLiteState(path: folder.file(name)) { .day(0) }.contents(.everything)
    }

    @Test func `links are followed to their end, absolute, relative and chained`() throws {
        try makeFolder("data")
        try folder.write(Data(), to: "data/real.db")
        try link("absolute.db", to: folder.file("data/real.db"))
        try link("relative.db", to: "data/real.db")
        try link("data/neighbour.db", to: "real.db")
        try link("data/up.db", to: "../relative.db")
        try link("chained.db", to: "data/up.db")
        for name in ["absolute.db", "relative.db", "data/neighbour.db", "data/up.db", "chained.db", "data/real.db"] {
            let resolved = try StatePath.resolved(folder.file(name))
            #expect(FileIdentity(path: resolved) == FileIdentity(path: folder.file("data/real.db")), "\(name)")
            #expect(resolved.hasSuffix("real.db"))
        }
    }

    @Test func `a name without links stays as it was given`() throws {
        #expect(try StatePath.resolved(folder.file("state.db")) == folder.file("state.db"))
        #expect(try StatePath.resolved("no/such/../folder/state.db") == "no/such/../folder/state.db")
        try makeFolder("real")
        try link("folder", to: "real")
        // The lock and the log are in one folder, whatever it is called.
        #expect(try StatePath.resolved(folder.file("folder/state.db")) == folder.file("folder/state.db"))
    }

    @Test func `a link to a file that is yet to be made is good, one into a missing folder is not`() throws {
        try link("new.db", to: "later.db")
        #expect(try StatePath.resolved(folder.file("new.db")) == folder.file("later.db"))
        try link("lost.db", to: "unmounted/state.db")
        let error = #expect(throws: StateError.self) { try StatePath.resolved(folder.file("lost.db")) }
        #expect(error?.failure.message.contains("a folder that is not there, \(folder.file("unmounted"))") == true)
        #expect(try folder.names() == ["lost.db", "new.db"])
    }

    @Test func `links in a circle are refused`() throws {
        try link("a.db", to: "b.db")
        try link("b.db", to: "a.db")
        let error = #expect(throws: StateError.self) { try StatePath.resolved(folder.file("a.db")) }
        #expect(error?.failure.message.contains("leads in a circle") == true)
    }

    @Test func `what is no file is refused, and nobody waits for it`() async throws {
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        try link("to-pipe", to: "pipe")
        try link("to-device", to: "/dev/null")
        let expected = [
            folder.file("pipe"): "a named pipe", folder.file("to-pipe"): "a named pipe", "/dev/null": "a device",
            "/dev/zero": "a device", folder.file("to-device"): "a device", "": "an empty name",
            folder.file("state.db/"): "the name of a folder",
        ]
        for (path, kind) in expected {
            let error = #expect(throws: StateError.self) { try StatePath.resolved(path) }
            guard case .notAFile(_, kind)? = error else {
                Issue.record("\(path): \(String(describing: error))")
                continue
            }
            #expect(error?.failure.code == "state_not_a_file" && error?.failure.hint?.contains("Name a file") == true)
        }
        #expect(throws: StateError.self) { try StatePath.resolved(folder.path) }
        // Also where nobody resolved the name before.
        let reading = await #expect(throws: StateError.self) { try await contents("pipe") }
        #expect(reading == .notAFile(path: folder.file("pipe"), kind: "a named pipe"))
        await #expect(throws: StateError.self) { try await session("pipe") }
    }

    @Test func `a file with a second name is refused: its lock and log would not be found by both`() async throws {
        _ = try await session()
        #expect(Foundation.link(folder.file("state.db"), folder.file("other.db")) == 0)
        for name in ["state.db", "other.db"] {
            let error = #expect(throws: StateError.self) { try StatePath.resolved(folder.file(name)) }
            guard case .severalNames(folder.file(name), 2, _)? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(error?.failure.hint?.contains("find / -xdev -inum ") == true)
            await #expect(throws: StateError.self) { try await session(name) }
            await #expect(throws: StateError.self) { try await contents(name) }
        }
        unlink(folder.file("other.db"))
        #expect(try StatePath.resolved(folder.file("state.db")) == folder.file("state.db"))
    }

    @Test(arguments: [0o644, 0o660, 0o604, 0o777])
    func `what others may open is closed to them`(opened: Int) async throws {
        // Held open, so that the log and its index are there.
        let first = try await session()
        try await first.remember(.sample(), database: .sample, calendar: .sample)
        func open() throws {
            for name in ["state.db", "state.db-wal", "state.db-shm"] {
                try FileManager.default.setAttributes([.posixPermissions: opened], ofItemAtPath: folder.file(name))
            }
        }
        try open()
        #expect(try await contents("state.db")?.organizations.count == 1)
        for name in ["state.db", "state.db-wal", "state.db-shm"] { #expect(try mode(name) == 0o600, "\(name)") }
        try open()
        let other = try await session()
        for name in ["state.db", "state.db-wal", "state.db-shm"] { #expect(try mode(name) == 0o600, "\(name)") }
        withExtendedLifetime((first, other)) {}
    }

    @Test func `a lock that others may write to is closed to them, and one that is a link is refused`() throws {
        let holder = LockHolder(pid: 1, host: "h", user: nil, command: "apply", since: .day(0))
        try folder.write(Data(), to: "state.db.lock")
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: folder.file("state.db.lock"))
        _ = try RunLock(statePath: folder.file("state.db"), holder: holder)
        #expect(try mode("state.db.lock") == 0o600)

        try folder.write(Data("precious".utf8), to: "victim")
        try link("other.db.lock", to: "victim")
        #expect(throws: StateError.notAFile(path: folder.file("other.db.lock"), kind: "a symbolic link")) {
            try RunLock(statePath: folder.file("other.db"), holder: holder)
        }
        #expect(try folder.read("victim") == Data("precious".utf8))
    }

    @Test func `a log that is a link is refused`() async throws {
        do { _ = try await session() }
        try folder.write(Data(), to: "victim")
        try link("state.db-wal", to: "victim")
        await #expect(throws: StateError.notAFile(path: folder.file("state.db-wal"), kind: "a symbolic link")) {
            try await session()
        }
    }

    @Test func `what nobody was allowed to read is not called damaged`() async throws {
        try makeFolder("closed")
        do { _ = try await session("closed/state.db") }
        for (path, mode) in [("closed/state.db", 0o000), ("closed", 0o000)] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.file(path))
            defer {
                let open = path == "closed" ? 0o700 : 0o600
                try? FileManager.default.setAttributes([.posixPermissions: open], ofItemAtPath: folder.file(path))
            }
            let error = try asNobody(in: folder) { () throws(StateError) in
                _ = try StateFile.read(folder.file("closed/state.db")) { try StateContents($0, .everything) }
            }
            guard case .unreadable(_, "Permission denied")? = error else {
                Issue.record("\(path): \(String(describing: error))")
                continue
            }
            let failure = try #require(error?.failure)
            #expect(failure.code == "state_unreadable" && failure.hint?.contains("rebuild") == false)
            #expect(failure.message.contains("does not say that it is damaged"))
            let condition = try asNobody(in: folder) { () throws(StateError) in
                _ = try StateFile.condition(folder.file("closed/state.db"))
            }
            #expect(condition == error, "rebuild must leave it alone")
        }
    }

    @Test(arguments: [
        (ResultCode.SQLITE_IOERR_READ, "state_unreadable"), (.SQLITE_IOERR_SHORT_READ, "state_unreadable"),
        (.SQLITE_BUSY, "state_unreadable"), (.SQLITE_IOERR_WRITE, "state_disk_full"),
        (.SQLITE_CORRUPT, "state_damaged"), (.SQLITE_NOTADB, "state_not_a_database"),
        (.SQLITE_ERROR, "state_damaged"), (.SQLITE_NOMEM, "state_failed"),
    ])
    func `only what is known to be damaged is said to be`(code: ResultCode, expected: String) {
        let failure = StateError(DatabaseError(resultCode: code), path: "/s").failure
        #expect(failure.code.rawValue == expected)
        let isDamage = ["state_damaged", "state_not_a_database"].contains(expected)
        #expect((failure.hint?.contains("state rebuild") == true) == isDamage)
    }
}

/// Runs something that does not wait as a user who owns nothing in the folder: the superuser may read everything.
///
/// - Returns: what it threw.
private func asNobody(in folder: TemporaryFolder, _ body: () throws(StateError) -> Void) throws -> StateError? {
    typealias Switch = @convention(c) (uid_t) -> CInt
    var change: Switch?
    if geteuid() == 0 {
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
        change = dlsym(nil, "setfsuid").map { unsafeBitCast($0, to: Switch.self) }
    }
    // Of this thread alone, which stays the same as nothing is awaited.
    _ = change?(65_534)
    defer { _ = change?(0) }
    do throws(StateError) {
        try body()
        return nil
    } catch { return error }
}
