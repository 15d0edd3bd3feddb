import Hummingbird
import Logging
import NIOCore

extension Emulator {
    /// Serves until the task is cancelled.
    ///
    /// - Parameters:
    ///   - port: 0: one that the system picks.
    ///   - onReady: called once, when requests are answered.
    /// - Throws: where the port cannot be had.
    package func run(
        host: String = "127.0.0.1",
        port: Int = 0,
        onReady: @escaping @Sendable (EmulatorAddress) async -> Void
    ) async throws {
        let application = Application(
            responder: EmulatorResponder(emulator: self),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: "reconcile-emulator"),
            onServerRunning: { [self] channel in
                let bound = channel.localAddress?.port ?? port
                let baseURL = "http://\(host):\(bound)"
                listen(at: baseURL)
                guard let address = try? withWorld({ EmulatorAddress(baseURL: baseURL, world: $0) }) else { return }
                await onReady(address)
            },
            logger: Logger(label: "reconcile.emulator") { _ in SwiftLogNoOpLogHandler() }
        )
        do { try await application.run() } catch is CancellationError {}
    }

    /// Starts, runs the body, and stops.
    package func withServer<Result: Sendable>(
        _ body: @escaping @Sendable (EmulatorAddress) async throws -> Result
    ) async throws -> Result {
        let (addresses, continuation) = AsyncStream<EmulatorAddress>.makeStream()
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                defer { continuation.finish() }
                try await self.run { continuation.yield($0) }
                return nil
            }
            group.addTask {
                for await address in addresses { return try await body(address) }
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }
}
