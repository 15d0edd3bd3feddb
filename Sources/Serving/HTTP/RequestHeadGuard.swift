import NIOCore
import NIOHTTP1

/// What later handlers cannot see any more: the version of HTTP, and how often a field was there.
///
/// Requests that do not name exactly one host are malformed (RFC 9112, 3.2): whoever stands before the service may have read
/// another. A client of HTTP/1.0 expects the connection to end with the answer.
final class RequestHeadGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    private let meter: HeadMeter
    private var isRefused = false

    init(_ meter: HeadMeter) { self.meter = meter }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefused else { return }
        guard case .head(var head) = unwrapInboundIn(data) else {
            if case .end = unwrapInboundIn(data) { meter.partArrived(isEnd: true) }
            return context.fireChannelRead(data)
        }
        meter.partArrived(isEnd: false)
        let hosts = head.headers.count { $0.name.utf8.count == 4 && $0.name.lowercased() == "host" }
        let isOld = head.version.major < 1 || head.version == .http1_0
        guard hosts == 1 || hosts == 0 && isOld else {
            isRefused = true
            return context.fireErrorCaught(HTTPParserError.invalidHeaderToken)
        }
        guard isOld else { return context.fireChannelRead(data) }
        head.headers.replaceOrAdd(name: "Connection", value: "close")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}
