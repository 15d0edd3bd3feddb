import Foundation

/// A finished child process and what it used.
struct Child {
    var code: Int32
    var seconds: Double
    var cpuSeconds: Double
    /// Largest resident set, in MB of a million bytes, as `/usr/bin/time -v` reports it.
    var peakMegabytes: Double

    /// Runs a program to its end; its output is thrown away, its errors are shown.
    static func run(_ path: String, _ arguments: [String], environment: [String: String]) throws -> Child {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)

        var argv: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") }
        defer { for pointer in argv + envp { free(pointer) } }
        argv.append(nil)
        envp.append(nil)

        let start = ContinuousClock.now
        var pid: pid_t = 0
        let error = posix_spawn(&pid, path, &actions, nil, argv, envp)
        guard error == 0 else { throw POSIXError(POSIXErrorCode(rawValue: error) ?? .EIO) }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(pid, &status, 0, &usage) < 0, errno == EINTR {}
        let elapsed = start.duration(to: .now).components
        return Child(
            code: status & 0x7F == 0 ? (status >> 8) & 0xFF : -1,
            seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18,
            cpuSeconds: Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
                + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
            peakMegabytes: Double(usage.ru_maxrss) * 1024 / 1e6
        )
    }
}
