import JSON
import Foundation
import ReconcileModel
import Transport

/// The body of an error, as far as it is Notion's own: the network's edge and proxies answer in HTML.
struct NotionErrorBody: Decodable {
    let code: String
    let message: String
    let rateLimitReason: String?
    /// In seconds.
    let retryAfter: Int?

    /// Nil where the answer is not Notion's own.
    init?(_ response: IncomingResponse) {
        guard let body = try? ReceivedJSON.decode(NotionErrorBody.self, from: response.body) else { return nil }
        self = body
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: JSONKey.self)
        code = Redaction.redacted(try container.decode(String.self, forKey: "code"))
        message = Redaction.redacted(container.value(String.self, "message") ?? "")
        let details = try? container.nestedContainer(keyedBy: JSONKey.self, forKey: "additional_data")
        rateLimitReason = details?.value(String.self, "rate_limit_reason")
        // Documented as a string; a number means the same.
        retryAfter =
            details?.value(String.self, "retry_after").flatMap { Int($0) } ?? details?.value(Int.self, "retry_after")
    }

    var isBlocked: Bool { rateLimitReason == "public_api_request_blocked" }
}

extension NotionError {
    /// The error that an answer other than 200 stands for.
    init(_ response: IncomingResponse, subject: (kind: NotionObjectKind, id: String)) {
        let body = NotionErrorBody(response)
        switch (response.status, body) {
        case (400, let body?): self = .validation(code: body.code, message: body.message)
        case (401, _): self = .unauthorized
        case (403, let body?): self = .restricted(message: body.message)
        // A 404 of a proxy says nothing of the object.
        case (404, let body?) where body.code == "object_not_found": self = .notFound(subject.kind, id: subject.id)
        case (429, _):
            let retryAfter = RetryAfter.duration(in: response.head) ?? body?.retryAfter.map { .seconds($0) }
            self = .rateLimited(isBlocked: body?.isBlocked ?? false, retryAfter: retryAfter)
        default: self = .service(status: response.status, code: body?.code)
        }
    }
}

/// Says what is wrong with JSON without repeating its content.
enum JSONProblem {
    static func description(of error: any Error) -> String {
        switch error as? DecodingError {
        case .keyNotFound(let key, let context)?: "\(path(context.codingPath + [key])) is missing"
        case .typeMismatch(_, let context)?: "\(path(context.codingPath)) has another type"
        case .valueNotFound(_, let context)?: "\(path(context.codingPath)) is null"
        case .dataCorrupted(let context)? where context.codingPath.isEmpty: "it is not JSON"
        case .dataCorrupted(let context)?: "\(path(context.codingPath)): \(context.debugDescription)"
        default: "it cannot be read"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        let path = keys.reduce("") { path, key in
            if let index = key.intValue { return "\(path)[\(index)]" }
            return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
        }
        return path.isEmpty ? "the document" : path
    }
}
