import Foundation
import ReconcileModel

/// An open lock file, and the kernel's lock on it.
struct LockFile {
    let descriptor: Int32
    let path: String

    static func open(_ path: String) throws(StateError) -> LockFile {
        let descriptor = Foundation.open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else {
            let code = errno
            guard code != ELOOP else { throw .notAFile(path: path, kind: "a symbolic link") }
            throw .unwritable(path: path, reason: String(cString: strerror(code)))
        }
        let file = LockFile(descriptor: descriptor, path: path)
        do throws(StateError) { try file.keepPrivate() } catch {
            file.close()
            throw error
        }
        return file
    }

    /// Its holder's name and machine are nobody else's business, and whoever may write to it may lie about them.
    private func keepPrivate() throws(StateError) {
        guard let status = FileStatus(descriptor: descriptor) else { return }
        guard status.isFile else { throw .notAFile(path: path, kind: status.kind) }
        guard let mode = status.opening, fchmod(descriptor, status.privateMode) != 0, errno != EROFS else { return }
        throw .exposed(path: path, mode: mode, reason: String(cString: strerror(errno)))
    }

    /// Gives the lock back even where a child process, on its way to another program, still has a copy of the descriptor.
    func unlockAndClose() {
        flock(descriptor, LOCK_UN)
        close()
    }

    func close() { Foundation.close(descriptor) }

    /// Takes the lock if nobody has it.
    func tryLock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

    /// Whether the path still leads to this very file: not once another process has put a new one in its place.
    var isInPlace: Bool { identity != nil && identity == FileIdentity(path: path) }

    var identity: FileIdentity? { FileIdentity(descriptor: descriptor) }

    func write(_ holder: LockHolder) {
        let bytes = Array(holder.json)
        ftruncate(descriptor, 0)
        _ = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    func readHolder() -> LockHolder? {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { return nil }
        return LockHolder(json: Data(buffer.prefix(count)))
    }

    /// The time of the file is the holder's last sign of life.
    func touch() { _ = futimens(descriptor, nil) }

    var lastTouched: Timestamp? {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        return Timestamp(secondsSince1970: status.st_mtim.tv_sec)
    }
}

/// What makes a file the same file, whatever it is called.
struct FileIdentity: Hashable, Sendable {
    private let device: dev_t
    private let inode: ino_t

    init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        device = status.st_dev
        inode = status.st_ino
    }

    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = status.st_dev
        inode = status.st_ino
    }
}
