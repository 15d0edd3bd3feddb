/// Variables as people mean them: files that list variables keep quotation marks, and what is read from a file often ends in
/// a line break.
package enum EnvironmentText {
    /// Those that are ours, and so hold nothing of which a space or a quotation mark at the ends could be a part.
    private static let ours: Set<String> = [
        "NOTION_API_KEY", "NOTION_BASE_URL", "NOTION_WEBHOOK_SECRET", "GOOGLE_SERVICE_ACCOUNT", "GOOGLE_IMPERSONATE",
        "GOOGLE_BASE_URL", "RECONCILE_API_TOKEN", "RECONCILE_STATE", "RECONCILE_LOG_LEVEL", "RECONCILE_NOTION_RPS",
        "RECONCILE_GOOGLE_RPM", "TIMEZONE", "SENTRY_DSN", "SENTRY_ENVIRONMENT", "SENTRY_RELEASE",
        "SENTRY_TRACES_SAMPLE_RATE",
    ]

    /// What clients have to show word for word: there, quotation marks are refused and not taken away in silence.
    private static let shown: Set<String> = ["RECONCILE_API_TOKEN"]

    /// Without white space at the ends of a value, and without one pair of quotation marks around it.
    package static func cleaned(_ environment: [String: String]) -> [String: String] {
        var environment = environment
        for name in ours {
            guard let value = environment[name] else { continue }
            environment[name] = shown.contains(name) ? value.trimmed : value.bare
        }
        return environment
    }

    /// The same of one value; nil where nothing is left.
    package static func cleaned(_ value: String?) -> String? {
        value.flatMap { $0.bare.isEmpty ? nil : $0.bare }
    }
}

extension String {
    /// Nil where it is not in quotation marks.
    var unquoted: String? {
        guard count >= 2, let first, first == last, first == "\"" || first == "'" else { return nil }
        return String(dropFirst().dropLast())
    }

    fileprivate var bare: String { (trimmed.unquoted ?? trimmed).trimmed }

    fileprivate var trimmed: String {
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? startIndex
        return String(self[..<end].drop(while: \.isWhitespace))
    }
}
