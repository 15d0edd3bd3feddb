import Foundation
import NotionAPI

/// Rich text for readers who cannot click it: `here` becomes `here (https://example.org)` where it leads there.
enum LinkedText {
    static func text(of rich: RichText) -> String {
        guard !rich.links.isEmpty else { return rich.text }
        let bytes = Array(rich.text.utf8)
        var result: [UInt8] = []
        var position = 0
        for link in rich.links where position <= link.start && link.start <= link.end && link.end <= bytes.count {
            let label = String(decoding: bytes[link.start..<link.end], as: UTF8.self)
            guard let shown = shown(link.address, beside: label) else { continue }
            // A space at the end of the linked words belongs behind the address.
            let words = label.reversed().drop(while: \.isWhitespace).reversed().map(\.utf8.count).reduce(0, +)
            result += bytes[position..<(link.start + words)]
            result += " (\(shown))".utf8
            position = link.start + words
        }
        result += bytes[position...]
        return String(decoding: result, as: UTF8.self)
    }

    /// Nil where the label says the same, where there are no words, and for what leads nowhere outside of Notion.
    private static func shown(_ address: String, beside label: String) -> String? {
        guard !label.allSatisfy(\.isWhitespace), leadsOutside(address) else { return nil }
        let shown = withoutScheme(address, ["mailto:", "tel:"])
        let isSame =
            comparable(label) == comparable(shown) || label.lowercased().contains(shown.lowercased())
            || isTelephone(address) && label.filter(\.isNumber) == shown.filter(\.isNumber)
        return isSame ? nil : shown
    }

    /// These are written with and without spaces.
    private static func isTelephone(_ address: String) -> Bool { address.lowercased().hasPrefix("tel:") }

    /// Notion writes links to its own pages without a scheme: `/5146e588…`.
    private static func leadsOutside(_ address: String) -> Bool {
        guard let scheme = address.wholeMatch(of: /(?<scheme>[A-Za-z][A-Za-z0-9+.\-]*):.+/)?.scheme else {
            return false
        }
        let hidden = address.unicodeScalars.contains { $0.value < 0x21 || (0x7F...0x9F).contains($0.value) }
        return !hidden && !["javascript", "data", "blob", "about", "file", "vbscript"].contains(scheme.lowercased())
    }

    private static func withoutScheme(_ address: String, _ schemes: [String]) -> String {
        let scheme = schemes.first { address.lowercased().hasPrefix($0) }
        guard let scheme else { return address }
        return String(address.dropFirst(scheme.count).prefix { $0 != "?" })
    }

    /// What people see as the same: `Example.org` and `https://www.example.org/`.
    private static func comparable(_ text: String) -> String {
        var text = (text.removingPercentEncoding ?? text).lowercased()
        text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        for prefix in ["https://", "http://", "mailto:", "tel:", "www."] where text.hasPrefix(prefix) {
            text.removeFirst(prefix.count)
        }
        while text.hasSuffix("/") { text.removeLast() }
        return text
    }
}
