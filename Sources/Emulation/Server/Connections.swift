import NIOCore
import Synchronization

/// The open connections of a server, to be closed all at once.
///
/// Cancelling a Hummingbird server instead loses connections that were accepted and not yet served, on which NIO traps;
/// shutting it down gracefully would wait for requests that hang on purpose.
final class Connections: Sendable {
    private struct State {
        var server: (any Channel)?
        var clients: [ObjectIdentifier: any Channel] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())

    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Takes note of the listening channel; closes it at once where closing was asked for before.
    func listen(on server: any Channel) {
        let isClosed = state.withLock { state in
            state.server = server
            return state.isClosed
        }
        if isClosed { server.close(promise: nil) }
    }

    func opened(_ client: any Channel) {
        let isClosed = state.withLock { state in
            state.clients[ObjectIdentifier(client)] = client
            return state.isClosed
        }
        if isClosed { client.close(promise: nil) }
    }

    func closed(_ client: any Channel) { state.withLock { $0.clients[ObjectIdentifier(client)] = nil } }

    /// Stops listening and ends all connections, now and in the future.
    func close() {
        let channels = state.withLock { state in
            state.isClosed = true
            return [state.server].compactMap { $0 } + state.clients.values
        }
        for channel in channels { channel.close(promise: nil) }
    }
}

/// Tells `Connections` of one connection.
final class ConnectionHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    private let connections: Connections

    init(_ connections: Connections) { self.connections = connections }

    func handlerAdded(context: ChannelHandlerContext) { connections.opened(context.channel) }

    func channelInactive(context: ChannelHandlerContext) {
        connections.closed(context.channel)
        context.fireChannelInactive()
    }
}
