import NIOCore

/// Counts against the budget of all what a connection holds of a head that is not whole yet.
///
/// It stands before the parser, which keeps the bytes, and is told by `RequestHeadGuard`, which stands behind it, what was
/// made of them. A connection that has to make room is closed.
final class HeadMeter: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let budget: UnfinishedBudget
    private var share: UnfinishedBudget.Share?
    private var unfinished = 0
    /// Whether a body is being read, of which the parser keeps nothing.
    private var isWithinBody = false
    private var hasParts = false

    /// In bytes: of a read larger than this that ended a request, a part may be the beginning of another.
    private static let ordinary = 4096

    init(budget: UnfinishedBudget) { self.budget = budget }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let count = unwrapInboundIn(data).readableBytes
        hasParts = false
        context.fireChannelRead(data)
        if isWithinBody {
            unfinished = 0
        } else if hasParts {
            unfinished = count > Self.ordinary ? count : 0
        } else {
            unfinished += count
        }
        note(context)
    }

    /// - Parameter isEnd: whether it is the end of a request.
    func partArrived(isEnd: Bool) { (hasParts, isWithinBody) = (true, !isEnd) }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { leave() }

    /// Most requests arrive in one piece and never have a share.
    private func note(_ context: ChannelHandlerContext) {
        guard unfinished > 0, context.channel.isActive else { return leave() }
        let share = share ?? budget.open { [channel = context.channel] in channel.close(promise: nil) }
        self.share = share
        budget.hold(unfinished, in: share)
    }

    private func leave() {
        if let share { budget.close(share) }
        share = nil
    }
}
