/// An occurrence of a series that people moved, changed or cancelled by hand: it stays theirs.
package struct SeriesException: Hashable, Codable, Sendable {
    /// When it would take place by the rule.
    package var original: EventTime
    /// What stands there now; nil: it is cancelled, or nobody but its owners may see it.
    package var content: EventContent?

    package init(_ original: EventTime, _ content: EventContent?) {
        (self.original, self.content) = (original, content)
    }
}

extension [SeriesException] {
    /// In words: `2 changed and 1 cancelled`.
    package var counts: String {
        let cancelled = count { $0.content == nil }
        let parts = [(count - cancelled, "changed"), (cancelled, "cancelled")].filter { $0.0 > 0 }
        return parts.map { "\($0.0) \($0.1)" }.joined(separator: " and ")
    }
}
