/// What `tzdata.zi` says of a folder of zone rules: its release, and which names mean the same.
///
///     # version 2026b
///     Z America/Phoenix -7:28:18 - LMT 1883 N 18 19u
///     L America/Los_Angeles US/Pacific
struct ZoneIndex: Sendable {
    private(set) var version: String?
    /// Sorted.
    private(set) var names: [String] = []
    /// The zone that an old name stands for.
    private(set) var targets: [String: String] = [:]

    init(_ text: String) {
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            switch words.first {
            case "#" where version == nil && words.count == 3 && words[1] == "version":
                if Self.isRelease(words[2]) { version = String(words[2]) }
            case "Z" where words.count > 1: names.append(String(words[1]))
            case "L" where words.count == 3:
                names.append(String(words[2]))
                targets[String(words[2])] = String(words[1])
            default: break
            }
        }
        names.sort()
    }

    /// `2026b`, or with what a distribution or a developer added: `2026b-dirty`.
    static func isRelease(_ text: Substring) -> Bool {
        text.utf8.count <= 40 && (text.first?.isNumber ?? false)
            && text.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }
}
