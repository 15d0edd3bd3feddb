package import Foundation
package import HTTPTypes
package import Logging
import ReconcileModel
import Transport
import Synchronization

/// Decides what to answer to a request at the webhook's address, and hands on what is worth a sync.
///
/// With secrets, only what is signed with one counts, and for its organizations only. Where one is missing, the token of a handshake
/// is kept in a file for a person to look at. It is not taken for the secret by itself: anybody can send one, and only
/// Notion's own page can tell whether it is Notion's. The first token stays until a person removes the file, so a later
/// one does not replace, unseen, one that was just being copied.
package struct WebhookReceiver: Sendable {
    /// Deliveries take about a kilobyte.
    package static let largestBody = 64 << 10
    private static let largestHandshake = 4096

    private let keys: @Sendable () -> WebhookKeys
    private let tokenFile: WebhookTokenFile
    private let accept: @Sendable (NotionDelivery, Set<String>) -> WebhookQueue.Reception
    private let logger: Logger
    private let refusals = RefusalCount()

    /// - Parameters:
    ///   - keys: those of now: declarations change.
    ///   - accept: gets a delivery, and the organizations that it may speak of.
    package init(
        keys: @escaping @Sendable () -> WebhookKeys,
        tokenFile: WebhookTokenFile,
        logger: Logger,
        accept: @escaping @Sendable (NotionDelivery, Set<String>) -> WebhookQueue.Reception
    ) {
        (self.keys, self.tokenFile, self.logger, self.accept) = (keys, tokenFile, logger, accept)
    }

    /// How many bytes of the body are needed to answer; 0: it is refused whatever the body is.
    package func bodyLimit(_ fields: HTTPFields) -> Int {
        let keys = keys()
        guard !keys.isEmpty else { return Self.largestHandshake }
        if Self.signature(in: fields).map(WebhookSecret.isSignature) == true { return Self.largestBody }
        return keys.isIncomplete ? Self.largestHandshake : 0
    }

    /// - Parameters:
    ///   - body: the very bytes that arrived, which are what is signed; of those that are not needed, none.
    ///   - client: its address, for the log.
    package func answer(_ fields: HTTPFields, _ body: Data, client: String? = nil) -> WebhookAnswer {
        guard body.count <= Self.largestBody else { return .tooLarge }
        let signature = Self.signature(in: fields)
        let answer = self.answer(body, signature, keys())
        if answer.status == 401 || answer.status == 403 { tell(answer, client) }
        return answer
    }

    private static func signature(in fields: HTTPFields) -> String? {
        HTTPField.Name("X-Notion-Signature").flatMap { fields[$0] }
    }

    private func answer(_ body: Data, _ signature: String?, _ keys: WebhookKeys) -> WebhookAnswer {
        guard !keys.isEmpty else { return answerUnverified(body, signature) }
        guard let signature, let prefixes = keys.prefixes(signature: signature, over: body) else {
            // Of a workspace whose secret is still to be set.
            let isHandshake = keys.isIncomplete && Self.token(in: body) != nil
            return isHandshake ? answerUnverified(body, signature) : .forged
        }
        refusals.reset()
        guard let delivery = NotionDelivery(body) else {
            return Self.token(in: body) == nil ? .malformed : .handshake
        }
        return switch accept(delivery, prefixes) {
        case .queued: .accepted
        case .repeated: .repeated
        case .ignored: .ignored
        }
    }

    private func answerUnverified(_ body: Data, _ signature: String?) -> WebhookAnswer {
        guard body.count <= Self.largestHandshake, let text = Self.token(in: body) else { return .unverifiable }
        guard let token = WebhookSecret(text) else { return .malformed }
        // It is signed with the very token it brings: that proves nothing about the sender, but finds what was garbled.
        if let signature, !token.verifies(signature: signature, over: body) { return .forged }
        do throws(Failure) {
            switch try tokenFile.store(token) {
            case .stored: logger.notice("\(Self.arrival)")
            case .known: break
            case .occupied: return .tokenRefused
            }
            return .tokenKept
        } catch {
            logger.error("\(error)")
            return .tokenLost
        }
    }

    private static let arrival: Logger.Message =
        "A verification token for Notion's webhook arrived. `reconcile webhook-token` shows it, and what to do with it."

    private static func token(in body: Data) -> String? {
        (try? ReceivedJSON.decode(DeliveryMessage.self, from: body))?.verificationToken
    }

    /// Anybody can be refused, as often as they like; the log must not fill up with it.
    private func tell(_ answer: WebhookAnswer, _ client: String?) {
        guard let count = refusals.next() else { return }
        var metadata: Logger.Metadata = ["refused": .stringConvertible(count)]
        if let client { metadata["client"] = "\(client)" }
        switch answer {
        case .forged:
            logger.warning(
                """
                A request at the webhook's address was refused: its signature is missing or wrong. If Notion sent it, \
                NOTION_WEBHOOK_SECRET is not the token of this subscription.
                """,
                metadata: metadata
            )
        case .tokenRefused:
            logger.warning(
                """
                Another verification token for Notion's webhook arrived and was refused, because one is kept already. \
                To take a new one, run `reconcile webhook-token --forget` and let Notion send it again.
                """,
                metadata: metadata
            )
        default:
            logger.warning(
                """
                A request at the webhook's address was refused: without NOTION_WEBHOOK_SECRET it cannot be told whether \
                Notion sent it. `reconcile webhook-token` tells how to set it up.
                """,
                metadata: metadata
            )
        }
    }
}

/// Counts refusals since the last request that was not refused, and says of which the log is to tell: the 1st, 2nd, 4th, …
private final class RefusalCount: Sendable {
    private let count = Mutex(0)

    func reset() { count.withLock { $0 = 0 } }

    /// The number of the refusal, where the log is to tell of it.
    func next() -> Int? {
        count.withLock { count in
            count &+= 1
            return count > 0 && count & (count - 1) == 0 ? count : nil
        }
    }
}
