import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// A connection as Hummingbird handles it, with guards of our own before it and a shorter way for what is in memory.
///
/// From the client's side: `HeadMeter`, the parser, `RequestHeadGuard`, the change to the types of HTTPTypes,
/// `ConnectionGuard` and the idle timeout, `InstantAnswers`, Hummingbird's task.
struct ServiceChannel: ServerChildChannel {
    private let base: HTTP1Channel
    private let budget: UnfinishedBudget
    private let answer: @Sendable (HTTPRequest) -> MemoryAnswer?

    /// - Parameters:
    ///   - responder: answers what `answer` does not.
    ///   - budget: of the memory for all that is unfinished.
    ///   - bodyLimit: how many bytes of a request's body are needed; 0: none.
    ///   - answer: called on the connection's thread, as `bodyLimit` is: must not wait.
    init(
        responder: @escaping HTTPChannelHandler.Responder,
        timeouts: ServiceConfiguration.Timeouts,
        budget: UnfinishedBudget,
        bodyLimit: @escaping @Sendable (HTTPRequest) -> Int,
        answer: @escaping @Sendable (HTTPRequest) -> MemoryAnswer?
    ) {
        let limits = ConnectionGuard.Limits(timeouts)
        base = HTTP1Channel(
            responder: responder,
            configuration: .init(
                additionalChannelHandlers: [ConnectionGuard(limits, bodyLimit: bodyLimit)],
                idleTimeout: TimeAmount(timeouts.idle)
            )
        )
        (self.budget, self.answer) = (budget, answer)
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
            let parser = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            let meter = HeadMeter(budget: budget)
            try pipeline.addHandler(meter, position: .before(parser))
            try pipeline.addHandler(RequestHeadGuard(meter), position: .before(codec))
            let idle = try pipeline.handler(type: HTTPConnectionStateHandler.self)
            try pipeline.addHandler(InstantAnswers(answer), position: .after(idle))
            return value
        }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
