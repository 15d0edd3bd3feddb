import Synchronization

/// Organizations whose run did not come to a good end, and which the schedule is to take up again before their time.
package final class RetryList: Sendable {
    private let prefixes = Mutex<Set<String>>([])

    package init() {}

    package func add(_ more: some Sequence<String>) { prefixes.withLock { $0.formUnion(more) } }

    /// - Returns: what was added since the last time.
    package func take() -> Set<String> {
        prefixes.withLock { prefixes in
            defer { prefixes = [] }
            return prefixes
        }
    }
}
