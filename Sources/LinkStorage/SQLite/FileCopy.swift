import Foundation

/// Copies a state file for reading, and tells whether it was the state that failed or the place for the copy.
enum FileCopy {
    /// Runs `body` with a folder that nobody else can look into, and removes it.
    static func inFolder<Result>(for state: String, _ body: (String) throws -> Result) throws -> Result {
        let source = open(state, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard source >= 0 else { throw unreadable(state) }
        close(source)
        let temporary = FileManager.default.temporaryDirectory
        try? FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        let folder = temporary.appending(path: "reconcile-state-\(UUID().uuidString)").path
        guard mkdir(folder, 0o700) == 0 else { throw uncopied(state, "\(folder)/state.db") }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try body(folder)
    }

    /// - Parameter state: the state file that the original belongs to.
    static func make(of original: String, at copy: String, state: String) throws(StateError) {
        let source = open(original, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard source >= 0 else {
            // A log that was moved into the file since it was seen: the caller notices.
            if errno == ENOENT, original != state { return }
            throw unreadable(state)
        }
        defer { close(source) }
        let target = open(copy, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard target >= 0 else { throw uncopied(state, copy) }
        defer { close(target) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(source, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(state) }
            guard count > 0 else { return }
            try write(buffer.prefix(count), to: target, state, copy)
        }
    }

    private static func write(
        _ bytes: ArraySlice<UInt8>,
        to target: Int32,
        _ state: String,
        _ copy: String
    ) throws(StateError) {
        var bytes = bytes
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.write(target, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw uncopied(state, copy) }
            bytes = bytes.dropFirst(count)
        }
    }

    private static func unreadable(_ state: String) -> StateError {
        .unreadable(path: state, reason: String(cString: strerror(errno)))
    }

    private static func uncopied(_ state: String, _ copy: String) -> StateError {
        let reason = String(cString: strerror(errno))
        let folder = URL(fileURLWithPath: copy).deletingLastPathComponent().deletingLastPathComponent().path
        return .failed(
            path: state,
            reason: "it is read as a copy, and there is no place for one in \(folder) (\(reason))"
        )
    }
}
