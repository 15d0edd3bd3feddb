import Foundation
import Logging
import ReconcileModel
import Telemetry
import TestSupport
import Testing
import Transport

struct SecretFilterTests {
    private static let key = """
        {"type":"service_account","private_key":"-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\\n\
        c2Vjb25kIGxpbmUgb2YgdGhlIGtleQ==\\n-----END PRIVATE KEY-----\\n"}
        """
    private let filter = SecretFilter(environment: [
        "NOTION_API_KEY": "plain-looking-key", "RECONCILE_API_TOKEN": "plain-looking-key-that-is-longer",
        "NOTION_WEBHOOK_SECRET": "short", "GOOGLE_SERVICE_ACCOUNT": key, "TIMEZONE": "America/Phoenix",
    ])

    @Test(arguments: [
        ("the key plain-looking-key is wrong", "the key <redacted> is wrong"),
        ("plain-looking-key-that-is-longer", "<redacted>"),
        ("line MIIEvQIBADANBgkqhkiG9w0BAQEFAASC of it", "line <redacted> of it"),
        ("Authorization: Bearer unknown-token", "<redacted>"),
        ("token ya29.a0Af-xyz of Google", "token <redacted> of Google"),
        ("short words of America/Phoenix stay", "short words of America/Phoenix stay"),
    ])
    func `known secrets and what looks like one are taken out`(text: String, masked: String) {
        #expect(filter.masked(text) == masked)
    }

    @Test func `the path of a key file stays, the key in it does not`() {
        let filter = SecretFilter(
            environment: ["GOOGLE_SERVICE_ACCOUNT": "/etc/reconcile/key.json"],
            keyFile: Data(Self.key.utf8)
        )
        let text = "/etc/reconcile/key.json has c2Vjb25kIGxpbmUgb2YgdGhlIGtleQ=="
        #expect(filter.masked(text) == "/etc/reconcile/key.json has <redacted>")
    }

    @Test func `what is noted while it is used is taken out, whatever its variable is called`() {
        let known = KnownSecrets()
        let filter = SecretFilter(
            environment: ["NOTION_API_KEY": "plain-looking", "FILM": "own-and-plain"],
            known: known
        )
        #expect(filter.masked("own-and-plain") == "own-and-plain")
        known.note(Secret("own-and-plain"))
        known.note(Secret("plain-looking-and-longer"))
        known.note(Secret("short"))
        known.note(keyFile: Data(Self.key.utf8))
        #expect(filter.masked("own-and-plain, a short plain-looking-and-longer") == "<redacted>, a short <redacted>")
        #expect(filter.masked("c2Vjb25kIGxpbmUgb2YgdGhlIGtleQ==") == "<redacted>")
    }

    @Test func `no line has a secret, whichever part of it that is in`() {
        let lines = Lines()
        for logger in [lines.jsonLogger(filter), lines.consoleLogger(filter)] {
            logger.error(
                "sent Authorization: Bearer abc.def",
                metadata: ["a": ["plain-looking-key", ["b": "Bearer abc.def"]], "c": .stringConvertible(Text())]
            )
        }
        #expect(lines.all.count == 2)
        for line in lines.all {
            #expect(!line.contains("abc.def") && !line.contains("plain-looking") && line.contains("<redacted>"))
        }
    }

    private struct Text: CustomStringConvertible, Sendable {
        let description = "plain-looking-key"
    }

    @Test func `lines of requests have no token and say whose they are`() async throws {
        let lines = Lines()
        for logger in [lines.jsonLogger(), lines.consoleLogger()] {
            let end = FarEnd([.success(.status(503, body: "Bearer very-secret-token")), .success(.status(200))])
            let transport = RetryingTransport(
                end,
                api: "notion",
                bucket: TokenBucket(ratePerSecond: 0, burst: 1),
                counter: RequestCounter(),
                instruments: Instruments(clock: ManualClock(), random: { 0.5 }, logger: logger)
            )
            _ = try await WorkContext.with({ ($0.organization, $0.run) = ("acm", RunID(rawValue: 7)) }) {
                try await transport.send(.post())
            }
        }
        #expect(lines.all.count == 6)
        for line in lines.all {
            #expect(!line.contains("very-secret-token") && !line.lowercased().contains("bearer"))
            #expect(line.contains(#""organization":"acm""#) || line.contains(" organization=acm "))
            #expect(line.contains(#""run":"7""#) || line.contains(" run=7 "))
        }
    }
}
