import Foundation
import HTTPTypes
import ReconcileModel
import Serving
import Signing
import Synchronization
import TestSupport
import Testing

struct WebhookReceiverTests {
    private static let token = "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"
    private static let other = "secret_0000000000000000000000000000000000000000000"
    private static let delivery = Data(#"{"id":"1","type":"page.created","entity":{"id":"\#(PageID.number(1))"}}"#.utf8)

    private let folder: TemporaryFolder
    private let file: WebhookTokenFile
    private let log = RecordedLog()
    private let accepted = Accepted()

    /// Deliveries that reached the queue.
    private final class Accepted: Sendable {
        private let state = Mutex((types: [String](), reception: WebhookQueue.Reception.queued))
        var types: [String] { state.withLock(\.types) }
        func answer(_ reception: WebhookQueue.Reception) { state.withLock { $0.reception = reception } }
        func add(_ delivery: NotionDelivery) -> WebhookQueue.Reception {
            state.withLock { state in
                state.types.append(delivery.type)
                return state.reception
            }
        }
    }

    init() throws {
        folder = try TemporaryFolder()
        file = WebhookTokenFile(statePath: folder.file("state.db"))
    }

    private func receiver(secret: String? = token) -> WebhookReceiver {
        let accepted = accepted
        return WebhookReceiver(
            keys: { WebhookKeys(shared: secret.flatMap { WebhookSecret($0) }, [], [:]) },
            tokenFile: file,
            logger: log.logger,
            accept: { delivery, _ in accepted.add(delivery) }
        )
    }

    private func handshake(_ token: String) -> Data { Data("{\"verification_token\":\"\(token)\"}".utf8) }

    private func signed(_ body: Data, with key: String = token) throws -> HTTPFields {
        let code = MessageAuthentication.hmacSHA256(key: Data(key.utf8), message: body)
        let name = try #require(HTTPField.Name("x-notion-signature"))
        return [name: "sha256=\(Digest.hex(code))"]
    }

    @Test(arguments: [
        (WebhookQueue.Reception.queued, WebhookAnswer.accepted), (.repeated, .repeated), (.ignored, .ignored),
    ])
    func `a signed delivery reaches the queue`(reception: WebhookQueue.Reception, answer: WebhookAnswer) throws {
        accepted.answer(reception)
        #expect(try receiver().answer(signed(Self.delivery), Self.delivery) == answer)
        #expect(answer.status == 200)
        #expect(accepted.types == ["page.created"] && log.lines.isEmpty)
    }

    @Test func `a forged delivery is refused, whatever it says`() throws {
        let receiver = receiver()
        var twice = try signed(Self.delivery)
        if let name = HTTPField.Name("X-Notion-Signature") { twice.append(HTTPField(name: name, value: "sha256=00")) }
        let attempts: [(HTTPFields, Data)] = [
            ([:], Self.delivery), (try signed(Self.delivery, with: Self.other), Self.delivery),
            (try signed(Self.delivery), Self.delivery + Data(" ".utf8)), (try signed(Self.delivery), Data()),
            (twice, Self.delivery), ([:], handshake(Self.token)), ([:], handshake(Self.other)),
            (try signed(handshake(Self.other), with: Self.other), handshake(Self.other)),
        ]
        for (fields, body) in attempts { #expect(receiver.answer(fields, body) == .forged) }
        #expect(WebhookAnswer.forged.status == 401)
        #expect(try accepted.types.isEmpty && folder.names().isEmpty)
        #expect(log.lines.count == 4, "the 1st, 2nd, 4th and 8th")
        #expect(log.lines.allSatisfy { !$0.contains("secret_") })
    }

    @Test func `a signed handshake is answered while a secret is set, and not kept`() throws {
        let body = handshake(Self.token)
        #expect(try receiver().answer(signed(body), body) == .handshake)
        #expect(WebhookAnswer.handshake.status == 200)
        #expect(try folder.names().isEmpty && accepted.types.isEmpty && log.lines.isEmpty)
    }

    @Test(arguments: ["", "{}", "[1]", "no JSON"])
    func `what is signed and yet no delivery is malformed`(text: String) throws {
        let body = Data(text.utf8)
        #expect(try receiver().answer(signed(body), body) == .malformed)
    }

    @Test func `without a secret a token is kept, and a notice says which command shows it`() throws {
        let receiver = receiver(secret: nil)
        let body = handshake(Self.token)
        #expect(try receiver.answer(signed(body), body) == .tokenKept)
        #expect(receiver.answer([:], body) == .tokenKept)
        #expect(try file.read()?.token.reveal() == Self.token)
        #expect(log.lines.count == 1)
        #expect(log.lines.first?.hasPrefix("notice: A verification token") == true)
        #expect(log.lines.first?.contains("reconcile webhook-token") == true)
        #expect(log.lines.allSatisfy { !$0.contains("secret_") })
    }

    @Test func `a second token does not replace the first, until a person removes it`() throws {
        let receiver = receiver(secret: nil)
        #expect(receiver.answer([:], handshake(Self.token)) == .tokenKept)
        #expect(receiver.answer([:], handshake(Self.other)) == .tokenRefused)
        #expect(WebhookAnswer.tokenRefused.status == 403)
        #expect(try file.read()?.token.reveal() == Self.token)
        #expect(log.lines.last?.contains("reconcile webhook-token --forget") == true)
        #expect(try file.remove())
        #expect(receiver.answer([:], handshake(Self.other)) == .tokenKept)
        #expect(log.lines.allSatisfy { !$0.contains("secret_") })
    }

    @Test func `a kept token verifies nothing`() throws {
        let receiver = receiver(secret: nil)
        #expect(receiver.answer([:], handshake(Self.token)) == .tokenKept)
        #expect(try receiver.answer(signed(Self.delivery), Self.delivery) == .unverifiable)
        #expect(WebhookAnswer.unverifiable.status == 403)
        #expect(accepted.types.isEmpty)
        #expect(log.lines.last?.contains("NOTION_WEBHOOK_SECRET") == true)
    }

    @Test func `a handshake that is garbled is refused`() throws {
        let receiver = receiver(secret: nil)
        #expect(try receiver.answer(signed(handshake(Self.token), with: Self.other), handshake(Self.token)) == .forged)
        #expect(receiver.answer([:], handshake("short")) == .malformed)
        #expect(receiver.answer([:], handshake("secret with spaces in it")) == .malformed)
        #expect(receiver.answer([:], handshake(String(repeating: "a", count: 5000))) == .unverifiable)
        #expect(receiver.answer([:], Data("{\"verification_token\":7}".utf8)) == .unverifiable)
        #expect(try folder.names().isEmpty)
    }

    @Test func `a token that cannot be kept is an error in the log, without the token`() throws {
        try FileManager.default.createDirectory(atPath: file.path, withIntermediateDirectories: false)
        #expect(receiver(secret: nil).answer([:], handshake(Self.token)) == .tokenLost)
        #expect(log.lines.count == 1 && log.lines.first?.hasPrefix("error: The file \(file.path)") == true)
        #expect(log.lines.allSatisfy { !$0.contains("secret_") })
    }

    @Test(arguments: [nil, token])
    func `a huge body is not looked at`(secret: String?) throws {
        let body = Data(count: WebhookReceiver.largestBody + 1)
        #expect(receiver(secret: secret).answer([:], body) == .tooLarge)
    }

    @Test func `strangers cannot fill the log, and a delivery starts the count anew`() throws {
        let receiver = receiver()
        for _ in 0..<1000 { _ = receiver.answer([:], Self.delivery) }
        #expect(log.lines.count == 10)
        #expect(log.lines.last?.hasSuffix("refused=512") == true)
        #expect(try receiver.answer(signed(Self.delivery), Self.delivery) == .accepted)
        _ = receiver.answer([:], Self.delivery)
        #expect(log.lines.last?.hasSuffix("refused=1") == true)
    }

    @Test func `answers have a status, a word and a sentence`() {
        for answer in WebhookAnswer.allCases {
            #expect([200, 400, 401, 403, 413, 500].contains(answer.status))
            #expect(answer.message.hasSuffix(".") && !answer.rawValue.contains(" "))
        }
    }

    // MARK: - Several workspaces

    private func keys(_ environment: [String: String]) -> WebhookKeys {
        let place = SourceLocation(file: "film.yaml", line: 1, column: 1)
        var film = Organization.sample("film")
        film.credentials.webhook = Credentials.Variable("FILM_SECRET", source: place)
        return WebhookKeys(shared: WebhookSecret(Self.token), [.sample(), film], environment)
    }

    private func receiver(_ environment: [String: String], _ heard: Heard) -> WebhookReceiver {
        let keys = keys(environment)
        return WebhookReceiver(keys: { keys }, tokenFile: file, logger: log.logger) { _, prefixes in
            heard.add(prefixes)
            return .queued
        }
    }

    /// Of which organizations deliveries spoke.
    private final class Heard: Sendable {
        private let state = Mutex<[Set<String>]>([])
        var prefixes: [Set<String>] { state.withLock { $0 } }
        func add(_ prefixes: Set<String>) { state.withLock { $0.append(prefixes) } }
    }

    @Test func `a delivery counts for the organizations of its secret only`() throws {
        let heard = Heard()
        let receiver = receiver(["FILM_SECRET": Self.other], heard)
        #expect(try receiver.answer(signed(Self.delivery), Self.delivery) == .accepted)
        #expect(try receiver.answer(signed(Self.delivery, with: Self.other), Self.delivery) == .accepted)
        #expect(heard.prefixes == [["acm"], ["film"]])
    }

    @Test func `a secret that two share speaks for both`() throws {
        let heard = Heard()
        let receiver = receiver(["FILM_SECRET": Self.token], heard)
        #expect(try receiver.answer(signed(Self.delivery), Self.delivery) == .accepted)
        #expect(heard.prefixes == [["acm", "film"]])
    }

    @Test func `while a secret is still to be set, the token of its handshake is kept`() throws {
        let heard = Heard()
        let body = handshake(Self.other)
        #expect(receiver(["FILM_SECRET": Self.other], heard).answer([:], body) == .forged)
        #expect(receiver([:], heard).answer([:], body) == .tokenKept)
        #expect(try file.read()?.token == WebhookSecret(Self.other))
        // What is no handshake is forged all the same.
        #expect(try receiver([:], heard).answer(signed(Self.delivery, with: Self.other), Self.delivery) == .forged)
        #expect(heard.prefixes.isEmpty)
    }
}
