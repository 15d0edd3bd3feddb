import CSpawn
package import Foundation
import Synchronization

/// A program as a process of its own, started with `posix_spawn`.
///
/// Foundation's `Process` reads beyond a buffer where more than about 1,300 descriptors are open, as they are while tests
/// with servers of their own run at once.
package final class ChildProcess: Sendable {
    /// Where a stream of the process goes, or comes from.
    package enum Stream: Sendable {
        /// Nowhere.
        case null
        /// A file, emptied before.
        case file(String)
        /// To or from this process; to be read or written here.
        case pipe
        /// That of this process.
        case inherited
    }

    /// How a process ended, and what it used.
    package struct End: Sendable {
        package enum Reason: Hashable, Sendable {
            case exited(Int32)
            case killed(signal: Int32)
        }

        package var reason: Reason
        /// In user and system mode together.
        package var processorSeconds: Double
        /// Largest resident set, in MB of a million bytes, as `/usr/bin/time -v` reports it.
        package var peakMegabytes: Double

        /// What a shell shows: 128 and the signal where one killed it.
        package var code: Int32 {
            switch reason {
            case .exited(let code): code
            case .killed(let signal): 128 + signal
            }
        }
    }

    private let id: pid_t
    /// The other end of each stream that is a pipe.
    package let input: FileHandle?
    package let output: FileHandle?
    package let errors: FileHandle?

    private let end = Mutex<End?>(nil)

    /// Starts it.
    ///
    /// - Parameters:
    ///   - program: its path; nothing is searched for.
    ///   - environment: all that is inherited; nil: that of this process.
    ///   - folder: where it works; nil: where this process does.
    ///   - errors: nil: where the output goes.
    /// - Throws: where it cannot be started.
    package init(
        _ program: String,
        _ arguments: [String] = [],
        environment: [String: String]? = nil,
        folder: String? = nil,
        input: Stream = .null,
        output: Stream = .null,
        errors: Stream? = .inherited
    ) throws {
        var actions = try SpawnActions()
        if let folder { actions.work(in: folder) }
        self.input = try actions.connect(STDIN_FILENO, to: input)
        self.output = try actions.connect(STDOUT_FILENO, to: output)
        if let errors {
            self.errors = try actions.connect(STDERR_FILENO, to: errors)
        } else {
            self.errors = nil
            actions.join(STDERR_FILENO, to: STDOUT_FILENO)
        }
        let variables = environment ?? ProcessInfo.processInfo.environment
        id = try actions.spawn([program] + arguments, environment: variables.map { "\($0.key)=\($0.value)" })
    }

    package var isRunning: Bool {
        end.withLock { end in
            guard end == nil else { return false }
            var info = siginfo_t()
            return waitid(P_PID, id_t(id), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_signo == 0
        }
    }

    /// Sends a signal, unless it has ended and its number may be another's.
    package func send(_ signal: Int32) { end.withLock { end in if end == nil { kill(id, signal) } } }

    /// Waits for its end on this thread.
    @discardableResult
    package func wait() -> End {
        // It stays there as a zombie, so that nobody else gets its number before the end is noted.
        var info = siginfo_t()
        while waitid(P_PID, id_t(id), &info, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        return end.withLock { end in
            if let end { return end }
            let reaped = reap()
            end = reaped
            return reaped
        }
    }

    /// Waits for its end on a thread that no task needs.
    package func ended() async -> End {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: self.wait()) }
        }
    }

    private func reap() -> End {
        var (status, usage) = (Int32(0), rusage())
        while wait4(id, &status, 0, &usage) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return End(
            reason: signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal),
            processorSeconds: usage.ru_utime.seconds + usage.ru_stime.seconds,
            peakMegabytes: Double(usage.ru_maxrss) * 1024 / 1e6
        )
    }
}

extension FileHandle {
    /// All that comes until the other end is closed, read on a thread that no task needs.
    package func text() async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(returning: String(decoding: self.readDataToEndOfFile(), as: UTF8.self))
            }
        }
    }
}

extension timeval {
    fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}
