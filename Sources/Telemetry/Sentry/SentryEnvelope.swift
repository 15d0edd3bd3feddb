import Foundation
import JSON

/// A report as it goes over the wire: https://develop.sentry.dev/sdk/data-model/envelopes/
struct SentryEnvelope: Sendable {
    /// What Sentry limits separately.
    enum Category: String, Sendable {
        case error, transaction
    }

    let category: Category
    /// 32 hexadecimal digits.
    let eventID: String
    let payload: JSON

    /// - Parameter time: when it is sent.
    func body(sentAt time: Instant) -> Data {
        let header = JSON.object([
            "event_id": .string(eventID), "sent_at": .string(time.rfc3339), "sdk": SentryClient.json,
        ])
        let body = payload.line
        let type = category == .error ? "event" : "transaction"
        let item = JSON.object([
            "type": .string(type), "content_type": "application/json", "length": .integer(body.utf8.count),
        ])
        return Data("\(header.line)\n\(item.line)\n\(body)\n".utf8)
    }
}

/// How we present ourselves. The version is that of this client, not of the program, which is the release.
enum SentryClient {
    static let name = "reconcile.swift"
    static let version = "1.0.0"

    static var json: JSON { ["name": .string(name), "version": .string(version)] }
}
