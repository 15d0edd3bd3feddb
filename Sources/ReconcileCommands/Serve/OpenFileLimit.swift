import Foundation

/// How many files and connections this process may have open.
enum OpenFileLimit {
    /// Raises the limit as far as it may be raised without privileges; many systems start programs with 1024.
    ///
    /// - Returns: the limit in force; nil where the system does not tell.
    static func raised() -> Int? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        let wanted = min(limit.rlim_max, rlim_t(enough))
        if limit.rlim_cur < wanted {
            var raised = limit
            raised.rlim_cur = wanted
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        }
        return Int(clamping: limit.rlim_cur)
    }

    /// How many of them connections may take, so that the state, the log and the calls of the APIs never go without.
    static func connections(files: Int) -> Int { max(1, min(mostConnections, files - min(256, files / 2))) }

    private static let enough = 65_536
    private static let mostConnections = 20_000
}
