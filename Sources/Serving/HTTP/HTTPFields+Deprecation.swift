import HTTPTypes

extension HTTPFields {
    /// Since when an address is deprecated (RFC 9745), and what to use instead.
    ///
    /// - Parameter path: where there is a part to fill in, it is only named in the message: a link must lead somewhere.
    static func deprecation(successor path: String) -> HTTPFields {
        var fields = HTTPFields()
        // 2026-11-01, when organizations got addresses of their own.
        if let name = HTTPField.Name("Deprecation") { fields[name] = "@1793491200" }
        if !path.contains("{"), let name = HTTPField.Name("Link") {
            fields[name] = #"<\#(path)>; rel="successor-version""#
        }
        return fields
    }
}
