import Foundation
import GRDB
import ReconcileModel
import Testing
import TestSupport

@testable import LinkStorage

/// The file itself: how it comes to be, and what is refused.
struct StateFileTests {
    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    /// The error that opening for writing and for reading ends with; they are to agree.
    private func refusal(_ path: String) async -> StateError? {
        let reading = await #expect(throws: StateError.self) {
            try await SQLiteState(path: path) { .day(0) }.snapshot()
        }
        let writing = await #expect(throws: StateError.self) { try await SQLiteSession.opened(path) }
        #expect(reading == writing)
        return writing
    }

    @Test func `a new file and its folder belong to their owner alone`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("deep/er/state.db")
        let session = try await SQLiteSession.opened(path)
        try await session.remember(.sample(), database: .sample, calendar: .sample)
        #expect(try mode(folder.file("deep/er")) == 0o700)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.file("deep/er")) {
            #expect(try mode(folder.file("deep/er/\(name)")) == 0o600, "\(name)")
        }
    }

    @Test func `every commit reaches the disk before it counts`() throws {
        let database = try StateFile.openForWriting(try FileBench().path)
        let full = 2
        #expect(try database.read { try Int.fetchOne($0, sql: "PRAGMA synchronous") } == full)
        #expect(try database.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
    }

    @Test func `a file is opened again with what was in it`() async throws {
        let bench = try FileBench()
        try await bench.session().remember(.sample(), database: .sample, calendar: .sample)
        let again = try await bench.session().snapshot()
        #expect(again.organizations["acm"]?.calendar.id == .sample)
        #expect(try await bench.snapshot().organizations["acm"]?.calendar.id == .sample)
    }

    @Test func `the lineage stays with the file`() async throws {
        let bench = try FileBench()
        _ = try await bench.session()
        let lineage = try bench.ask("SELECT lineage FROM meta", as: String.self)
        _ = try await bench.session()
        #expect(try bench.ask("SELECT lineage FROM meta", as: String.self) == lineage && lineage?.count == 32)
        #expect(try bench.ask("PRAGMA journal_mode", as: String.self) == "wal")
    }

    @Test func `reading a file that is not there makes none`() async throws {
        let folder = try TemporaryFolder()
        for name in ["state.db", "folder/state.db"] {
            let snapshot = try await SQLiteState(path: folder.file(name)) { .day(0) }.snapshot()
            #expect(snapshot.organizations.isEmpty)
        }
        #expect(try folder.names().isEmpty)
    }

    @Test func `an empty file is as good as none`() async throws {
        let bench = try FileBench()
        try bench.folder.write(Data(), to: "state.db")
        #expect(try await bench.snapshot().organizations.isEmpty)
        #expect(try bench.folder.read("state.db").isEmpty)
        try await bench.session().remember(.sample(), database: .sample, calendar: nil)
        #expect(try await bench.snapshot().organizations.count == 1)
    }

    @Test func `a file that a run left with nothing but the migrator's own table is as good as none`() async throws {
        let bench = try FileBench()
        let database = try DatabaseQueue(path: bench.path)
        try await database.write {
            try $0.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        }
        try database.close()
        #expect(try await bench.snapshot().organizations.isEmpty)
        try await bench.session().remember(.sample(), database: .sample, calendar: .sample)
        #expect(try await bench.snapshot().organizations["acm"]?.calendar.id == .sample)
    }

    @Test func `reading leaves every byte as it is`() async throws {
        let bench = try FileBench()
        do {
            let (session, run) = try await bench.prepared()
            try await session.finishRun(run, outcome: "applied")
        }
        let before = try bench.folder.read("state.db")
        #expect(try await bench.snapshot().organizations.count == 1)
        #expect(try bench.folder.read("state.db") == before)
    }

    @Test func `reading leaves no files behind`() async throws {
        let bench = try FileBench()
        do { _ = try await bench.prepared() }
        #expect(try bench.folder.names() == ["state.db"])
        _ = try await bench.snapshot()
        #expect(try bench.folder.names() == ["state.db"])
    }

    @Test func `what a killed run wrote is there for the next one`() async throws {
        let bench = try FileBench()
        let (session, _) = try await bench.prepared()
        try await session.update(links: [.set(DesiredEvent.sample(1).link())], organization: "acm")
        // As a killed process leaves them: the write-ahead log was never moved into the file.
        let killed = try FileBench()
        for name in ["state.db", "state.db-wal"] { try killed.folder.write(bench.folder.read(name), to: name) }
        let file = try killed.folder.read("state.db")
        #expect(try await killed.snapshot().links["acm"]?.count == 1)
        #expect(try killed.folder.read("state.db") == file)
        #expect(try await killed.session().snapshot().links["acm"]?.count == 1)
    }

    @Test func `two sessions on one file wait for each other`() async throws {
        let bench = try FileBench()
        let (session, _) = try await bench.prepared()
        let other = try await bench.session()
        let before = try #require(try bench.serial())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...60 {
                let writer = number.isMultiple(of: 2) ? session : other
                group.addTask {
                    try await writer.update(links: [.set(DesiredEvent.sample(number).link())], organization: "acm")
                }
            }
            try await group.waitForAll()
        }
        #expect(try bench.serial() == before + 60)
        #expect(try await bench.snapshot().links["acm"]?.count == 60)
    }

    @Test(arguments: [
        Data("prefix: acm\nname: ACM\n".utf8), Data(repeating: 0, count: 4_096), Data(repeating: 0xFF, count: 100_000),
    ])
    func `a file that is not a database is refused and left alone`(content: Data) async throws {
        let bench = try FileBench()
        try bench.folder.write(content, to: "state.db")
        #expect(await refusal(bench.path) == .notADatabase(path: bench.path))
        #expect(try bench.folder.read("state.db") == content)
        #expect(try bench.folder.names() == ["state.db"])
    }

    @Test func `a database of another program is refused and left alone`() async throws {
        let bench = try FileBench()
        try bench.change("CREATE TABLE meta (schema_version INTEGER); INSERT INTO meta VALUES (1)")
        let content = try bench.folder.read("state.db")
        #expect(await refusal(bench.path) == .notOurs(path: bench.path))
        #expect(try bench.folder.read("state.db") == content)
    }

    @Test func `a file of a newer version is refused and left alone`() async throws {
        let bench = try FileBench()
        _ = try await bench.session()
        try bench.change("UPDATE meta SET schema_version = 7")
        let content = try bench.folder.read("state.db")
        #expect(await refusal(bench.path) == .newerSchema(path: bench.path, found: 7, known: Schema.current.version))
        #expect(try bench.folder.read("state.db") == content)
    }

    @Test func `a folder in place of the file is refused`() async throws {
        let bench = try FileBench()
        try FileManager.default.createDirectory(atPath: bench.path, withIntermediateDirectories: false)
        let error = await #expect(throws: StateError.self) { try await bench.session() }
        guard case .unwritable(bench.path, _)? = error else {
            Issue.record("another error")
            return
        }
        await #expect(throws: StateError.self) { try await bench.snapshot() }
    }

    @Test func `a file in place of the folder is refused`() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Data("x".utf8), to: "file")
        let path = folder.file("file/state.db")
        let error = await #expect(throws: StateError.self) { try await SQLiteSession.opened(path) }
        guard case .unwritable(path, _)? = error else {
            Issue.record("another error")
            return
        }
    }

    @Test func `a folder in which nobody may write is refused`() async throws {
        // Not even the superuser may write there.
        let error = await #expect(throws: StateError.self) {
            try await SQLiteSession.opened("/proc/reconcile/state.db")
        }
        guard case .unwritable("/proc/reconcile/state.db", _)? = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
    }

    @Test func `a damaged file is refused`() async throws {
        let bench = try FileBench()
        do {
            let (session, run) = try await bench.prepared()
            for number in 1...200 { try await session.recordDelete(of: .sample(number), in: run) }
        }
        // Everything from the WAL goes into the file when the last connection closes.
        try bench.change("PRAGMA user_version = 1")
        let content = try bench.folder.read("state.db")
        #expect(content.count > 3 * 4_096)
        var damaged = content
        damaged.replaceSubrange(4_096..., with: Data(repeating: 0x5A, count: content.count - 4_096))
        for bytes in [damaged, content.prefix(4_096), content.prefix(6_000)] {
            let copy = try FileBench()
            try copy.folder.write(Data(bytes), to: "state.db")
            let error = await #expect(throws: StateError.self) { try await copy.snapshot() }
            guard case .damaged(copy.path, _)? = error else {
                Issue.record("\(bytes.count) bytes: \(String(describing: error))")
                continue
            }
        }
    }

    @Test(arguments: [
        (StateError.notADatabase(path: "/s"), "state_not_a_database"),
        (.notOurs(path: "/s"), "state_of_another_program"),
        (.newerSchema(path: "/s", found: 2, known: 1), "state_newer"),
        (.damaged(path: "/s", reason: "r"), "state_damaged"),
        (.diskFull(path: "/s"), "state_disk_full"), (.unwritable(path: "/s", reason: "r"), "state_unwritable"),
        (.failed(path: "/s", reason: "r"), "state_failed"), (.unreadable(path: "/s", reason: "r"), "state_unreadable"),
        (.notAFile(path: "/s", kind: "a device"), "state_not_a_file"),
        (.severalNames(path: "/s", count: 2, inode: 7), "state_several_names"),
        (.exposed(path: "/s", mode: "644", reason: "r"), "state_exposed"),
        (.locked(path: "/s", by: LockStatus(holder: nil, lastSign: nil)), "state_locked"),
        (.lockBroken(path: "/s"), "state_lock_broken"),
    ])
    func `every error names the file`(error: StateError, code: String) {
        #expect(error.failure.code.rawValue == code && error.failure.message.contains("/s"))
    }
}
