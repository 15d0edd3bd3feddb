import Foundation
import HTTPTypes
import ReconcileModel

/// Several calls in one body of type `multipart/mixed`.
///
/// <https://developers.google.com/workspace/calendar/api/guides/batch>
struct BatchRequest: Sendable {
    /// One call inside.
    struct Part: Hashable, Sendable {
        var method: HTTPRequest.Method
        /// Path and query; the host is that of the batch.
        var path: String
        var ifMatch: ETag?
        var ifNoneMatch: ETag?
        var body: Data?
    }

    /// More are allowed, but large batches run into limits of their own.
    static let maximumParts = 50

    let boundary: String
    let body: Data

    /// The parts are named `<reconcile-1>`, `<reconcile-2>` … in their order.
    ///
    /// - Parameter boundary: nil: one that does not occur in any part. Equal parts make an equal body.
    init(_ parts: [Part], boundary: String? = nil) {
        let texts = parts.map(Self.text)
        let chosen = boundary ?? Self.boundary(notIn: texts)
        var body = Data()
        for (index, text) in texts.enumerated() {
            body += Data(
                "--\(chosen)\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n".utf8
            )
            body += Data("Content-ID: <\(Self.name(of: index))>\r\n\r\n".utf8)
            body += text
            body += Data("\r\n".utf8)
        }
        body += Data("--\(chosen)--\r\n".utf8)
        (self.boundary, self.body) = (chosen, body)
    }

    var contentType: String { "multipart/mixed; boundary=\"\(boundary)\"" }

    /// The Content-ID of a part, without angle brackets.
    static func name(of index: Int) -> String { "reconcile-\(index + 1)" }

    /// The part that a name stands for, or nil for a name that is not ours.
    static func index(of name: some StringProtocol) -> Int? {
        let prefix = "reconcile-"
        guard name.hasPrefix(prefix), let number = Int(name.dropFirst(prefix.count)), number >= 1 else { return nil }
        return number - 1
    }

    private static func text(of part: Part) -> Data {
        var head = "\(part.method.rawValue) \(part.path) HTTP/1.1\r\n"
        if part.body != nil { head += "Accept: application/json\r\n" }
        if let etag = part.ifMatch { head += "If-Match: \(etag.headerValue)\r\n" }
        if let etag = part.ifNoneMatch { head += "If-None-Match: \(etag.headerValue)\r\n" }
        if let body = part.body {
            head += "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n"
        }
        return Data("\(head)\r\n".utf8) + (part.body ?? Data())
    }

    private static func boundary(notIn texts: [Data]) -> String {
        var number = 0
        while true {
            let candidate = "reconcile_batch_\(number)"
            let bytes = Data(candidate.utf8)
            if !texts.contains(where: { $0.range(of: bytes) != nil }) { return candidate }
            number += 1
        }
    }
}

extension ETag {
    /// The version as a header value: an etag never holds a line end, and one that did must not add headers.
    var headerValue: String { rawValue.filter { !$0.isNewline } }
}
