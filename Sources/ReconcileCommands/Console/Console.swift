import Foundation
import ReconcileModel
import Synchronization

/// Where a command writes, and where it reads answers from.
///
/// All that a command prints comes through here, log lines too, and leaves without what a CI job would take for a command.
package struct Console: Sendable {
    /// For what was asked for; programs read it.
    package var output: @Sendable (String) -> Void
    /// For commands to a CI job, which come out as they are: whoever makes them sees to it that they are ours.
    let commandOutput: @Sendable (String) -> Void
    /// For progress, logs and errors; people read it.
    package var errorOutput: @Sendable (String) -> Void
    /// Nil at the end of the input.
    package var readLine: @Sendable () -> String?
    /// Whether a person can be asked.
    package var isInteractive: Bool
    package var isColored: Bool
    /// Whether a person sees the output as it comes.
    package var isOutputTerminal = false
    /// Whether a person sees logs and errors as they come.
    package var isErrorTerminal = false
    /// Columns of the terminal that shows the output, now; nil: it is none.
    package var width: @Sendable () -> Int? = { nil }
    /// What kept output from being written, such as a full disk; nil: nothing.
    package var outputProblem: @Sendable () -> String? = { nil }

    package init(
        output: @escaping @Sendable (String) -> Void,
        errorOutput: @escaping @Sendable (String) -> Void,
        readLine: @escaping @Sendable () -> String? = { nil },
        isInteractive: Bool = false,
        isColored: Bool = false
    ) {
        self.output = { output($0.withoutCommands) }
        commandOutput = output
        self.errorOutput = { errorOutput($0.withoutCommands) }
        self.readLine = readLine
        (self.isInteractive, self.isColored) = (isInteractive, isColored)
    }

    static var standard: Console {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        // https://no-color.org: set and not empty.
        let wantsNoColor = !(ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
        let output = OutputFile(descriptor: STDOUT_FILENO)
        let errorOutput = OutputFile(descriptor: STDERR_FILENO)
        var console = Console(
            output: { output.write($0) },
            errorOutput: { errorOutput.write($0) },
            readLine: { Swift.readLine() },
            isInteractive: isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1,
            isColored: isTerminal && !wantsNoColor && ProcessInfo.processInfo.environment["TERM"] != "dumb"
        )
        console.isOutputTerminal = isTerminal
        if isTerminal { console.width = { terminalWidth(STDOUT_FILENO) } }
        console.isErrorTerminal = isatty(STDERR_FILENO) == 1
        console.outputProblem = { output.problem }
        return console
    }
}

/// Nil where the terminal does not tell, or is too narrow to heed it.
private func terminalWidth(_ descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 40 else { return nil }
    return Int(size.ws_col)
}

/// A file descriptor for text, unbuffered and whole, so that lines of several tasks do not mix.
final class OutputFile: Sendable {
    private let descriptor: Int32
    private let error = Mutex<Int32?>(nil)

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// Why not all was written. A reader that has gone away is no error of ours.
    var problem: String? {
        guard let code = error.withLock(\.self), code != EPIPE else { return nil }
        return String(cString: strerror(code))
    }

    func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if count < 0, errno == EINTR {
                continue
            } else {
                let code = errno
                error.withLock { $0 = $0 ?? code }
                return
            }
        }
    }
}
