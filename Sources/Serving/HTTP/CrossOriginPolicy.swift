import Foundation
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
    ///
    /// - Parameter methods: those of the address.
    func preflight(_ headers: inout HTTPFields, _ request: HTTPFields, methods: String) {
        add(to: &headers, origin: request[.origin])
        guard headers[.accessControlAllowOrigin] != nil else { return }
        headers[.accessControlAllowMethods] = methods
        headers[.accessControlAllowHeaders] = Self.allowed(request[values: .accessControlRequestHeaders])
        headers[.accessControlMaxAge] = "86400"
        headers[.vary] =
            headers[.vary].map { "\($0), Access-Control-Request-Headers" } ?? "Access-Control-Request-Headers"
    }

    private static let exposed = "Age, Cache-Status, ETag"

    /// What wrappers around `fetch` send with a GET, and beside it what a page asks for: what is read depends on none of it.
    private static func allowed(_ asked: [String]) -> String {
        let standard = ["Accept", "Cache-Control", "Content-Type", "If-None-Match", "Pragma", "X-Requested-With"]
        let names = asked.flatMap { $0.split(separator: ",") }.prefix(mostAsked).compactMap { name in
            HTTPField.Name(name.trimmingCharacters(in: .whitespaces))
        }
        let others = names.filter { name in
            name.canonicalName.utf8.count <= longestName && !standard.contains { $0.lowercased() == name.canonicalName }
        }
        return (standard + Set(others.map(\.canonicalName)).sorted()).joined(separator: ", ")
    }

    private static let mostAsked = 32
    private static let longestName = 64
}
