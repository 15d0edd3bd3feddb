/// One call that a batch carried, for the request log.
struct BatchedCall: Sendable {
    var method: String
    var route: String
    var status: Int
}

/// A part of a `multipart/mixed` batch: an HTTP request in an envelope.
struct BatchPart {
    /// As sent, angle brackets included.
    var contentID: String?
    var call: Call
}

/// Reading and writing of `multipart/mixed` messages of HTTP requests.
///
/// <https://developers.google.com/workspace/calendar/api/guides/batch>
enum BatchMessage {
    /// The boundary that a `Content-Type` names, quoted or bare; nil for another type.
    static func boundary(of contentType: String?) -> String? {
        let parts = (contentType ?? "").split(separator: ";").map { trimmed(String($0)) }
        guard parts.first?.lowercased() == "multipart/mixed",
            let parameter = parts.first(where: { $0.lowercased().hasPrefix("boundary=") })
        else { return nil }
        let value = String(parameter.dropFirst("boundary=".count))
        let bare =
            value.hasPrefix("\"") && value.hasSuffix("\"") && value.count > 1
            ? String(value.dropFirst().dropLast()) : value
        return bare.isEmpty ? nil : bare
    }

    /// The parts of a body; nil where it is no such message.
    ///
    /// - Parameter outer: header fields that every part has unless it names its own.
    static func parts(of body: [UInt8], boundary: String, outer: [String: String]) -> [BatchPart]? {
        let sections = split(body, by: Array("--\(boundary)".utf8))
        // Before the first boundary is the preamble, after the last one `--`.
        guard sections.count >= 2, sections.last?.starts(with: "--".utf8) == true else { return nil }
        var parts: [BatchPart] = []
        for section in sections.dropFirst().dropLast() {
            let (envelope, content) = headAndBody(strippingLine(section))
            guard let part = part(envelope: fields(lines(envelope)), content: content, outer: outer) else { return nil }
            parts.append(part)
        }
        return parts
    }

    private static func part(
        envelope: [String: String],
        content: ArraySlice<UInt8>,
        outer: [String: String]
    ) -> BatchPart? {
        let (head, body) = headAndBody(content)
        let headLines = lines(head)
        guard let request = headLines.first?.split(separator: " "), request.count >= 2 else { return nil }
        let own = fields(Array(headLines.dropFirst()))
        var content = Array(body)
        // The line end before the next boundary belongs to the boundary.
        if let length = own["content-length"].flatMap({ Int($0) }) {
            content = Array(content.prefix(length))
        } else {
            while content.last == 0x0A || content.last == 0x0D { content.removeLast() }
        }
        let call = Call(
            method: String(request[0]),
            target: String(request[1]),
            headers: own.merging(outer) { mine, _ in mine },
            body: content
        )
        return BatchPart(contentID: envelope["content-id"], call: call)
    }

    /// Writes the answers of the parts.
    static func write(_ answers: [(contentID: String?, answer: Answer)], boundary: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for (contentID, answer) in answers {
            bytes += Array("--\(boundary)\r\nContent-Type: application/http\r\n".utf8)
            if let contentID { bytes += Array("Content-ID: \(response(to: contentID))\r\n".utf8) }
            bytes += Array("\r\nHTTP/1.1 \(answer.status) \(ReasonPhrase.of(answer.status))\r\n".utf8)
            for (name, value) in answer.headers.sorted(by: { $0.key < $1.key }) {
                bytes += Array("\(name): \(value)\r\n".utf8)
            }
            if answer.status != 304 { bytes += Array("Content-Length: \(answer.body.count)\r\n".utf8) }
            bytes += [0x0D, 0x0A]
            bytes += answer.body
            bytes += [0x0D, 0x0A]
        }
        return bytes + Array("--\(boundary)--\r\n".utf8)
    }

    /// `<response-x>` for `<x>`.
    private static func response(to contentID: String) -> String {
        let inner =
            contentID.hasPrefix("<") && contentID.hasSuffix(">") ? String(contentID.dropFirst().dropLast()) : contentID
        return "<response-\(inner)>"
    }

    // MARK: Bytes

    private static func split(_ bytes: [UInt8], by mark: [UInt8]) -> [ArraySlice<UInt8>] {
        var sections: [ArraySlice<UInt8>] = []
        var (start, position) = (0, 0)
        while position + mark.count <= bytes.count {
            let isAtLineStart = position == 0 || bytes[position - 1] == 0x0A
            if isAtLineStart, bytes[position] == mark[0], bytes[position..<position + mark.count].elementsEqual(mark) {
                sections.append(bytes[start..<position])
                position += mark.count
                start = position
            } else {
                position += 1
            }
        }
        return sections + [bytes[start...]]
    }

    /// Splits at the first empty line; line ends may be CRLF or LF.
    private static func headAndBody(_ bytes: ArraySlice<UInt8>) -> (head: ArraySlice<UInt8>, body: ArraySlice<UInt8>) {
        var lineStart = bytes.startIndex
        for position in bytes.indices where bytes[position] == 0x0A {
            let line = bytes[lineStart..<position]
            if line.isEmpty || line.elementsEqual([0x0D]) { return (bytes[..<lineStart], bytes[(position + 1)...]) }
            lineStart = position + 1
        }
        return (bytes, [])
    }

    private static func strippingLine(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let end = bytes.firstIndex(of: 0x0A) else { return bytes }
        return bytes[(end + 1)...]
    }

    private static func lines(_ bytes: ArraySlice<UInt8>) -> [String] {
        bytes.split(separator: 0x0A).map { trimmed(String(decoding: $0, as: UTF8.self)) }.filter { !$0.isEmpty }
    }

    private static func fields(_ lines: [String]) -> [String: String] {
        var fields: [String: String] = [:]
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            fields[parts[0].lowercased()] = trimmed(String(parts[1]))
        }
        return fields
    }

    private static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars.drop { $0.properties.isWhitespace }
        var view = String.UnicodeScalarView(scalars)
        while view.last?.properties.isWhitespace == true { view.removeLast() }
        return String(view)
    }
}

/// The words that follow a status code.
enum ReasonPhrase {
    static func of(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 204: "No Content"
        case 304: "Not Modified"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 409: "Conflict"
        case 410: "Gone"
        case 412: "Precondition Failed"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 503: "Service Unavailable"
        default: "Status"
        }
    }
}
