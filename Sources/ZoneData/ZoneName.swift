/// Tells names that may be looked up in a folder of zone rules from paths that lead elsewhere.
///
/// Names come from declarations, from the environment and from pages that anybody can write.
enum ZoneName {
    /// `America/Argentina/Buenos_Aires` has three parts; the longest name has 30 bytes.
    private static let mostParts = 3
    private static let mostBytes = 60
    /// Files and folders beside the zones: copies that count leap seconds, and what this machine is set to.
    private static let reserved: Set<Substring> = ["posix", "right", "posixrules", "localtime", "Factory"]

    /// Whether `name` consists of letters, digits, `_`, `+` and `-` in parts divided by slashes, each beginning with a letter.
    static func isSafe(_ name: String) -> Bool {
        guard name.utf8.count <= mostBytes else { return false }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= mostParts, let first = parts.first, !reserved.contains(first) else { return false }
        return parts.allSatisfy { part in
            part.utf8.first.map(isLetter) ?? false
                && part.utf8.allSatisfy { isLetter($0) || 48...57 ~= $0 || "_+-".utf8.contains($0) }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 }
}
