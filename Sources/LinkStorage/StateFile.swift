import Foundation
import GRDB

/// Opens the SQLite file: creates it private to its owner, refuses what is not ours, migrates.
enum StateFile {
    /// For writing; creates the folder (mode 0700) and the file (0600) where they are missing.
    static func openForWriting(_ path: String) throws(StateError) -> DatabaseQueue {
        try createPrivately(path)
        do {
            var configuration = baseConfiguration
            configuration.journalMode = .wal
            configuration.prepareDatabase { db in
                guard !db.configuration.readonly else { return }
                // A commit that was reported must survive a power cut: a link lost is an event not recognized at once.
                try db.execute(sql: "PRAGMA synchronous = FULL")
            }
            // Refused before anything else: opening in WAL mode would already write into a foreign file.
            if let database = try existing(path) { try database.close() }
            let database = try DatabaseQueue(path: path, configuration: configuration)
            try Schema.migrator.migrate(database)
            return database
        } catch {
            throw StateError(error, path: path)
        }
    }

    /// For reading only, migrated in memory where the file is older; nil where there is no file.
    static func openForReading(_ path: String) throws(StateError) -> DatabaseQueue? {
        do {
            guard let database = try existing(path) else { return nil }
            guard try database.read({ try Schema.migrator.hasCompletedMigrations($0) }) else {
                let copy = try DatabaseQueue(configuration: baseConfiguration)
                try database.backup(to: copy)
                try Schema.migrator.migrate(copy)
                return copy
            }
            return database
        } catch {
            throw StateError(error, path: path)
        }
    }

    private static var baseConfiguration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(10)
        return configuration
    }

    /// A read-only connection to a file that is ours; nil where there is none, or an empty one.
    private static func existing(_ path: String) throws -> DatabaseQueue? {
        guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int, size > 0 else {
            return nil
        }
        var configuration = baseConfiguration
        configuration.readonly = true
        let database = try DatabaseQueue(path: path, configuration: configuration)
        try database.read { try check($0, path: path) }
        return database
    }

    private static func check(_ db: Database, path: String) throws {
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        guard tables > 0 else { return }
        guard try Int.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
            throw StateError.notOurs(path: path)
        }
        let version = try Int.fetchOne(db, sql: "SELECT schema_version FROM meta") ?? 0
        guard version <= Schema.version else {
            throw StateError.newerSchema(path: path, found: version, known: Schema.version)
        }
    }

    private static func createPrivately(_ path: String) throws(StateError) {
        try createFolder(for: path)
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
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
