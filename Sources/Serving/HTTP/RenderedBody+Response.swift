import HTTPTypes

extension RenderedBody {
    /// The answer in the form that the client takes, or 304 where it has it already.
    func answer(to fields: HTTPFields, cacheControl: String) -> MemoryAnswer {
        let packed = Encodings(fields[.acceptEncoding]).accepts("gzip") ? compressed : nil
        var headers = HTTPFields()
        headers[.eTag] = packed == nil ? tag : compressedTag
        headers[.cacheControl] = cacheControl
        headers[.vary] = "Accept-Encoding"
        if let known = fields[.ifNoneMatch], matches(known) {
            return MemoryAnswer(status: .notModified, headers: headers)
        }
        headers[.contentType] = contentType
        headers[.xContentTypeOptions] = "nosniff"
        if packed != nil { headers[.contentEncoding] = "gzip" }
        return MemoryAnswer(status: .ok, headers: headers, body: packed ?? plain)
    }

    /// The answer from the cache, with its age (RFC 9111, 5.1) and what the cache did (RFC 9211).
    func answer(to fields: HTTPFields, _ cached: EventsCache.Answer, ttl: Duration) -> MemoryAnswer {
        let age = cached.age.components.seconds
        // Whoever keeps it subtracts `Age` (RFC 9111, 4.2.3): what is left is the rest of the entry's life here.
        let life = cached.isStale ? 0 : ttl.components.seconds
        var answer = answer(
            to: fields,
            cacheControl: "public, max-age=\(life), stale-while-revalidate=60, stale-if-error=86400"
        )
        answer.headers[.age] = String(age)
        if let name = Self.cacheStatus {
            let left = ttl.components.seconds - age
            answer.headers[name] = cached.wasRead ? "reconcile; fwd=miss" : "reconcile; hit; ttl=\(left)"
        }
        return answer
    }

    private static let cacheStatus = HTTPField.Name("Cache-Status")

    /// `If-None-Match` (RFC 9110, 13.1.2): weak comparison, either form will do.
    private func matches(_ field: String) -> Bool {
        field.split(separator: ",").contains { part in
            var known = part.drop { $0 == " " || $0 == "\t" }
            if known.hasPrefix("W/") { known = known.dropFirst(2) }
            while known.last == " " || known.last == "\t" { known = known.dropLast() }
            return known == "*" || known == tag || known == compressedTag
        }
    }
}

/// `Accept-Encoding` (RFC 9110, 12.5.3).
struct Encodings {
    private let field: String

    init(_ field: String?) { self.field = field ?? "" }

    func accepts(_ name: String) -> Bool {
        var any: Bool?
        for part in field.lowercased().split(separator: ",") {
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            if pieces.first == name { return weight > 0 }
            if pieces.first == "*" { any = weight > 0 }
        }
        return any ?? false
    }
}
