import JSON

/// `filter:` of a declaration: which pages become events.
package enum EventFilter: Hashable, Codable, Sendable {
    /// Decided here, page by page.
    case rule(FilterRule)
    /// `filter: {notion: …}`: decided by Notion alone.
    case notion(RawFilter)
}

extension EventFilter: CustomStringConvertible {
    /// On one line, as declarations would have it.
    package var description: String {
        switch self {
        case .rule(let rule): rule.description
        case .notion(let raw): "notion: \(raw.filter.text(.compact))"
        }
    }
}
