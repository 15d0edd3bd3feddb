/// Reads lines and header fields from the front of bytes; lines end in CRLF or LF.
struct HeaderReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// The next line without its end; nil where no bytes are left.
    mutating func line() -> String? {
        guard !rest.isEmpty else { return nil }
        let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
        var line = rest[rest.startIndex..<end]
        rest = end < rest.endIndex ? rest[(end + 1)...] : []
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        return String(decoding: line, as: UTF8.self)
    }

    /// The fields up to the empty line, by lower-case name; the first of a name counts.
    mutating func fields() -> [String: String] {
        var fields: [String: String] = [:]
        while let line = line() {
            if line.isEmpty { break }
            guard let colon = line.firstIndex(of: ":") else { continue }
            let name = line[..<colon].lowercased()
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            if fields[name] == nil {
                fields[name] = value.lastIndex { $0 != " " && $0 != "\t" }.map { String(value[...$0]) }
            }
        }
        return fields
    }
}
