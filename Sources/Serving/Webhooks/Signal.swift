import ServiceLifecycle

/// Wakes one task; signals that come while it is busy count as one.
struct Signal: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    func send() { continuation.yield() }

    /// Returns when there is a signal.
    ///
    /// - Returns: false where the service is to end: by graceful shutdown or by cancellation.
    func wait() async -> Bool {
        let stream = stream
        let isSignalled = await cancelWhenGracefulShutdown {
            var iterator = stream.makeAsyncIterator()
            return await iterator.next() != nil
        }
        return isSignalled && !Task.isShuttingDownGracefully && !Task.isCancelled
    }
}
