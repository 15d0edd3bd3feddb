import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Answers at once what is in memory, on the thread of the connection: a task for each request would cost more than its answer.
///
/// Whatever it does not answer goes on to Hummingbird. So does all that comes while Hummingbird owes an answer, which has to
/// be sent first, and while the client does not take what was sent: only a task can wait.
final class InstantAnswers: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let answer: (HTTPRequest) -> MemoryAnswer?
    /// Requests that went on and have no answer yet.
    private var requestsUnderWay = 0
    /// The answer to the request that is being read.
    private var ready: MemoryAnswer?
    private var isFlushNeeded = false

    init(_ answer: @escaping (HTTPRequest) -> MemoryAnswer?) { self.answer = answer }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            if requestsUnderWay == 0, context.channel.isWritable {
                ready = answer(head)
                if ready != nil { return }
            }
            requestsUnderWay += 1
            context.fireChannelRead(data)
        case .body:
            if ready == nil { context.fireChannelRead(data) }
        case .end:
            guard let ready else { return context.fireChannelRead(data) }
            self.ready = nil
            send(ready, context)
        }
    }

    /// For all requests that arrived together.
    func channelReadComplete(context: ChannelHandlerContext) {
        if isFlushNeeded { context.flush() }
        isFlushNeeded = false
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // What is no HTTP gets an answer without ever having been a request.
        if case .end = unwrapOutboundIn(data) { requestsUnderWay = max(0, requestsUnderWay - 1) }
        context.write(data, promise: promise)
    }

    private func send(_ answer: MemoryAnswer, _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(.head(answer.head)), promise: nil)
        if let body = answer.body { context.write(wrapOutboundOut(.body(body)), promise: nil) }
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        isFlushNeeded = true
    }
}
