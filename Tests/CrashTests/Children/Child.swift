import Foundation
import Synchronization

/// The built `reconcile` as a process of its own, which can be killed at any moment.
final class Child: Sendable {
    /// How a process ended.
    enum End: Equatable {
        case exited(Int32)
        case killed
    }

    private enum State {
        case waiting
        case running(pid_t)
        /// To be killed as soon as it runs.
        case doomed
        case ended
    }

    private let state = Mutex(State.waiting)

    /// Where the build puts the program: beside the test bundle.
    private static var binary: URL {
        let bundle = URL(filePath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
        return bundle.deletingLastPathComponent().appending(path: "reconcile")
    }

    /// Runs a command line to its end, or until `kill`.
    ///
    /// - Parameters:
    ///   - environment: all that is inherited.
    ///   - output: a file for what it prints.
    func run(_ arguments: [String], environment: [String: String], output: String) async throws -> End {
        try Data().write(to: URL(filePath: output))
        let printed = try FileHandle(forWritingTo: URL(filePath: output))
        let process = Process()
        process.executableURL = Self.binary
        (process.arguments, process.environment) = (arguments, environment)
        (process.standardOutput, process.standardError) = (printed, printed)
        process.standardInput = FileHandle.nullDevice
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { [self] ended in
                state.withLock { $0 = .ended }
                let isKilled = ended.terminationReason == .uncaughtSignal && ended.terminationStatus == SIGKILL
                continuation.resume(returning: isKilled ? .killed : .exited(ended.terminationStatus))
            }
            do { try process.run() } catch { return continuation.resume(throwing: error) }
            started(process.processIdentifier)
        }
    }

    /// Kills it with SIGKILL: it cannot notice.
    func kill() {
        state.withLock { state in
            switch state {
            case .waiting: state = .doomed
            case .running(let pid): _ = Foundation.kill(pid, SIGKILL)
            case .doomed, .ended: break
            }
        }
    }

    private func started(_ pid: pid_t) {
        state.withLock { state in
            switch state {
            case .waiting: state = .running(pid)
            case .doomed: _ = Foundation.kill(pid, SIGKILL)
            case .running, .ended: break
            }
        }
    }
}
