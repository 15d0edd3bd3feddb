import ReconcileModel
import Synchronization

/// What was published and could not be written to the state: a disk that is full must not take events from subscribers.
final class UnsavedPublications: Sendable {
    private let published = Mutex<[String: [PageID: PublishedEvent]]>([:])

    subscript(prefix: String) -> [PageID: PublishedEvent]? {
        get { published.withLock { $0[prefix] } }
        set { published.withLock { $0[prefix] = newValue } }
    }
}
