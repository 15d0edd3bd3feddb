import Foundation

/// Where a command writes, and where it reads answers from.
package struct Console: Sendable {
    /// For what was asked for; programs read it.
    package var output: @Sendable (String) -> Void
    /// For progress, logs and errors; people read it.
    package var errorOutput: @Sendable (String) -> Void
    /// Nil at the end of the input.
    package var readLine: @Sendable () -> String?
    /// Whether a person can be asked.
    package var isInteractive: Bool
    package var isColored: Bool

    package init(
        output: @escaping @Sendable (String) -> Void,
        errorOutput: @escaping @Sendable (String) -> Void,
        readLine: @escaping @Sendable () -> String? = { nil },
        isInteractive: Bool = false,
        isColored: Bool = false
    ) {
        (self.output, self.errorOutput, self.readLine) = (output, errorOutput, readLine)
        (self.isInteractive, self.isColored) = (isInteractive, isColored)
    }

    static var standard: Console {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        // https://no-color.org: set and not empty.
        let wantsNoColor = !(ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
        return Console(
            output: { write($0, to: STDOUT_FILENO) },
            errorOutput: { write($0, to: STDERR_FILENO) },
            readLine: { Swift.readLine() },
            isInteractive: isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1,
            isColored: isTerminal && !wantsNoColor && ProcessInfo.processInfo.environment["TERM"] != "dumb"
        )
    }

    /// Unbuffered and whole, so that lines of several tasks do not mix. A reader that has gone away is no error of ours.
    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if count < 0, errno == EINTR {
                continue
            } else {
                return
            }
        }
    }
}
