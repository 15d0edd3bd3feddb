import Emulation
import Synchronization

/// The instant at which a run is killed.
struct CrashPoint: CustomStringConvertible, Sendable {
    /// What is counted. The last four are killed by the preloaded library, and named as it knows them.
    enum Instant: String, CaseIterable, Sendable {
        case beforeRequest = "before-request"
        case afterRequest = "after-request"
        case beforeSync = "before-sync"
        case afterSync = "after-sync"
        case tornWrite = "torn-write"
        case afterWrite = "after-write"

        /// When in the life of a request; nil for a write to disk.
        var moment: RequestMoment? {
            switch self {
            case .beforeRequest: .before
            case .afterRequest: .after
            case .beforeSync, .afterSync, .tornWrite, .afterWrite: nil
            }
        }

        var isOnDisk: Bool { moment == nil }
    }

    var instant: Instant
    /// Counted from 1.
    var number: Int

    var description: String { "\(instant.rawValue):\(number)" }
}

extension Bench {
    /// Applies until the point is reached; a run that ends before is not killed.
    func apply(into crash: CrashPoint) async throws -> Child.End { try await run(["apply"], into: crash) }

    /// Runs a command until the point is reached.
    func run(_ command: [String], into crash: CrashPoint, asks: Bool = true) async throws -> Child.End {
        guard let moment = crash.instant.moment else {
            return try await run(command, crash: crash.description, output: "killed.txt", asks: asks)
        }
        let child = Child()
        let seen = Mutex(0)
        emulator.observe { now in
            guard now == moment else { return .goOn }
            let number = seen.withLock { seen in
                seen += 1
                return seen
            }
            guard number == crash.number else { return .goOn }
            child.kill()
            return .silence
        }
        defer { emulator.observe(nil) }
        return try await run(command, child, output: "killed.txt", asks: asks)
    }
}
