import ReconcileModel
import Synchronization

/// The tags of a span, over those of the spans above it. What is set above later, such as the number of a run once it is
/// known, holds below too.
final class SpanTags: Sendable {
    /// Attributes with these names are tags, by which reports are searched; all others are data of their span.
    static let names: Set<String> = ["organization", "run", "operation"]

    private let above: SpanTags?
    private let own: Mutex<[String: String]>

    init(above: SpanTags?, context: WorkContext) {
        self.above = above
        own = Mutex(context.tags)
    }

    var all: [String: String] { (above?.all ?? [:]).merging(own.withLock(\.self)) { _, own in own } }

    func set(_ name: String, _ value: String?) {
        own.withLock { $0[name] = value }
        // A run is known by its number only once it is under way; the number is that of all that led to it.
        if name == "run" { above?.set(name, value) }
    }
}

extension WorkContext {
    var tags: [String: String] {
        var tags: [String: String] = [:]
        tags["organization"] = organization
        tags["run"] = run?.description
        tags["operation"] = operation
        return tags
    }
}
