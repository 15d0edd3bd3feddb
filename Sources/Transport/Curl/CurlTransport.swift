import Synchronization

/// HTTP over libcurl.
///
/// One thread drives all transfers of a transport, so that they share connections, and HTTP/2 carries many at once where
/// the server offers it. `send` may be called from any number of tasks. Redirects are not followed: an answer of 3xx is
/// an answer.
package final class CurlTransport: HTTPTransport {
    private let configuration: Configuration
    /// Nil where libcurl did not start.
    private let loop: CurlEventLoop?

    package init(configuration: Configuration = Configuration()) {
        self.configuration = configuration
        loop = CurlEventLoop.started(connectionsPerHost: configuration.connectionsPerHost)
    }

    deinit { close() }

    /// Ends the thread; requests under way fail with `TransportError.cancelled`, later ones are refused.
    package func close() { loop?.close() }

    package func send(_ request: OutgoingRequest) async throws(TransportError) -> IncomingResponse {
        let target = try RequestTarget(request)
        guard let loop else { throw .refused(location: request.location, reason: "libcurl could not be started") }
        let ticket = TransferTicket()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let order = TransferOrder(
                    ticket: ticket,
                    request: request,
                    target: target,
                    configuration: configuration,
                    continuation: continuation
                )
                ticket.start(order, on: loop)
            }
        } onCancel: {
            ticket.cancel(on: loop)
        }
        return try result.get()
    }
}

/// How one transfer ended.
typealias TransferResult = Result<IncomingResponse, TransportError>

/// A transfer that the event loop is asked to make.
struct TransferOrder: Sendable {
    var ticket: TransferTicket
    var request: OutgoingRequest
    var target: RequestTarget
    var configuration: CurlTransport.Configuration
    /// Resumed exactly once, whatever happens.
    var continuation: CheckedContinuation<TransferResult, Never>
}

/// Names one transfer, and puts its start and its cancellation in order.
///
/// A cancellation can come before the start: then there is no start. One that comes later reaches the event loop after
/// the start did, because both go through one lock and one queue.
final class TransferTicket: Sendable {
    private enum Stage {
        case new, started, cancelled
    }

    private let stage = Mutex(Stage.new)

    func start(_ order: TransferOrder, on loop: CurlEventLoop) {
        let refusal: TransportError? = stage.withLock { stage in
            guard stage == .new else { return .cancelled }
            stage = .started
            guard loop.post(.start(order)) else {
                return .refused(location: order.request.location, reason: "the HTTP transport is closed")
            }
            return nil
        }
        if let refusal { order.continuation.resume(returning: .failure(refusal)) }
    }

    func cancel(on loop: CurlEventLoop) {
        stage.withLock { stage in
            // Where the loop has ended, it has already answered the transfer.
            if stage == .started { _ = loop.post(.cancel(self)) }
            stage = .cancelled
        }
    }
}
