import Foundation
import Synchronization
import TestSupport

/// The built `reconcile` as a process of its own, which can be killed at any moment.
final class Child: Sendable {
    /// How a process ended.
    enum End: Equatable {
        case exited(Int32)
        case killed
    }

    private enum State {
        case waiting
        case started(ChildProcess)
        /// To be killed as soon as it runs.
        case doomed
    }

    private let state = Mutex(State.waiting)

    /// Runs a command line to its end, or until `kill`.
    ///
    /// - Parameters:
    ///   - environment: all that is inherited.
    ///   - output: a file for what it prints.
    func run(_ arguments: [String], environment: [String: String], output: String) async throws -> End {
        let process = try ChildProcess(
            BuiltProgram.reconcile,
            arguments,
            environment: environment,
            output: .file(output),
            errors: nil
        )
        started(process)
        let end = await process.ended()
        return end.reason == .killed(signal: SIGKILL) ? .killed : .exited(end.code)
    }

    /// Kills it with SIGKILL: it cannot notice.
    func kill() {
        state.withLock { state in
            switch state {
            case .waiting: state = .doomed
            case .started(let process): process.send(SIGKILL)
            case .doomed: break
            }
        }
    }

    private func started(_ process: ChildProcess) {
        state.withLock { state in
            if case .doomed = state { process.send(SIGKILL) }
            state = .started(process)
        }
    }
}
