/// What a declaration file may cost. A document beyond a limit is refused, and the message states the limit.
package struct YAMLLimits: Hashable, Sendable {
    /// Size of one file in bytes.
    package var bytes: Int
    /// Keys and values of a document, counted with every alias replaced by what it stands for.
    package var nodes: Int
    /// Lists and mappings inside each other, aliases replaced.
    package var depth: Int
    package var aliases: Int

    package init(bytes: Int = 1 << 20, nodes: Int = 10_000, depth: Int = 32, aliases: Int = 100) {
        (self.bytes, self.nodes, self.depth, self.aliases) = (bytes, nodes, depth, aliases)
    }

    /// 1 MiB, 10,000 nodes, 32 levels, 100 aliases: a hundred times what any declaration needs.
    package static let standard = YAMLLimits()
}

/// Whole numbers with thousands separators, as limits are stated: `1,048,576`.
enum GroupedNumber {
    static func text(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        let grouped = digits.enumerated().map { index, digit in
            index > 0 && (digits.count - index).isMultiple(of: 3) ? ",\(digit)" : String(digit)
        }
        return (number < 0 ? "-" : "") + grouped.joined()
    }
}
