import Foundation
import Transport

/// What the body of an unsuccessful answer says, in Calendar's envelope or in that of the token endpoint.
///
/// Bodies may also be empty, HTML or anything else; then there is none.
struct ErrorAnswer: Hashable, Sendable {
    /// The reason of the first item, such as `rateLimitExceeded`, or what newer answers have instead; at the token endpoint the
    /// `error`.
    var reason: String
    var message: String

    /// Reasons of a 403 that pass by waiting, as 429 does; the last two as newer front ends write them.
    static let rateLimits: Set = [
        "rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED",
    ]

    init?(_ body: Data) {
        guard let envelope = try? ReceivedJSON.decode(Envelope.self, from: body) else { return nil }
        switch envelope.error {
        case .text(let error):
            (reason, message) = (error, envelope.errorDescription ?? "no description")
        case .details(let details):
            let first = details.errors?.first
            reason = first?.reason ?? details.details?.compactMap(\.reason).first ?? details.status ?? "unknown"
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

        /// Lists of items are read as far as they are such.
        struct Detail: Decodable {
            var reason: String?

            init(from decoder: any Decoder) throws {
                let values = try? decoder.container(keyedBy: CodingKeys.self)
                reason = try? values?.decode(String.self, forKey: .reason)
            }

            private enum CodingKeys: String, CodingKey {
                case reason
            }
        }

        var errors: [Item]?
        var message: String?
        /// Only in answers of the front end, as are `details`.
        var status: String?
        var details: [Detail]?
    }
}
