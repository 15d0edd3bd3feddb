/// Reads Notion ids in every form people write them.
package enum NotionUUID {
    /// The lower-case dashed form of the id in `text`, or nil where there is none.
    ///
    /// The order of the rules is that of Notion's own SDK: a dashed UUID or 32 digits by themselves, then in a URL, or
    /// the end of one, the id that ends the path, then `p=`, `page_id=` or `database_id=` of the query. `v=` is a view.
    package static func canonicalForm(of text: String) -> String? {
        if isCanonical(text) { return text }
        let trimmed = trimmingSpaces(text[...])
        if let id = dashed(trimmed) { return id }

        let withoutFragment = trimmed.prefix { $0 != "#" }
        let path = withoutFragment.prefix { $0 != "?" }
        for segment in path.split(separator: "/").reversed() {
            if let id = trailingID(of: segment) { return id }
        }
        let query = withoutFragment.dropFirst(path.count + 1)
        for parameter in query.split(separator: "&") {
            let parts = parameter.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, ["p", "page_id", "database_id"].contains(parts[0]) else { continue }
            if let id = dashed(parts[1]) { return id }
        }
        return nil
    }

    /// `text` is nothing but an id: 36 characters with dashes at the places of a UUID, or 32 digits.
    private static func dashed(_ text: Substring) -> String? { dashed(Array(text.utf8)) }

    private static func dashed(_ bytes: [UInt8]) -> String? {
        guard bytes.count == 36 else { return bytes.count == 32 ? canonical(bytes) : nil }
        var digits: [UInt8] = []
        digits.reserveCapacity(32)
        for (index, byte) in bytes.enumerated() {
            guard isDashPlace(index) else {
                digits.append(byte)
                continue
            }
            guard byte == UInt8(ascii: "-") else { return nil }
        }
        return canonical(digits)
    }

    private static func isDashPlace(_ index: Int) -> Bool { index == 8 || index == 13 || index == 18 || index == 23 }

    /// Notion's own answers are in this form: thousands of them need no work.
    private static func isCanonical(_ text: String) -> Bool {
        var count = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-"): guard isDashPlace(count) else { return false }
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"):
                guard !isDashPlace(count) else { return false }
            default: return false
            }
            count += 1
        }
        return count == 36
    }

    /// The id at the end of a path segment such as `Title-of-page-0123…`, in either form.
    private static func trailingID(of segment: Substring) -> String? {
        if let id = dashed(segment) { return id }
        let bytes = Array(segment.utf8)
        for length in [32, 36] where bytes.count > length && bytes[bytes.count - length - 1] == UInt8(ascii: "-") {
            if let id = dashed(Array(bytes.suffix(length))) { return id }
        }
        return nil
    }

    private static func canonical(_ digits: [UInt8]) -> String? {
        var result: [UInt8] = []
        result.reserveCapacity(36)
        for (index, byte) in digits.enumerated() {
            if index == 8 || index == 12 || index == 16 || index == 20 { result.append(UInt8(ascii: "-")) }
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): result.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): result.append(byte + 32)
            default: return nil
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func trimmingSpaces(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
