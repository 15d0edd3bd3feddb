import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends connections that would otherwise be held for as long as the client likes.
///
/// It closes after an answer that says so, also when the rest of a body is never to come; where the client takes nothing of
/// an answer; and, once the service is to end, where what is in flight does not end by itself. The idle timeout does not see
/// these: it rests while an answer is under way, and starts anew with every byte of a body.
///
/// Bodies that nobody needs are thrown away as they come; a request that was answered before the end of its body was the
/// connection's last. Clients that ask whether to send a body are told to where it is needed (RFC 9110, 10.1.1).
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    struct Limits: Sendable {
        /// How long a client may take nothing of an answer.
        var writing: TimeAmount
        /// How long what still comes is thrown away after the last answer, which a reset would take from the client
        /// (RFC 9112, 9.6).
        var lingering: TimeAmount
        /// How long what is in flight may go on after the service was asked to end.
        var draining: TimeAmount
    }

    private let limits: Limits
    private let bodyLimit: (HTTPRequest) -> Int
    private var requests = 0
    private var answers = 0
    /// The number of the answer after which the connection ends.
    private var last: Int?
    private var isEnding = false
    private var stall: Scheduled<Void>?
    /// Pieces of answers that the client has not taken yet.
    private var piecesUnderWay = 0
    /// Where the connection is to end once they are taken.
    private var isClosing = false
    private var deadline: Scheduled<Void>?
    /// The request of which more is to come.
    private var head: HTTPRequest?
    private var isBodyNeeded: Bool?

    /// - Parameter bodyLimit: how many bytes of the request's body are needed; 0: none.
    init(_ limits: Limits, bodyLimit: @escaping (HTTPRequest) -> Int) {
        (self.limits, self.bodyLimit) = (limits, bodyLimit)
    }

    func handlerRemoved(context: ChannelHandlerContext) { forgetDeadlines() }

    func channelInactive(context: ChannelHandlerContext) {
        forgetDeadlines()
        context.fireChannelInactive()
    }

    // MARK: - Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isEnding else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            guard last == nil else {
                isEnding = true
                return
            }
            requests += 1
            (self.head, isBodyNeeded) = (head, nil)
            if head.isLastOfConnection { last = requests }
            // Only where no other answer is under way, into which it would fall.
            if head.asksToContinue, requests == answers + 1, head.announcesAtMost(bodyLimit(head)) {
                context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
            }
        case .body:
            let isNeeded = isBodyNeeded ?? head.map { bodyLimit($0) > 0 } ?? false
            isBodyNeeded = isNeeded
            guard isNeeded else { return }
        case .end: head = nil
        }
        context.fireChannelRead(data)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent, deadline == nil {
            // What has not even been asked for whole is nothing that is in flight.
            let isInFlight = requests > answers
            let time = isInFlight ? limits.draining : min(limits.lingering, limits.draining)
            deadline = close(context, after: time)
        }
        context.fireUserInboundEventTriggered(event)
    }

    // MARK: - Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            let isBeforeEndOfBody = self.head != nil && requests == answers + 1
            if head.status.kind != .informational, isBeforeEndOfBody || head.headerFields[.connection] == "close" {
                last = answers + 1
            }
            guard last == answers + 1, head.status.kind != .informational else {
                return context.write(data, promise: promise)
            }
            // RFC 9112, 9.6: the client is to know that the end is none of its reading.
            head.headerFields[.connection] = "close"
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body(let buffer):
            guard buffer.readableBytes > Self.piece else { return context.write(data, promise: promise) }
            write(inPieces: buffer, context, promise)
        case .end:
            answers += 1
            guard answers == last else { return context.write(data, promise: promise) }
            end(context, with: data, promise)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        watchProgress(context)
        context.fireChannelWritabilityChanged()
    }

    /// Bytes that are watched one by one: who takes so many of a large answer is slow, and has not stopped.
    private static let piece = 1 << 16

    private func write(
        inPieces buffer: ByteBuffer,
        _ context: ChannelHandlerContext,
        _ promise: EventLoopPromise<Void>?
    ) {
        var rest = buffer
        let bound = NIOLoopBound((guardian: self, context: context), eventLoop: context.eventLoop)
        while let part = rest.readSlice(length: min(Self.piece, rest.readableBytes)), part.readableBytes > 0 {
            let taken = context.eventLoop.makePromise(of: Void.self)
            piecesUnderWay += 1
            taken.futureResult.whenComplete { _ in
                let (guardian, context) = bound.value
                guardian.pieceEnded(context)
            }
            if rest.readableBytes == 0 { taken.futureResult.cascade(to: promise) }
            context.write(wrapOutboundOut(.body(part)), promise: taken)
        }
    }

    private func pieceEnded(_ context: ChannelHandlerContext) {
        piecesUnderWay -= 1
        watchProgress(context)
        if piecesUnderWay == 0, isClosing { context.close(promise: nil) }
    }

    private func watchProgress(_ context: ChannelHandlerContext) {
        stall?.cancel()
        stall = context.channel.isActive && !context.channel.isWritable ? close(context, after: limits.writing) : nil
    }

    /// Whoever finds the connection idle does not see that the client still takes an answer.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .all, piecesUnderWay > 0 else { return context.close(mode: mode, promise: promise) }
        isClosing = true
        if let promise { context.channel.closeFuture.cascade(to: promise) }
    }

    // MARK: - The end

    /// Says that nothing more will come once the answer has been sent.
    private func end(_ context: ChannelHandlerContext, with data: NIOAny, _ promise: EventLoopPromise<Void>?) {
        isEnding = true
        let sent = promise ?? context.eventLoop.makePromise()
        let bound = NIOLoopBound((guardian: self, context: context), eventLoop: context.eventLoop)
        sent.futureResult.whenSuccess {
            let (guardian, context) = bound.value
            guard context.channel.isActive else { return }
            context.close(mode: .output, promise: nil)
            guardian.deadline?.cancel()
            guardian.deadline = guardian.close(context, after: guardian.limits.lingering)
        }
        context.writeAndFlush(data, promise: sent)
    }

    private func close(_ context: ChannelHandlerContext, after time: TimeAmount) -> Scheduled<Void> {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        return context.eventLoop.scheduleTask(in: time) { bound.value.close(promise: nil) }
    }

    private func forgetDeadlines() {
        stall?.cancel()
        deadline?.cancel()
        (stall, deadline) = (nil, nil)
    }
}

extension ConnectionGuard.Limits {
    init(_ timeouts: ServiceConfiguration.Timeouts) {
        self.init(
            writing: TimeAmount(timeouts.write),
            lingering: .seconds(2),
            draining: TimeAmount(timeouts.draining)
        )
    }
}

extension HTTPRequest {
    fileprivate var isLastOfConnection: Bool {
        headerFields[values: .connection].contains { field in
            field.split(separator: ",").contains { $0.trimmingPrefix(while: \.isWhitespace).lowercased() == "close" }
        }
    }

    fileprivate var asksToContinue: Bool { headerFields[.expect]?.lowercased() == "100-continue" }

    /// Bodies that are announced as too large are refused without being asked for.
    fileprivate func announcesAtMost(_ limit: Int) -> Bool {
        guard limit > 0 else { return false }
        return headerFields[.contentLength].flatMap { Int($0) }.map { $0 <= limit } ?? true
    }
}
