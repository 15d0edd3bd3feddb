internal import Foundation
import GRDB

/// Why the state file cannot be used.
package enum StateError: Error, Equatable, Sendable {
    case notADatabase(path: String)
    /// A database, but of some other program.
    case notOurs(path: String)
    case newerSchema(path: String, found: Int, known: Int)
    case damaged(path: String, reason: String)
    case diskFull(path: String)
    case unwritable(path: String, reason: String)
    /// It may well be sound: nobody could look.
    case unreadable(path: String, reason: String)
    /// Something else than a file has the name. `kind` says what.
    case notAFile(path: String, kind: String)
    /// Hard links: the lock and the log, found by name, would not be found by all.
    case severalNames(path: String, count: Int, inode: UInt64)
    /// Others may read or write it, and it cannot be helped.
    case exposed(path: String, mode: String, reason: String)
    case failed(path: String, reason: String)
    case locked(path: String, by: LockStatus)
    /// The lock was ours until somebody put another one in its place.
    case lockBroken(path: String)
}

extension StateError {
    /// Sorts what SQLite answers by what people can do about it.
    init(_ error: any Error, path: String) {
        if let error = error as? StateError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self = .failed(path: path, reason: error.localizedDescription)
            return
        }
        let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
        self =
            switch error.resultCode {
            case .SQLITE_NOTADB: .notADatabase(path: path)
            // It is ours, that was looked at first, and yet a table or a column is missing.
            case .SQLITE_CORRUPT, .SQLITE_ERROR: .damaged(path: path, reason: reason)
            case .SQLITE_FULL: .diskFull(path: path)
            case .SQLITE_IOERR where Self.isWriteFailure(error): .diskFull(path: path)
            case .SQLITE_IOERR: .unreadable(path: path, reason: reason)
            case .SQLITE_BUSY, .SQLITE_LOCKED: .unreadable(path: path, reason: "another program has it locked")
            case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: .unwritable(path: path, reason: reason)
            default: .failed(path: path, reason: reason)
            }
    }

    /// A full disk or quota often shows as a failed write or a failed growth of the file.
    private static func isWriteFailure(_ error: DatabaseError) -> Bool {
        [.SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_TRUNCATE, .SQLITE_IOERR_SHMSIZE].contains(
            error.extendedResultCode
        )
    }
}
