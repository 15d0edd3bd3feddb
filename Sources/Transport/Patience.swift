/// Waiting for what others do, no longer than one has patience; it goes on by itself.
package enum Patience {
    /// - Parameters:
    ///   - work: belongs to nobody who waits: neither their cancellation nor the limit ends it.
    ///   - sleep: lasts as long as the patience.
    /// - Returns: nil where that was over first, or the one who waits was cancelled.
    package static func value<Value: Sendable>(
        of work: Task<Value, Never>,
        sleep: @escaping @Sendable () async -> Void
    ) async -> Value? {
        await withTaskGroup(of: Value?.self) { group in
            let (values, continuation) = AsyncStream<Value>.makeStream()
            // A task group would wait for the work itself; somebody who is not in it hands its end on.
            Task {
                continuation.yield(await work.value)
                continuation.finish()
            }
            group.addTask {
                for await value in values { return value }
                return nil
            }
            group.addTask {
                await sleep()
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }
}
