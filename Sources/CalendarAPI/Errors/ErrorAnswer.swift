import Foundation
import Transport

/// What the body of an unsuccessful answer says, in Calendar's envelope or in that of the token endpoint.
///
/// Bodies may also be empty, HTML or anything else; then there is none.
struct ErrorAnswer: Hashable, Sendable {
    /// The reason of the first item, such as `rateLimitExceeded`; at the token endpoint the `error`.
    var reason: String
    var message: String

    init?(_ body: Data) {
        guard let envelope = try? JSONDecoder().decode(Envelope.self, from: body) else { return nil }
        switch envelope.error {
        case .text(let error):
            (reason, message) = (error, envelope.errorDescription ?? "no description")
        case .details(let details):
            let first = details.errors?.first
            reason = first?.reason ?? details.status ?? "unknown"
            message = details.message ?? first?.message ?? "no message"
        }
        (reason, message) = (Redaction.redacted(reason), Redaction.redacted(message))
    }
}

private struct Envelope: Decodable {
    var error: Content
    var errorDescription: String?

    enum CodingKeys: String, CodingKey {
        case error
        case errorDescription = "error_description"
    }

    enum Content: Decodable {
        case text(String)
        case details(Details)

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                self = .text(text)
            } else {
                self = .details(try Details(from: decoder))
            }
        }
    }

    struct Details: Decodable {
        struct Item: Decodable {
            var reason: String?
            var message: String?
        }

        var errors: [Item]?
        var message: String?
        /// Only in answers of the front end.
        var status: String?
    }
}
