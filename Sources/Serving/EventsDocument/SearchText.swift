import Foundation

/// What is looked for in texts, whatever the case, the accents and the width of the letters: "loten" is found in "Löten".
struct SearchText: Sendable {
    private let folded: [UInt8]

    init(_ text: String) { folded = Self.folded(text) }

    func isFound(in text: String?) -> Bool {
        guard let text else { return false }
        let bytes = Self.folded(text)
        guard let first = folded.first else { return true }
        guard bytes.count >= folded.count else { return false }
        // A match of UTF-8 begins where a character begins, because what is looked for does.
        return (0...(bytes.count - folded.count)).contains { start in
            bytes[start] == first && bytes[start..<(start + folded.count)].elementsEqual(folded)
        }
    }

    private static func folded(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        // Nearly every text is ASCII, and needs no tables.
        guard bytes.contains(where: { $0 >= 0x80 }) else { return bytes.map(lowercased) }
        let options: String.CompareOptions = [.caseInsensitive, .diacriticInsensitive, .widthInsensitive]
        return Array(text.folding(options: options, locale: nil).utf8)
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
    }
}
