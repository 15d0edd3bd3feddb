import Foundation

/// Where a state really is, whatever it is called.
///
/// Its lock, its write-ahead log and what else lies beside it are found by its name. Under two names there would be two of each,
/// and two runs at once: so a name is followed to its end before anything is looked for beside it.
package enum StatePath {
    /// The path without symbolic links at its end; those on the way there lead to one folder whoever follows them.
    ///
    /// The file need not exist. Nothing is opened: a pipe with nobody at its other end would wait for ever.
    /// - Throws: for what is no file, has several names, or leads nowhere.
    package static func resolved(_ path: String) throws(StateError) -> String {
        guard !path.isEmpty else { throw .notAFile(path: path, kind: "an empty name") }
        guard !path.hasSuffix("/") else { throw .notAFile(path: path, kind: "the name of a folder") }
        var current = path
        for _ in 0..<longestChain {
            guard let status = try FileStatus(current, of: path) else {
                if current != path { try checkFolder(of: current, linkedFrom: path) }
                return current
            }
            guard status.isLink else {
                try status.checkIsState(current)
                return current
            }
            current = try target(of: current, path)
        }
        throw .notAFile(path: path, kind: "a symbolic link that leads in a circle")
    }

    /// As the kernel counts.
    private static let longestChain = 40

    private static func target(of link: String, _ path: String) throws(StateError) -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(link, &buffer, buffer.count)
        guard count > 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
        let target = String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
        guard !target.hasPrefix("/"), let slash = link.lastIndex(of: "/") else { return target }
        return link[...slash] + target
    }

    /// A link to a file that is yet to be made is good. One into a folder that is not there leads to a disk that is not mounted, or
    /// was renamed: a state made there would know nothing of the one that is meant.
    private static func checkFolder(of target: String, linkedFrom path: String) throws(StateError) {
        let folder = URL(fileURLWithPath: target).deletingLastPathComponent().path
        guard try FileStatus(folder, of: path) == nil else { return }
        throw .notAFile(path: path, kind: "a symbolic link into a folder that is not there, \(folder)")
    }
}

/// What the file system says of a name, which is not followed where it is a symbolic link.
struct FileStatus {
    private let status: stat

    /// Nil where nothing has the name.
    ///
    /// - Parameter state: the state file that the question is about.
    init?(_ path: String, of state: String) throws(StateError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            let code = errno
            guard code == ENOENT || code == ENOTDIR else {
                throw .unreadable(path: state, reason: String(cString: strerror(code)))
            }
            return nil
        }
        self.status = status
    }

    init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.status = status
    }

    var size: Int { Int(status.st_size) }

    var isLink: Bool { type == S_IFLNK }

    var isFile: Bool { type == S_IFREG }

    /// What others may do with it, as the three digits that `chmod` takes; nil: nothing.
    var opening: String? {
        guard status.st_mode & 0o077 != 0 else { return nil }
        return String(status.st_mode & 0o777, radix: 8)
    }

    /// What its owner may do, and nobody else.
    var privateMode: mode_t { status.st_mode & 0o600 }

    /// What it is, where it is no file.
    var kind: String {
        switch type {
        case S_IFDIR: "a folder"
        case S_IFIFO: "a named pipe"
        case S_IFSOCK: "a socket"
        case S_IFCHR, S_IFBLK: "a device"
        case S_IFLNK: "a symbolic link"
        default: "no file"
        }
    }

    /// - Throws: where a state must not be kept under this name.
    func checkIsState(_ path: String) throws(StateError) {
        guard type != S_IFDIR else { throw .unwritable(path: path, reason: "it is a folder") }
        guard isFile else { throw .notAFile(path: path, kind: kind) }
        guard status.st_nlink <= 1 else {
            throw .severalNames(path: path, count: Int(status.st_nlink), inode: UInt64(status.st_ino))
        }
    }

    private var type: mode_t { status.st_mode & S_IFMT }
}
