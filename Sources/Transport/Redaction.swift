internal import Foundation

/// Takes out of a service's own words what must not be shown: some services quote the request that they refuse.
package enum Redaction {
    /// The text without tokens, keys and authorization headers, and not longer than a message should be.
    package static func redacted(_ text: String) -> String {
        let text = masked(text)
        return text.count > limit ? "\(text.prefix(limit))…" : text
    }

    /// The text without tokens, keys and authorization headers, however long.
    package static func masked(_ text: String) -> String {
        var text = text
        for pattern in patterns {
            text = text.replacingOccurrences(of: pattern, with: "<redacted>", options: .regularExpression)
        }
        return text
    }

    private static let limit = 600

    /// Headers and form fields by their names, tokens and keys by their shapes.
    private static let patterns = [
        "-----BEGIN [\\s\\S]*?(-----END [^-]*-----|$)",
        "(?i)authorization[\"']?\\s*[:=]\\s*[\"']?((bearer|basic)\\s+)?[^\\s\"',;]+",
        "(?i)\\bbearer\\s+[^\\s\"',;]+",
        "(?i)\\b(assertion|access_token|refresh_token|id_token|client_secret|private_key)[\"']?\\s*[:=]\\s*[\"']?[^\\s\"'&,;]+",
        "\\beyJ[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]*)+",
        "\\bya29\\.[A-Za-z0-9._-]+",
        "\\b(ntn|secret)_[A-Za-z0-9_-]+",
    ]
}
