import Foundation
import HTTPTypes
import JSON
import Transport

/// One call of the API, not yet bound to a server and a token. All our calls may be repeated: they read, or write the same again.
struct NotionRequest {
    /// Below `/v1`, percent-encoded.
    var path: String
    /// Percent-encoded when sent.
    var query: [(name: String, value: String)] = []
    /// Nil: a GET.
    var body: JSON?
    /// Where there is a body.
    var method = HTTPRequest.Method.post
    /// What a 404 is about.
    var subject: (kind: NotionObjectKind, id: String)

    /// Limits the properties of pages; each id is decoded once and encoded once as a query value, as Notion's SDK does.
    static func filter(_ properties: [PropertyID]) -> [(name: String, value: String)] {
        properties.map { ("filter_properties", $0.decoded) }
    }

    /// - Parameter base: scheme and authority, and a path where the API is mounted below one.
    func outgoing(to base: BaseURL, fields: HTTPFields) -> OutgoingRequest {
        var fields = fields
        if body != nil { fields[.contentType] = "application/json" }
        let parameters = query.map { "\($0.name)=\(URLSegment.percentEncoded($0.value))" }.joined(separator: "&")
        let head = HTTPRequest(
            method: body == nil ? .get : method,
            scheme: base.scheme,
            authority: base.authority,
            path: "\(base.path)/v1/\(path)\(parameters.isEmpty ? "" : "?\(parameters)")",
            headerFields: fields
        )
        return OutgoingRequest(head: head, body: body.map { Data($0.bytes(.sorted)) }, repeatability: .repeatable)
    }
}

/// The parts of the base URL that go into every request.
struct BaseURL {
    let scheme: String
    let authority: String
    /// Without a slash at its end; empty for most.
    let path: String

    init(_ url: URL) {
        let text = url.absoluteString
        scheme = url.scheme ?? "https"
        let rest = text.dropFirst(text.starts(with: "\(scheme)://") ? scheme.count + 3 : 0).prefix {
            !"?#".contains($0)
        }
        authority = String(rest.prefix { $0 != "/" })
        var path = rest.dropFirst(authority.count)
        while path.last == "/" { path.removeLast() }
        self.path = String(path)
    }
}
