import Foundation

/// Finds the parts of a multipart body (RFC 2046, section 5.1), whether its lines end in CRLF or LF.
struct MultipartBody {
    private let delimiter: [UInt8]

    init(boundary: String) { delimiter = Array("--\(boundary)".utf8) }

    /// The `boundary` parameter of a multipart content type, quoted or bare; nil where there is none.
    static func boundary(in contentType: String) -> String? {
        let fields = contentType.split(separator: ";", maxSplits: 1)
        guard fields.count == 2, fields[0].lowercased().contains("multipart/"),
            let name = fields[1].range(of: "boundary=", options: .caseInsensitive)
        else { return nil }
        let rest = fields[1][name.upperBound...]
        let value = rest.first == "\"" ? rest.dropFirst().prefix { $0 != "\"" } : rest.prefix { $0 != ";" && $0 != " " }
        // RFC 2046 allows 70 characters; Google's are shorter.
        return value.isEmpty || value.utf8.count > 200 ? nil : String(value)
    }

    /// The contents of the complete parts, at most `limit`.
    ///
    /// What stands before the first delimiter is skipped; a part after which no delimiter follows was cut off and is
    /// left out.
    func parts(of body: [UInt8], limit: Int) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var partStart: Int?
        var lineStart = body.startIndex
        while lineStart < body.endIndex, parts.count < limit {
            let lineEnd = body[lineStart...].firstIndex(of: UInt8(ascii: "\n")) ?? body.endIndex
            if let kind = delimiter(in: body[lineStart..<lineEnd]) {
                if let partStart { parts.append(content(of: body, from: partStart, to: lineStart)) }
                if kind == .last { break }
                partStart = min(lineEnd + 1, body.endIndex)
            }
            lineStart = lineEnd + 1
        }
        return parts
    }

    private enum Delimiter { case between, last }

    private func delimiter(in line: ArraySlice<UInt8>) -> Delimiter? {
        guard line.starts(with: delimiter) else { return nil }
        var rest = line.dropFirst(delimiter.count)
        while let byte = rest.last, [UInt8(ascii: "\r"), UInt8(ascii: " "), UInt8(ascii: "\t")].contains(byte) {
            rest = rest.dropLast()
        }
        if rest.isEmpty { return .between }
        return rest.elementsEqual("--".utf8) ? .last : nil
    }

    /// The line end before a delimiter belongs to the delimiter.
    private func content(of body: [UInt8], from start: Int, to end: Int) -> ArraySlice<UInt8> {
        guard start < end else { return [] }
        var content = body[start..<end]
        if content.last == UInt8(ascii: "\n") { content = content.dropLast() }
        if content.last == UInt8(ascii: "\r") { content = content.dropLast() }
        return content
    }
}
