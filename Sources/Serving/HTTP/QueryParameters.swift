import Foundation

/// The parameters of a query, decoded as forms encode them: `+` is a space.
enum QueryParameters {
    /// What is not valid percent-encoding is taken as it is; whoever reads the value decides what to do about it.
    static func parse(_ query: Substring) -> [(name: String, value: String)] {
        query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (decoded(parts.first ?? ""), decoded(parts.count > 1 ? parts[1] : ""))
        }
    }

    private static func decoded(_ text: Substring) -> String {
        let spaced = text.replacing("+", with: " ")
        return spaced.removingPercentEncoding ?? String(spaced)
    }
}
