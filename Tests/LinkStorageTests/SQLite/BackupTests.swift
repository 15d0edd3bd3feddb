import Foundation
import GRDB
import ReconcileModel
import Testing
import TestSupport

@testable import LinkStorage

/// What is kept before a file is changed for good.
struct BackupTests {
    private static let next = Schema(
        migrations: Schema.current.migrations + [{ try $0.execute(sql: "ALTER TABLE runs ADD COLUMN more TEXT") }]
    )

    @Test func `a migration leaves the file as it was beside it`() async throws {
        let bench = try FileBench()
        do { _ = try await bench.prepared() }
        #expect(try bench.folder.names() == ["state.db"])
        _ = try StateFile.openForWriting(bench.path, schema: Self.next)
        let current = Schema.current.version
        #expect(try bench.ask("SELECT schema_version FROM meta") == current + 1)
        #expect(try bench.ask("SELECT count(more) FROM runs") == 0)
        let copy = bench.folder.file("state.db.backup-v\(current)")
        #expect(try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int == 0o600)
        let kept = SQLiteState(path: copy) { .day(0) }
        #expect(try await kept.snapshot().organizations["acm"]?.calendar.id == .sample)
        #expect(try await kept.contents(.everything)?.schemaVersion == current)
        // This program, which does not know the new version, refuses the new file and leaves it.
        let newer = StateError.newerSchema(path: bench.path, found: current + 1, known: current)
        await #expect(throws: newer) { try await bench.session() }
    }

    @Test func `reading an older file migrates a copy and backs up nothing`() async throws {
        let bench = try FileBench()
        do { _ = try await bench.prepared() }
        let before = try bench.folder.read("state.db")
        let version = try StateFile.read(bench.path, schema: Self.next) {
            try Int.fetchOne($0, sql: "SELECT schema_version FROM meta")
        }
        #expect(version == Schema.current.version + 1)
        #expect(try bench.folder.names() == ["state.db"] && bench.folder.read("state.db") == before)
    }

    @Test func `a new file and a current one need no backup`() async throws {
        let bench = try FileBench()
        _ = try await bench.session()
        _ = try await bench.session()
        #expect(try bench.folder.names().filter { $0.contains("backup") } == [])
    }

    @Test func `a damaged file is told from a sound and a missing one`() async throws {
        let bench = try FileBench()
        #expect(try StateFile.condition(bench.path) == .missing)
        do {
            let (session, run) = try await bench.prepared()
            for number in 1...200 { try await session.recordDelete(of: .sample(number), in: run) }
        }
        try bench.change("PRAGMA user_version = 1")
        #expect(try StateFile.condition(bench.path) == .sound)
        var content = try bench.folder.read("state.db")
        content.replaceSubrange(8_192..<12_288, with: Data(repeating: 0x5A, count: 4_096))
        let damaged = try FileBench()
        try damaged.folder.write(content, to: "state.db")
        guard case .damaged = try StateFile.condition(damaged.path) else {
            Issue.record("a page of rubbish was not noticed")
            return
        }
        let copy = try StateFile.keepAside(damaged.path, now: .day(0))
        #expect(copy == "\(damaged.path).damaged-20261120T170000Z")
        try damaged.folder.write(content, to: "state.db")
        #expect(try StateFile.keepAside(damaged.path, now: .day(0)) == "\(copy)-2")
        #expect(try damaged.folder.read("state.db.damaged-20261120T170000Z") == content)
    }
}
