import Foundation

/// Reads files of a folder that other programs look after.
enum ZoneFile {
    /// The largest file, the index, has some 110 kB.
    private static let limit = 4 << 20

    /// The content of a regular file of sensible size; nil for anything else. A pipe is never waited for.
    static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else {
            return nil
        }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        while content.count <= limit {
            let count = buffer.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            guard count > 0 else { return content }
            content += buffer.prefix(count)
        }
        return nil
    }
}

/// What tells that a file was replaced, without reading it. Links are followed.
struct FileStamp: Equatable, Sendable {
    private let kind: mode_t
    private let parts: [Int]

    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        kind = status.st_mode & S_IFMT
        parts = [
            Int(truncatingIfNeeded: status.st_dev), Int(truncatingIfNeeded: status.st_ino), Int(status.st_size),
            status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
        ]
    }

    var isFile: Bool { kind == S_IFREG }
    var isFolder: Bool { kind == S_IFDIR }
}
