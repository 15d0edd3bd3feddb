import HTTPTypes

/// Which web pages may read the events (<https://fetch.spec.whatwg.org/#http-cors-protocol>). Writing is for none of them.
struct CrossOriginPolicy: Sendable {
    private let origins: Set<String>
    private let isOpen: Bool

    /// - Parameter origins: such as `https://www.example.edu`; `*`: all; none: no page of another origin.
    init(origins: [String]) { (self.origins, isOpen) = (Set(origins), origins.contains("*")) }

    func add(to headers: inout HTTPFields, origin: String?) {
        if isOpen {
            headers[.accessControlAllowOrigin] = "*"
            headers[.accessControlExposeHeaders] = Self.exposed
        } else if !origins.isEmpty {
            headers[.vary] = headers[.vary].map { "\($0), Origin" } ?? "Origin"
            guard let origin, origins.contains(origin) else { return }
            headers[.accessControlAllowOrigin] = origin
            headers[.accessControlExposeHeaders] = Self.exposed
        }
    }

    /// The answer to a preflight request.
    func preflight(_ headers: inout HTTPFields, origin: String?) {
        add(to: &headers, origin: origin)
        guard headers[.accessControlAllowOrigin] != nil else { return }
        headers[.accessControlAllowMethods] = "GET, HEAD, OPTIONS"
        headers[.accessControlAllowHeaders] = "If-None-Match"
        headers[.accessControlMaxAge] = "86400"
    }

    private static let exposed = "Age, Cache-Status, ETag"
}
