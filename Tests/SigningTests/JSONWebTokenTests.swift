import Foundation
import JSON
import Signing
import Testing

struct JSONWebTokenTests {
    private static let claims: JSON = [
        "iss": "reconcile@example-project.iam.gserviceaccount.com", "aud": "https://oauth2.googleapis.com/token",
        "iat": 1_795_543_200, "exp": 1_795_546_800,
    ]

    @Test func `a token carries its header and claims and is signed`() throws {
        let key = try RSAPrivateKey.generate()
        let compact = try JSONWebToken.signed(claims: Self.claims, keyID: "k1", by: key)
        let token = try #require(JSONWebToken(compact: compact))
        #expect([token.header.alg, token.header.typ, token.header.kid] == ["RS256", "JWT", "k1"])
        #expect(try JSONDecoder().decode(JSON.self, from: token.claims) == Self.claims)
        #expect(String(decoding: token.claims, as: UTF8.self).contains("https://oauth2"))
        #expect(token.isSigned(by: key.publicKey))
        #expect(!compact.contains("="))
    }

    @Test func `another key, other claims or another algorithm do not fit the signature`() throws {
        let (key, stranger) = (try RSAPrivateKey.generate(), try RSAPrivateKey.generate())
        let compact = try JSONWebToken.signed(claims: Self.claims, by: key)
        #expect(JSONWebToken(compact: compact)?.isSigned(by: stranger.publicKey) == false)
        var parts = compact.split(separator: ".").map(String.init)
        parts[1] = Base64URL.encode(Data(#"{"iss":"somebody else"}"#.utf8))
        #expect(JSONWebToken(compact: parts.joined(separator: "."))?.isSigned(by: key.publicKey) == false)
        parts[0] = Base64URL.encode(Data(#"{"alg":"none"}"#.utf8))
        let unsigned = Data("\(parts[0]).\(parts[1])".utf8)
        parts[2] = Base64URL.encode(try key.signature(of: unsigned))
        #expect(JSONWebToken(compact: parts.joined(separator: "."))?.isSigned(by: key.publicKey) == false)
    }

    @Test(arguments: ["", ".", "..", "a.b", "a.b.c", "e30.e30.", "e30.e30.AA==", "eyJhbGciOiJSUzI1NiJ9.e30"])
    func `text that is no token is not read`(text: String) {
        #expect(JSONWebToken(compact: text) == nil)
    }

    /// The first six are those of RFC 4648, section 10; the last shows both letters that differ.
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("foobar", "Zm9vYmFy"),
        ("\u{3ff}\u{3fe}~~~???>>>", "z7_Pvn5-fj8_Pz4-Pg"),
    ])
    func `base64url has its own alphabet and no padding`(text: String, encoded: String) {
        #expect(Base64URL.encode(Data(text.utf8)) == encoded)
        #expect(Base64URL.decode(encoded) == Data(text.utf8))
    }

    @Test(arguments: ["Zg==", "a+b/", "Zm9vY", "Zm 9v", "Zm9v\n"])
    func `other base64 is refused`(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }
}
