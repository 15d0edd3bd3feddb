import Foundation
import Signing
import Synchronization
import Testing
import Transport

@testable import CalendarAPI

/// A service account, a clock that moves by hand, and a token endpoint that always answers.
struct World {
    static let account = "reconcile@example-project.iam.gserviceaccount.com"
    /// Made once: a key of this size takes a while.
    static let signingKey = Result { try RSAPrivateKey.generate() }

    let clock = ManualClock()

    static func key(tokenURI: String = "https://oauth2.googleapis.com/token") throws -> ServiceAccountKey {
        try ServiceAccountKey(json: try keyFile(["token_uri": tokenURI]), source: "key.json")
    }

    /// A key file in which some fields are replaced; nil leaves one out.
    static func keyFile(_ changes: [String: Any?] = [:]) throws -> Data {
        var fields: [String: Any] = [
            "type": "service_account",
            "private_key_id": "0123456789abcdef",
            "private_key": try signingKey.get().pem(),
            "client_email": account,
            "token_uri": "https://oauth2.googleapis.com/token",
        ]
        for (name, value) in changes { fields[name] = value }
        return try JSONSerialization.data(withJSONObject: fields)
    }

    func tokens(_ transport: any HTTPTransport, impersonate: String? = nil) throws -> AccessTokenSource {
        let clock = clock
        return AccessTokenSource(
            key: try Self.key(),
            impersonate: impersonate,
            transport: transport,
            now: { clock.seconds }
        )
    }

    /// A client whose tokens are `token-0`, `token-1` …
    func client(_ transport: any HTTPTransport, pauses: Pauses = Pauses()) throws -> CalendarClient {
        let tokens = ScriptedTransport { _, number in
            .success(.json(200, #"{"access_token":"token-\#(number)","expires_in":3599,"token_type":"Bearer"}"#))
        }
        return CalendarClient(
            baseURL: try #require(URL(string: "https://www.googleapis.com")),
            tokens: try self.tokens(tokens),
            transport: transport,
            retry: pauses.retry
        )
    }
}

/// Seconds since 1970, moved by tests alone.
final class ManualClock: Sendable {
    private let time = Mutex(1_794_268_800)

    var seconds: Int { time.withLock { $0 } }
    func advance(by seconds: Int) { time.withLock { $0 += seconds } }
}

/// A clock whose sleeps end at once, and are kept.
final class Pauses: Clock {
    struct Instant: InstantProtocol {
        var offset = Duration.zero
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let state = Mutex<(now: Instant, log: [Duration])>((Instant(), []))
    private let isCancelling: Bool

    /// - Parameter isCancelling: every sleep ends as if the task had been cancelled.
    init(isCancelling: Bool = false) { self.isCancelling = isCancelling }

    var log: [Duration] { state.withLock { $0.log } }
    var now: Instant { state.withLock { $0.now } }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        state.withLock { state in
            state.log.append(state.now.duration(to: deadline))
            state.now = deadline
        }
        if isCancelling { throw CancellationError() }
    }

    /// Waits the whole backoff: half a second, then twice as long each time.
    var retry: CallRetry { CallRetry(clock: self, random: { 1 }) }
}
