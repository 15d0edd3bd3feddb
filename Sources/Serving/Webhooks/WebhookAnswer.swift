/// What is answered to a request at the webhook's address.
///
/// Notion repeats a delivery, up to eight times within a day, until it is answered with 200.
package enum WebhookAnswer: String, CaseIterable, Sendable {
    /// A sync will follow.
    case accepted
    /// Signed, and no business of ours.
    case ignored
    /// Accepted before.
    case repeated
    /// A signed handshake, while a secret is set: there is nothing to keep.
    case handshake
    /// The token of a handshake is kept for a person to look at.
    case tokenKept = "token_kept"
    /// Not signed with the secret.
    case forged
    /// A delivery before a secret is set. Not 503: strangers shall not be able to make the service look broken, and Notion
    /// repeats the delivery all the same.
    case unverifiable
    /// Another token is kept already.
    case tokenRefused = "token_refused"
    /// Signed, but no delivery.
    case malformed
    case tooLarge = "too_large"
    /// The token could not be kept.
    case tokenLost = "token_lost"

    package var status: Int {
        switch self {
        case .accepted, .ignored, .repeated, .handshake, .tokenKept: 200
        case .malformed: 400
        case .forged: 401
        case .unverifiable, .tokenRefused: 403
        case .tooLarge: 413
        case .tokenLost: 500
        }
    }

    /// For the body of the answer; strangers may read it.
    package var message: String {
        switch self {
        case .accepted: "Accepted."
        case .ignored: "Accepted; nothing to do."
        case .repeated: "Accepted before."
        case .handshake, .tokenKept: "Verification token received."
        case .forged: "The signature is missing or wrong."
        case .unverifiable: "Deliveries cannot be verified yet."
        case .tokenRefused: "A verification token was received before."
        case .malformed: "This is no delivery of Notion's."
        case .tooLarge: "This is larger than any delivery."
        case .tokenLost: "The verification token could not be kept."
        }
    }
}
