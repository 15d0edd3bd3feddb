import Foundation
import Hummingbird
import HummingbirdCore
import NIOCore
import Logging
import ReconcileModel
import ServiceLifecycle
import Transport

/// The service: endpoints, schedule, webhooks and the watch over the declarations, from start to graceful end.
package struct CalendarService: Service {
    private let parts: ServiceParts
    private let configuration: ServiceConfiguration
    private let onReady: @Sendable (ServiceAddress) async -> Void

    /// - Parameter onReady: called once, when requests are answered.
    /// - Throws: where a template of the status page cannot be read, which the tests rule out.
    package init(_ setup: ServiceSetup, onReady: @escaping @Sendable (ServiceAddress) async -> Void) throws {
        (parts, configuration, self.onReady) = (try ServiceParts(setup), setup.configuration, onReady)
    }

    /// Serves until graceful shutdown. The server ends first, with what is in flight; then what starts runs; then the run
    /// under way. Nothing is synchronized before requests can be answered: a service that cannot listen must not have
    /// begun to write.
    ///
    /// - Throws: `Failure` where the address or the certificate cannot be used.
    package func run() async throws {
        let listening = Signal()
        let server = try server(onListening: listening.send)
        let scheduler = StartedLater(base: parts.scheduler, signal: listening)
        let services: [any Service] = [parts.coordinator, parts.webhooks, parts.watcher, scheduler, server]
        var group = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) },
            logger: Logger(label: "reconcile.lifecycle") { _ in SwiftLogNoOpLogHandler() }
        )
        group.maximumGracefulShutdownDuration = configuration.timeouts.shutdown
        await parts.prepare()
        do {
            try await ServiceGroup(configuration: group).run()
        } catch let error as IOError {
            throw unavailable(String(cString: strerror(error.errnoCode)))
        } catch is SocketAddressError.UnknownHost {
            throw unavailable("there is no address of this name")
        } catch let error as SocketAddressError {
            throw unavailable("\(error)")
        }
    }

    /// Ends the run under way at once: nobody would wait for it any longer. What it was about to write is resolved by the
    /// next run, as after a crash.
    package func abandonRun() async { await parts.coordinator.abandonRun() }

    private func server(onListening: @escaping @Sendable () -> Void) throws(Failure) -> some Service {
        let http = HTTPServerBuilder { [parts, timeouts = configuration.timeouts] responder in
            ServiceChannel(
                responder: responder,
                timeouts: timeouts,
                budget: parts.budget,
                bodyLimit: parts.responder.bodyLimit,
                answer: parts.responder.instantAnswer
            )
        }
        return Application(
            responder: parts.responder,
            server: try configuration.tls.map { files throws(Failure) in try files.secured(http) } ?? http,
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                serverName: APIResponder.serverName,
                backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    configuration.connectionLimit,
                    logger: Logger(label: "reconcile.connections") { _ in SwiftLogNoOpLogHandler() }
                )
            ),
            onServerRunning: { [configuration, onReady] channel in
                onListening()
                let port = channel.localAddress?.port ?? configuration.port
                await onReady(
                    ServiceAddress(
                        scheme: configuration.tls == nil ? "http" : "https",
                        host: configuration.host,
                        port: port
                    )
                )
            },
            logger: Logger(label: "reconcile.http") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    private func unavailable(_ reason: String) -> Failure {
        Failure(
            code: "address_unavailable",
            message: "The service cannot listen on \(configuration.host):\(configuration.port): \(reason).",
            hint: "Name another address with --host and --port; port 0 takes one that is free."
        )
    }
}
