import Foundation
import ReconcileModel
import Signing
import Testing

@testable import CalendarAPI

/// Key files, good and bad.
struct ServiceAccountKeyTests {
    @Test func `a key file is read`() throws {
        let key = try ServiceAccountKey(json: try World.keyFile(), source: "key.json")
        #expect(key.clientEmail == World.account)
        #expect(key.keyID == "0123456789abcdef")
        #expect(key.tokenURI.absoluteString == "https://oauth2.googleapis.com/token")
    }

    @Test func `line ends may be written out`() throws {
        let pem = try World.signingKey.get().pem().replacingOccurrences(of: "\n", with: "\\n")
        let key = try ServiceAccountKey(json: try World.keyFile(["private_key": pem]), source: "key.json")
        let message = Data("x".utf8)
        #expect(try key.privateKey.signature(of: message) == World.signingKey.get().signature(of: message))
    }

    @Test(arguments: ["http://127.0.0.1:8080/token", "http://localhost/token", "http://[::1]:9/token"])
    func `plain http is for this machine`(uri: String) throws {
        #expect(try World.key(tokenURI: uri).tokenURI.absoluteString == uri)
    }

    @Test(arguments: [
        (Bad.text("not json"), "it is not JSON"), (.text(""), "it is not JSON"),
        (.text("[1]"), "it is not a JSON object"),
        (.text("\"/etc/key.json\""), "it is not a JSON object"),
        (.fields(["type": "authorized_user"]), "a user's credentials (authorized_user)"),
        (.fields(["type": "external_account"]), "its type is \"external_account\""),
        (.text(#"{"installed":{"client_id":"x"}}"#), "an OAuth client file"),
        (.text(#"{"web":{"client_id":"x"}}"#), "an OAuth client file"),
        (.without("client_email"), "it has no client_email"), (.without("private_key"), "it has no private_key"),
        (.without("token_uri"), "it has no token_uri"),
        (.fields(["client_email": ""]), "its client_email is not a text"),
        (.fields(["private_key": "hunter2"]), "its private_key: it is not PEM text"),
        (
            .fields(["private_key": "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n"]),
            "its private_key:"
        ),
        (.fields(["token_uri": "http://oauth2.googleapis.com/token"]), "must begin with https://"),
        (.fields(["token_uri": "http://127.0.0.1.example.org/"]), "must begin with https://"),
        (.fields(["token_uri": "ftp://x/y"]), "must begin with https://"),
        (.fields(["token_uri": "https://user:hunter2@x/"]), "its token_uri is not an address"),
        (.fields(["token_uri": "nonsense"]), "its token_uri is not an address"),
    ])
    func `a bad key file is explained, and nothing of it shown`(bad: Bad, message: String) throws {
        let failure = #expect(throws: Failure.self) {
            try ServiceAccountKey(json: try bad.data(), source: "keys/acm.json")
        }
        #expect(failure?.code == "google_key_invalid")
        #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
        #expect(failure?.message.contains("keys/acm.json") == true)
        #expect(failure?.description.contains("hunter2") == false)
    }

    @Test func `a key prints no more than its account`() throws {
        let key = try World.key()
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] { #expect(!text.contains("PRIVATE KEY")) }
        #expect("\(key)" == "service account \(World.account)")
    }

    /// Something that is not a usable key file.
    enum Bad: Sendable {
        case text(String)
        case fields([String: String])
        case without(String)

        func data() throws -> Data {
            switch self {
            case .text(let text): Data(text.utf8)
            case .fields(let fields): try World.keyFile(fields)
            case .without(let name): try World.keyFile([name: nil])
            }
        }
    }
}
