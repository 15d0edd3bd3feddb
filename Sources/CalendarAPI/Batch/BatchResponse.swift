import Foundation
import HTTPTypes
import Transport

/// The answers inside a `multipart/mixed` body.
///
/// Reads whatever it is given without failing: a part that is damaged, cut off or not ours is left out, and whoever
/// looks for it finds that its answer is missing.
struct BatchResponse: Sendable {
    /// The answer to one call.
    struct Part: Hashable, Sendable {
        var status: Int
        var retryAfter: Duration?
        var body: Data
    }

    /// By the position of the call in the request. Parts may come in any order.
    let parts: [Int: Part]

    /// - Parameters:
    ///   - contentType: the header field of the whole answer; names the boundary, quoted or bare.
    ///   - expected: how many calls were sent; parts beyond are left out.
    init(_ body: Data, contentType: String?, expected: Int) {
        guard let boundary = MultipartBody.boundary(in: contentType ?? "") else {
            parts = [:]
            return
        }
        var parts: [Int: Part] = [:]
        var ambiguous: Set<Int> = []
        // Twice as many parts as calls is already nonsense; more are not looked at.
        for content in MultipartBody(boundary: boundary).parts(of: [UInt8](body), limit: 2 * expected + 8) {
            guard let (index, part) = Self.part(content), index < expected else { continue }
            // Two answers to one call: neither can be believed.
            if parts.updateValue(part, forKey: index) != nil { ambiguous.insert(index) }
        }
        self.parts = parts.filter { !ambiguous.contains($0.key) }
    }

    private static func part(_ content: ArraySlice<UInt8>) -> (Int, Part)? {
        var outer = HeaderReader(content)
        let fields = outer.fields()
        guard let id = fields["content-id"], let index = index(of: id) else { return nil }
        var inner = HeaderReader(outer.rest)
        guard let line = inner.line(), let status = status(line) else { return nil }
        let innerFields = inner.fields()
        var head = HTTPResponse(status: .init(code: status))
        head.headerFields[.retryAfter] = innerFields["retry-after"]
        head.headerFields[.date] = innerFields["date"]
        return (index, Part(status: status, retryAfter: RetryAfter.duration(in: head), body: Data(inner.rest)))
    }

    /// `<response-reconcile-3>`, with or without brackets and prefix.
    private static func index(of id: String) -> Int? {
        var name = id[...]
        if name.hasPrefix("<") { name.removeFirst() }
        if name.hasSuffix(">") { name.removeLast() }
        if name.lowercased().hasPrefix("response-") { name = name.dropFirst("response-".count) }
        return BatchRequest.index(of: name)
    }

    /// The code of `HTTP/1.1 412 Precondition Failed`.
    private static func status(_ line: String) -> Int? {
        let words = line.split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0].hasPrefix("HTTP/"), let status = Int(words[1]), (100...599).contains(status)
        else { return nil }
        return status
    }
}
