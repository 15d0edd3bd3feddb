import Foundation
import GRDB

/// Opens the SQLite file: creates it private to its owner, refuses what is not ours, migrates.
enum StateFile {
    /// For writing; creates the folder (mode 0700) and the file (0600) where they are missing.
    static func openForWriting(_ path: String, schema: Schema = .current) throws(StateError) -> DatabaseQueue {
        try createPrivately(path)
        try keepPrivate(path)
        do {
            var configuration = baseConfiguration
            configuration.journalMode = .wal
            // Refused before anything else: opening in WAL mode would already write into a foreign file.
            _ = try read(path, schema: schema) { _ in }
            let database = try DatabaseQueue(path: path, configuration: configuration)
            // A commit that was reported must survive a power cut: an intent lost is a write nobody can account for. Said only
            // now, because GRDB sets NORMAL when it enters WAL mode, after `prepareDatabase`.
            try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try backUpBeforeMigration(database, path, schema)
            try migrate(database, schema)
            return database
        } catch {
            throw StateError(error, path: path)
        }
    }

    /// Reads in one transaction and leaves no trace, neither in the file nor beside it; nil where there is no file.
    ///
    /// A connection to a file in WAL mode writes files beside it, and cannot do without. So a file that nobody has open is
    /// read as a copy; one with a write-ahead log has them already.
    static func read<Value>(
        _ path: String,
        schema: Schema = .current,
        _ body: (Database) throws -> Value
    ) throws(StateError) -> Value? {
        guard try isThere(path) else { return nil }
        try keepPrivate(path)
        do {
            guard FileManager.default.fileExists(atPath: "\(path)-wal") else { return try readCopy(path, schema, body) }
            do {
                return try read(connection(to: path, isReadOnly: true), path, schema, body)
            } catch let error as DatabaseError where error.isRefusalToWrite {
                return try readCopy(path, schema, body)
            }
        } catch {
            throw StateError(error, path: path)
        }
    }

    private static func isThere(_ path: String) throws(StateError) -> Bool {
        guard let status = try FileStatus(path, of: path) else { return false }
        try status.checkIsState(path)
        return status.size > 0
    }

    /// Takes from others what they may do with the file and what lies beside it: it tells of events that are not public.
    private static func keepPrivate(_ path: String) throws(StateError) {
        for name in ["", "-wal", "-shm"].map({ path + $0 }) {
            guard let status = try FileStatus(name, of: path) else { continue }
            guard status.isFile else { throw .notAFile(path: name, kind: status.kind) }
            guard let mode = status.opening, chmod(name, status.privateMode) != 0 else { continue }
            let code = errno
            // A connection that closes takes its log along. And where nobody may write, nothing can be tightened, nor spoiled.
            guard code != ENOENT, code != EROFS else { continue }
            throw .exposed(path: name, mode: mode, reason: String(cString: strerror(code)))
        }
    }

    private static func readCopy<Value>(
        _ path: String,
        _ schema: Schema,
        _ body: (Database) throws -> Value
    ) throws -> Value {
        try FileCopy.inFolder(for: path) { folder in
            let copy = "\(folder)/state.db"
            // A run that begins meanwhile may move its log into the file: then the copy is torn, and made anew.
            for _ in 0..<5 {
                let before = signature(path)
                for suffix in ["", "-wal"] {
                    try? FileManager.default.removeItem(atPath: copy + suffix)
                    guard suffix.isEmpty || FileManager.default.fileExists(atPath: path + suffix) else { continue }
                    try FileCopy.make(of: path + suffix, at: copy + suffix, state: path)
                }
                if signature(path) == before { break }
            }
            return try read(connection(to: copy, isReadOnly: false), path, schema, body)
        }
    }

    /// What tells that nobody wrote to the file or its log.
    private static func signature(_ path: String) -> [String] {
        ["", "-wal"].map { suffix in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + suffix)
            let modified = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            return "\(attributes?[.size] ?? 0) \(modified)"
        }
    }

    private static func connection(to path: String, isReadOnly: Bool) throws -> DatabaseQueue {
        var configuration = baseConfiguration
        configuration.readonly = isReadOnly
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private static func read<Value>(
        _ database: DatabaseQueue,
        _ path: String,
        _ schema: Schema,
        _ body: (Database) throws -> Value
    ) throws -> Value {
        defer { try? database.close() }
        try database.read { try check($0, path: path, schema) }
        guard try database.read({ try schema.migrator.hasCompletedMigrations($0) }) else {
            let current = try DatabaseQueue(configuration: baseConfiguration)
            try database.backup(to: current)
            try schema.migrator.migrate(current)
            return try current.read(body)
        }
        return try database.read(body)
    }

    private static var baseConfiguration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(10)
        return configuration
    }

    private static func check(_ db: Database, path: String, _ schema: Schema) throws {
        guard try !isNew(db) else { return }
        guard try Int.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
            throw StateError.notOurs(path: path)
        }
        let version = try Int.fetchOne(db, sql: "SELECT schema_version FROM meta") ?? 0
        guard version <= schema.version else {
            throw StateError.newerSchema(path: path, found: version, known: schema.version)
        }
    }

    /// The migrator makes its own table first. A run that ended right after, on a full disk say, has left that one alone.
    private static func isNew(_ db: Database) throws -> Bool {
        let sql = "SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'"
        return try Int.fetchOne(db, sql: sql) == 0
    }

    /// Another process may have opened the same file at the same moment: each step that it was faster with fails here, and is
    /// done.
    private static func migrate(_ database: DatabaseQueue, _ schema: Schema) throws {
        var steps = try database.read(schema.migrator.appliedIdentifiers).count
        while true {
            do { return try schema.migrator.migrate(database) } catch {
                let stepsNow = try database.read(schema.migrator.appliedIdentifiers).count
                guard stepsNow > steps else { throw error }
                steps = stepsNow
            }
        }
    }

    /// A migration cannot be taken back: whoever has to go back to an older program needs the file it knew.
    private static func backUpBeforeMigration(_ database: DatabaseQueue, _ path: String, _ schema: Schema) throws {
        guard try !database.read(isNew), try !database.read({ try schema.migrator.hasCompletedMigrations($0) }) else {
            return
        }
        let version = try database.read { try Int.fetchOne($0, sql: "SELECT schema_version FROM meta") } ?? 0
        let (copy, unfinished) = ("\(path).backup-v\(version)", "\(path).backup-unfinished")
        // A backup of that version that is already there is of an earlier migration that failed: the file is still the same.
        try? FileManager.default.removeItem(atPath: unfinished)
        try createPrivately(unfinished)
        do {
            let target = try DatabaseQueue(path: unfinished)
            try database.backup(to: target)
            try target.close()
        }
        guard rename(unfinished, copy) == 0 else {
            throw StateError.unwritable(path: copy, reason: String(cString: strerror(errno)))
        }
    }

    private static func createPrivately(_ path: String) throws(StateError) {
        try createFolder(for: path)
        // Should the name be that of a pipe or a link by now, it is neither waited for nor followed.
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else { throw .unwritable(path: path, reason: String(cString: strerror(errno))) }
        close(descriptor)
    }

    /// Creates the folder of a state file, for its owner only, where it is missing.
    static func createFolder(for path: String) throws(StateError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard !FileManager.default.fileExists(atPath: folder) else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw .unwritable(path: path, reason: "the folder \(folder) cannot be created")
        }
    }
}

extension DatabaseError {
    /// A read-only folder, where the files beside a write-ahead log cannot be made.
    fileprivate var isRefusalToWrite: Bool { resultCode == .SQLITE_READONLY || resultCode == .SQLITE_CANTOPEN }
}
