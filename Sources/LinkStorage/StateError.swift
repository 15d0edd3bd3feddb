internal import Foundation
import GRDB
package import ReconcileModel

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

    package var failure: Failure {
        switch self {
        case .notADatabase(let path):
            Failure(
                code: "state_not_a_database",
                message: "The state file \(path) is not an SQLite database; nothing was changed.",
                hint: "Check RECONCILE_STATE or --state. If it was the state file, `reconcile state rebuild` keeps it "
                    + "under another name and recreates the links from the marks in Google."
            )
        case .notOurs(let path):
            Failure(
                code: "state_of_another_program",
                message: "The state file \(path) is a database of another program; nothing was changed.",
                hint: "Name another file with --state or RECONCILE_STATE."
            )
        case .newerSchema(let path, let found, let known):
            Failure(
                code: "state_newer",
                message:
                    "The state file \(path) was written by a newer reconcile (schema \(found), this one knows \(known)).",
                hint: "Update reconcile on this machine."
            )
        case .damaged(let path, let reason):
            Failure(
                code: "state_damaged",
                message: "The state file \(path) is damaged: \(reason).",
                hint:
                    "Run `reconcile state rebuild`: it keeps the file under another name and recreates the links from "
                    + "the marks in Google."
            )
        case .diskFull(let path):
            Failure(
                code: "state_disk_full",
                message: "The state file \(path) cannot be written: the disk is full or a file size limit was reached.",
                hint: "Make room and run again; what was already done is recognized."
            )
        case .unwritable(let path, let reason):
            Failure(
                code: "state_unwritable",
                message: "The state file \(path) cannot be opened: \(reason).",
                hint: "Check that this user may read and write it and its folder, or name another file with --state."
            )
        case .unreadable(let path, let reason):
            Failure(
                code: "state_unreadable",
                message: "The state file \(path) cannot be read: \(reason). That does not say that it is damaged.",
                hint: "Check that this user may read it and its folder, and the disk that it is on; then run again."
            )
        case .notAFile("", _):
            Failure(
                code: "state_not_a_file",
                message: "--state names no file: it is empty.",
                hint: "Name a file, or leave --state out: then it is $RECONCILE_STATE, else .reconcile/state.db."
            )
        case .notAFile(let path, let kind):
            Failure(
                code: "state_not_a_file",
                message: "The state cannot be kept in \(path): it is \(kind).",
                hint: "Name a file with --state or RECONCILE_STATE; the first apply creates it."
            )
        case .severalNames(let path, let count, let inode):
            Failure(
                code: "state_several_names",
                message:
                    "The state file \(path) has \(count) names (hard links). Its lock and its log are found by its name: "
                    + "runs under two names would write at once.",
                hint:
                    "Remove the other names, which `find / -xdev -inum \(inode)` lists, or copy the file; as a second name "
                    + "a symbolic link is good."
            )
        case .exposed(let path, let mode, let reason):
            Failure(
                code: "state_exposed",
                message:
                    "Others may open \(path), which belongs to the state (mode \(mode)), and that cannot be changed: "
                    + "\(reason).",
                hint: "Run as its owner, or let the owner run `chmod 600` on it."
            )
        case .failed(let path, let reason):
            Failure(
                code: "state_failed",
                message: "The state file \(path) cannot be used: \(reason).",
                hint: "Run again; if it stays so, look what else uses the file and its disk."
            )
        case .locked(let path, let status):
            Failure(
                .locked,
                message: "\(path) is in use by another run: \(status).",
                hint: "Run again when it has finished, or wait for it with --lock-timeout 300. "
                    + "Should it hang, `reconcile unlock` takes the lock away from it."
            )
        case .lockBroken(let path):
            Failure(
                code: "state_lock_broken",
                message: "The lock of \(path) was taken away from this run (`reconcile unlock`); it stopped before "
                    + "its next write.",
                hint: "Run again: what was already done is recognized."
            )
        }
    }
}
