import Foundation

/// What tells that somebody changed a folder or the files in it, without reading them.
///
/// Symbolic links are followed: in a mounted Kubernetes config map the names and links stay, and what they lead to is
/// replaced. Hidden entries, such as the files that editors keep while they are open, do not count.
package struct FolderSignature: Equatable, Sendable {
    private struct File: Equatable, Sendable {
        var device: UInt64
        var inode: UInt64
        var size: Int64
        var seconds: Int
        var nanoseconds: Int
        /// When name, owner or permissions changed: what could not be read may be readable now.
        var changed: [Int]

        /// Nil where there is nothing at the path, or nothing that may be looked at.
        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            (device, inode, size) = (UInt64(status.st_dev), UInt64(status.st_ino), Int64(status.st_size))
            (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
            changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
        }
    }

    private let folder: File?
    /// By name; nil for a link that leads nowhere.
    private let files: [String: File?]

    /// Looks at the folder as it is now; it need not exist.
    package init(of folder: String) {
        self.folder = File(folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let visible = names.filter { !$0.hasPrefix(".") }
        files = Dictionary(visible.map { ($0, File("\(folder)/\($0)")) }) { first, _ in first }
    }
}
