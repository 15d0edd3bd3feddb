import HTTPTypes

/// Collects the header lines of an answer as libcurl hands them over, one by one.
struct ResponseHeadParser {
    private var fields = HTTPFields()
    private var isComplete = false

    mutating func append(line: String) {
        // The head of an interim answer, such as 103, comes before that of the answer itself.
        guard !line.hasPrefix("HTTP/") else { return self = ResponseHeadParser() }
        if line == "\r\n" || line == "\n" { isComplete = true }
        guard let colon = line.firstIndex(of: ":"), let name = HTTPField.Name(String(line[..<colon])) else { return }
        let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        // A line ends in "\r\n", which Swift reads as one character.
        let end = value.lastIndex { !$0.isWhitespace }.map { value.index(after: $0) } ?? value.startIndex
        fields.append(HTTPField(name: name, value: String(value[..<end])))
    }

    /// The head of the answer; nil where its status is none of HTTP's, or where the connection ended within the head,
    /// which to libcurl is an answer without body.
    func response(status: Int) -> HTTPResponse? {
        guard isComplete, (100...999).contains(status) else { return nil }
        var fields = fields
        if fields[.contentEncoding] != nil {
            // libcurl has decompressed the body: neither speaks of it any more.
            fields[.contentEncoding] = nil
            fields[.contentLength] = nil
        }
        return HTTPResponse(status: .init(code: status), headerFields: fields)
    }
}
