import Mapping
import ReconcileModel

extension [EventID: LiveEvent] {
    /// Notes the digest of what Google has of every event that is not as its page wants it: what we once wrote may stand there as
    /// Google stores it, and the marks and links know that digest.
    mutating func noteContent(against pages: [PageID: PageFinding]) {
        for (id, live) in self where live.status == .live {
            guard let page = live.marks?.page, let wanted = pages[page]?.desired, let event = live.event,
                !wanted.event.differences(from: event).isEmpty
            else { continue }
            self[id]?.contentHash = ContentHash(of: event.limited(to: Set(wanted.event.fields)))
        }
    }
}
