import Foundation
import Signing
import Testing

struct RSAKeyTests {
    @Test(arguments: ["rsa-pkcs8.pem", "rsa-pkcs1.pem"])
    func `a key in either form makes the signature that openssl made`(file: String) throws {
        let key = try RSAPrivateKey(pem: Fixture.text(file))
        let expected = try #require(Data(base64Encoded: Fixture.text("message.signature.base64")))
        #expect(try key.signature(of: Fixture.data("message.txt")) == expected)
        #expect(key.publicKey.isValid(expected, for: try Fixture.data("message.txt")))
    }

    @Test func `line ends that are written out are line ends`() throws {
        let text = try Fixture.text("rsa-pkcs8.pem")
        let key = try RSAPrivateKey(pem: text)
        for written in ["\\n", "\\r\\n", "\r\n"] {
            let other = try RSAPrivateKey(pem: text.replacingOccurrences(of: "\n", with: written))
            #expect(try other.pem() == key.pem())
        }
    }

    @Test func `a key is written as PKCS#8 and read again`() throws {
        let text = try RSAPrivateKey(pem: Fixture.text("rsa-pkcs1.pem")).pem()
        #expect(try text == Fixture.text("rsa-pkcs8.pem"))
    }

    @Test(arguments: [
        ("", "it is not PEM text (no BEGIN line)"),
        ("not a key", "it is not PEM text (no BEGIN line)"),
        ("/etc/key.pem", "it is not PEM text (no BEGIN line)"),
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "it is damaged, or not a private key"),
        ("-----BEGIN PRIVATE KEY-----\n", "it is damaged, or not a private key"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "it is damaged, or not a private key"),
    ])
    func `text that is no key is refused with a reason`(text: String, reason: String) {
        #expect(throws: SigningError.invalidKey(reason: reason)) { try RSAPrivateKey(pem: text) }
    }

    @Test(arguments: [
        ("rsa-encrypted.pem", "it is protected by a passphrase"),
        ("rsa-encrypted-pkcs1.pem", "it is protected by a passphrase"),
        ("ec-pkcs8.pem", "it is not an RSA key"),
        ("rsa-public.pem", "it is damaged, or not a private key"),
    ])
    func `a key of another kind is refused with a reason`(file: String, reason: String) throws {
        let text = try Fixture.text(file)
        #expect(throws: SigningError.invalidKey(reason: reason)) { try RSAPrivateKey(pem: text) }
    }

    @Test func `a key that was cut is refused`() throws {
        let text = try Fixture.text("rsa-pkcs8.pem")
        for length in stride(from: 30, to: text.count - 60, by: 97) {
            #expect(throws: SigningError.self) { try RSAPrivateKey(pem: String(text.prefix(length))) }
        }
    }

    @Test func `only the signer's key and the signed message fit a signature`() throws {
        let message = Data("to be signed".utf8)
        let (key, stranger) = (try RSAPrivateKey.generate(), try RSAPrivateKey.generate())
        let signature = try key.signature(of: message)
        #expect(signature.count == 256)
        #expect(key.publicKey.isValid(signature, for: message))
        #expect(!stranger.publicKey.isValid(signature, for: message))
        #expect(!key.publicKey.isValid(signature, for: Data("to be signeD".utf8)))
        #expect(!key.publicKey.isValid(signature.dropLast(), for: message))
        #expect(!key.publicKey.isValid(Data(), for: message))
    }

    @Test func `a public key checks what its private key signs`() throws {
        let published = try RSAPublicKey(pem: Fixture.text("rsa-public.pem"))
        let key = try RSAPrivateKey(pem: Fixture.text("rsa-pkcs8.pem"))
        #expect(published.isValid(try key.signature(of: Data()), for: Data()))
        #expect(try key.publicKey.pem() == Fixture.text("rsa-public.pem"))
    }

    @Test func `a key of too few bits is not made`() {
        #expect(throws: SigningError.failed(operation: "generate an RSA key of 8 bits")) {
            try RSAPrivateKey.generate(bits: 8)
        }
    }

    @Test func `a key shows nothing of itself`() throws {
        let key = try RSAPrivateKey(pem: Fixture.text("rsa-pkcs8.pem"))
        #expect("\(key)" == "RSA private key of 2048 bits")
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!dumped.contains("PRIVATE KEY"))
    }

    @Test func `many tasks sign with one key at once`() async throws {
        let key = try RSAPrivateKey.generate()
        let expected = try key.signature(of: Data("m".utf8))
        try await withThrowingTaskGroup { group in
            for _ in 0..<50 { group.addTask { try key.signature(of: Data("m".utf8)) } }
            for try await signature in group { #expect(signature == expected) }
        }
    }
}
