package import ReconcileModel

extension StateError {
    /// The error in words for people.
    package var failure: Failure {
        switch self {
        case .notADatabase(let path): .notADatabase(path)
        case .notOurs(let path): .notOurs(path)
        case .newerSchema(let path, let found, let known): .newerSchema(path, found: found, known: known)
        case .damaged(let path, let reason): .damaged(path, reason)
        case .diskFull(let path): .diskFull(path)
        case .unwritable(let path, let reason): .unwritable(path, reason)
        case .unreadable(let path, let reason): .unreadable(path, reason)
        case .failed(let path, let reason): .failed(path, reason)
        case .notAFile("", _): .noName
        case .notAFile(let path, let kind): .notAFile(path, kind)
        case .severalNames(let path, let count, let inode): .severalNames(path, count, inode)
        case .exposed(let path, let mode, let reason): .exposed(path, mode, reason)
        case .locked(let path, let status): .locked(path, status)
        case .lockBroken(let path): .lockBroken(path)
        }
    }
}

/// What the file is.
extension Failure {
    fileprivate static func notADatabase(_ path: String) -> Failure {
        Failure(
            code: "state_not_a_database",
            message: "The state file \(path) is not an SQLite database; nothing was changed.",
            hint: "Check RECONCILE_STATE or --state. If it was the state file, `reconcile state rebuild` keeps it "
                + "under another name and recreates the links from the marks in Google."
        )
    }

    fileprivate static func notOurs(_ path: String) -> Failure {
        Failure(
            code: "state_of_another_program",
            message: "The state file \(path) is a database of another program; nothing was changed.",
            hint: "Name another file with --state or RECONCILE_STATE."
        )
    }

    fileprivate static func newerSchema(_ path: String, found: Int, known: Int) -> Failure {
        Failure(
            code: "state_newer",
            message:
                "The state file \(path) was written by a newer reconcile (schema \(found), this one knows \(known)).",
            hint: "Update reconcile on this machine."
        )
    }

    fileprivate static func damaged(_ path: String, _ reason: String) -> Failure {
        Failure(
            code: "state_damaged",
            message: "The state file \(path) is damaged: \(reason).",
            hint:
                "Run `reconcile state rebuild`: it keeps the file under another name and recreates the links from "
                + "the marks in Google."
        )
    }
}

/// What the system does not let us do with it.
extension Failure {
    fileprivate static func diskFull(_ path: String) -> Failure {
        Failure(
            code: "state_disk_full",
            message: "The state file \(path) cannot be written: the disk is full or a file size limit was reached.",
            hint: "Make room and run again; what was already done is recognized."
        )
    }

    fileprivate static func unwritable(_ path: String, _ reason: String) -> Failure {
        Failure(
            code: "state_unwritable",
            message: "The state file \(path) cannot be opened: \(reason).",
            hint: "Check that this user may read and write it and its folder, or name another file with --state."
        )
    }

    fileprivate static func unreadable(_ path: String, _ reason: String) -> Failure {
        Failure(
            code: "state_unreadable",
            message: "The state file \(path) cannot be read: \(reason). That does not say that it is damaged.",
            hint: "Check that this user may read it and its folder, and the disk that it is on; then run again."
        )
    }

    fileprivate static func failed(_ path: String, _ reason: String) -> Failure {
        Failure(
            code: "state_failed",
            message: "The state file \(path) cannot be used: \(reason).",
            hint: "Run again; if it stays so, look what else uses the file and its disk."
        )
    }
}

/// What is wrong with its name and its rights.
extension Failure {
    fileprivate static let noName = Failure(
        code: "state_not_a_file",
        message: "--state names no file: it is empty.",
        hint: "Name a file, or leave --state out: then it is $RECONCILE_STATE, else .reconcile/state.db."
    )

    fileprivate static func notAFile(_ path: String, _ kind: String) -> Failure {
        Failure(
            code: "state_not_a_file",
            message: "The state cannot be kept in \(path): it is \(kind).",
            hint: "Name a file with --state or RECONCILE_STATE; the first apply creates it."
        )
    }

    fileprivate static func severalNames(_ path: String, _ count: Int, _ inode: UInt64) -> Failure {
        Failure(
            code: "state_several_names",
            message:
                "The state file \(path) has \(count) names (hard links). Its lock and its log are found by its name: "
                + "runs under two names would write at once.",
            hint:
                "Remove the other names, which `find / -xdev -inum \(inode)` lists, or copy the file; as a second name "
                + "a symbolic link is good."
        )
    }

    fileprivate static func exposed(_ path: String, _ mode: String, _ reason: String) -> Failure {
        Failure(
            code: "state_exposed",
            message:
                "Others may open \(path), which belongs to the state (mode \(mode)), and that cannot be changed: "
                + "\(reason).",
            hint: "Run as its owner, or let the owner run `chmod 600` on it."
        )
    }
}

/// Who has it.
extension Failure {
    fileprivate static func locked(_ path: String, _ status: LockStatus) -> Failure {
        Failure(
            .locked,
            message: "\(path) is in use by another run: \(status).",
            hint: "Run again when it has finished, or wait for it with --lock-timeout 300. "
                + "Should it hang, `reconcile unlock` takes the lock away from it."
        )
    }

    fileprivate static func lockBroken(_ path: String) -> Failure {
        Failure(
            code: "state_lock_broken",
            message: "The lock of \(path) was taken away from this run (`reconcile unlock`); it stopped before "
                + "its next write.",
            hint: "Run again: what was already done is recognized."
        )
    }
}
