import Foundation
import ReconcileModel

/// One run at a time on one state file.
///
/// An advisory lock of the kernel on a file beside the state: it ends with the process that holds it, however that ends, so
/// that a dead run never stands in the way. The file's text tells people who holds it.
package struct RunLock: ~Copyable {
    private let descriptor: Int32

    /// - Parameters:
    ///   - path: of the state file; the lock is `<path>.lock`.
    ///   - holder: who we are, for others to read.
    /// - Throws: `StateError.locked` where another run has it.
    package init(statePath path: String, holder: String) throws(StateError) {
        try StateFile.createFolder(for: path)
        let lockPath = "\(path).lock"
        let descriptor = open(lockPath, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unwritable(path: path, reason: String(cString: strerror(errno))) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let other = Self.text(of: descriptor)
            close(descriptor)
            throw .locked(path: path, holder: other)
        }
        self.descriptor = descriptor
        // The file stays when the run ends: removing it would let two runs hold locks on two files of one name.
        ftruncate(descriptor, 0)
        let bytes = Array(holder.utf8)
        _ = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    deinit { close(descriptor) }

    private static func text(of descriptor: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { return "its holder is not known" }
        return String(decoding: buffer.prefix(count), as: UTF8.self)
    }
}
