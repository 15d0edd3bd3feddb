import Foundation
import ReconcileModel

/// Reads one file of a folder without trusting it: only a regular file, and only up to a limit.
struct DeclarationFile {
    /// As messages show it: the folder as it was given, and the name.
    let path: String

    /// The whole content.
    ///
    /// - Throws: where the file cannot be opened, is a device, pipe, socket or folder, or is larger than `limit` bytes.
    func read(atMost limit: Int) throws(Diagnostic) -> [UInt8] {
        // Without O_NONBLOCK, opening a pipe would wait for somebody to write to it.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw unreadable(errno) }
        defer { close(descriptor) }

        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw notRegular(status.st_mode) }
        guard status.st_size <= limit else { throw tooLarge(limit) }
        return try content(of: descriptor, atMost: limit)
    }

    /// Reads by itself, since a file can grow after its size was looked at, and some have no true size.
    private func content(of descriptor: CInt, atMost limit: Int) throws(Diagnostic) -> [UInt8] {
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(errno) }
            guard count > 0 else { return content }
            guard content.count + count <= limit else { throw tooLarge(limit) }
            content += buffer.prefix(count)
        }
    }

    private func unreadable(_ code: CInt) -> Diagnostic {
        let reason = String(cString: strerror(code))
        return diagnostic("the file cannot be read: \(reason)", hint: "check that it exists and who may read it")
    }

    private func notRegular(_ mode: mode_t) -> Diagnostic {
        let kind =
            switch mode & S_IFMT {
            case S_IFDIR: "a folder"
            case S_IFIFO: "a pipe"
            case S_IFSOCK: "a socket"
            default: "a device"
            }
        return diagnostic(
            "this is \(kind), not a file",
            hint: "remove or rename it; every *.yaml and *.yml is a declaration"
        )
    }

    private func tooLarge(_ limit: Int) -> Diagnostic {
        diagnostic(
            "the file is larger than \(GroupedNumber.text(limit)) bytes",
            hint: "a declaration takes a few lines; remove what does not belong to it"
        )
    }

    private func diagnostic(_ message: String, hint: String) -> Diagnostic {
        Diagnostic(location: SourceLocation(file: path, line: 1, column: 1), message: message, hint: hint)
    }
}
