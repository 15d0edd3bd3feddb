import Logging
import ServiceLifecycle

/// Runs services beside `body`, and shuts them down gracefully at its end; returns when they have ended.
func withServices(_ services: any Service..., body: () async throws -> Void) async throws {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let group = ServiceGroup(services: services, logger: logger)
    try await withThrowingTaskGroup { tasks in
        tasks.addTask { try await group.run() }
        try await body()
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
    }
}
