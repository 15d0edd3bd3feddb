import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// Why an emulator cannot be reached.
package struct PortUnavailable: Error, CustomStringConvertible {
    /// In the words of the system.
    package let description: String
}

extension Emulator {
    /// Serves until the task is cancelled, and then ends at once: connections are closed, whatever they wait for.
    ///
    /// - Parameters:
    ///   - port: 0: one that the system picks.
    ///   - onReady: called once, when requests are answered.
    /// - Throws: `PortUnavailable` where the port cannot be had.
    package func run(
        host: String = "127.0.0.1",
        port: Int = 0,
        onReady: @escaping @Sendable (EmulatorAddress) async -> Void
    ) async throws {
        let connections = Connections()
        let application = Application(
            responder: EmulatorResponder(emulator: self),
            server: .http1(configuration: .init(additionalChannelHandlers: [ConnectionHandler(connections)])),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                serverName: "reconcile-emulator"
            ),
            onServerRunning: { [self] channel in
                connections.listen(on: channel)
                let baseURL = "http://\(host):\(channel.localAddress?.port ?? port)"
                listen(at: baseURL)
                await onReady(address(baseURL: baseURL))
            },
            logger: Logger(label: "reconcile.emulator") { _ in SwiftLogNoOpLogHandler() }
        )
        // Not a child task: cancellation must not reach the server before its connections are closed.
        let server = Task { try await application.run() }
        try await withTaskCancellationHandler {
            do { try await server.value } catch {
                // A server that stops because its channel was closed counts as one that ended unexpectedly.
                guard !connections.isClosed else { return }
                if let error = error as? IOError {
                    throw PortUnavailable(description: String(cString: strerror(error.errnoCode)))
                }
                throw error
            }
        } onCancel: {
            connections.close()
        }
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
