package import Foundation
package import ReconcileModel
import Signing

/// The token of Notion's webhook handshake, which is the key of all later signatures. It prints as `<redacted>`.
package struct WebhookSecret: Equatable, Sendable {
    /// Tokens have 50 characters; a limit of our own keeps a stranger from storing more than a token.
    private static let lengths = 16...512

    private let text: String

    /// Nil where the text cannot be a token: too short, too long, or with characters that need quotes in a shell.
    package init?(_ text: String) {
        guard Self.lengths.contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else { return nil }
        self.text = text
    }

    /// Reads the variable `NOTION_WEBHOOK_SECRET`.
    ///
    /// - Returns: nil where it is not set, or empty.
    package static func read(_ environment: [String: String]) throws(Failure) -> WebhookSecret? {
        guard let text = environment["NOTION_WEBHOOK_SECRET"], !text.isEmpty else { return nil }
        guard let secret = WebhookSecret(text) else {
            throw Failure(
                code: "webhook_secret_invalid",
                message: "NOTION_WEBHOOK_SECRET is too short or too long for a token of Notion's, "
                    + "or holds characters that none has.",
                hint: "Copy the token again, without quotes and spaces; `reconcile webhook-token` shows it."
            )
        }
        return secret
    }

    /// The text itself, for the person who sets up the webhook and nobody else.
    package func reveal() -> String { text }

    /// Whether `signature`, as `X-Notion-Signature` has it, is ours over these very bytes.
    ///
    /// <https://developers.notion.com/reference/webhooks>
    package func verifies(signature: String, over body: Data) -> Bool {
        guard let code = Self.code(in: signature) else { return false }
        let expected = MessageAuthentication.hmacSHA256(key: Data(text.utf8), message: body)
        return MessageAuthentication.areEqualInConstantTime(code, expected)
    }

    /// Whether a body may have this signature.
    static func isSignature(_ text: String) -> Bool { code(in: text)?.count == 32 }

    private static func code(in signature: String) -> Data? {
        let scheme = "sha256="
        return signature.hasPrefix(scheme) ? Digest.bytes(hex: signature.dropFirst(scheme.count)) : nil
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "-_.~+/=".utf8.contains(byte)
        }
    }
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
