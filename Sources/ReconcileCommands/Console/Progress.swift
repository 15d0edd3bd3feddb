/// Tells a person at a terminal what takes so long, once it has taken a second.
enum Progress {
    static func during<Result>(
        _ activity: String,
        on console: Console,
        clock: some Clock<Duration> = ContinuousClock(),
        _ body: () async throws -> Result
    ) async rethrows -> Result {
        guard console.isInteractive else { return try await body() }
        let notice = Task {
            try await clock.sleep(until: clock.now.advanced(by: .seconds(1)), tolerance: nil)
            console.errorOutput("\(activity)…\n")
        }
        defer { notice.cancel() }
        return try await body()
    }
}
