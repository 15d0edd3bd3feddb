import Foundation
import Signing
import Testing

struct DigestTests {
    /// The examples of FIPS 180-2.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `SHA-256 gives the published digests`(message: String, digest: String) {
        #expect(Digest.hex(Digest.sha256(message)) == digest)
        #expect(Digest.sha256(Data(message.utf8)).count == 32)
    }

    @Test func `a slice of data is digested by its own bytes`() {
        let slice = Data("xxabcxx".utf8)[2..<5]
        #expect(Digest.sha256(slice) == Digest.sha256("abc"))
    }

    @Test func `hexadecimal text keeps every byte value`() {
        let bytes = Data(0...255)
        #expect(Digest.hex(bytes).hasPrefix("000102030405060708090a0b0c0d0e0f10"))
        #expect(Digest.bytes(hex: Digest.hex(bytes)) == bytes)
        #expect(Digest.bytes(hex: Digest.hex(bytes).uppercased()) == bytes)
    }

    @Test(arguments: ["0", "0g", "0x00", " 00", "é0"])
    func `text that is not hexadecimal has no bytes`(text: String) {
        #expect(Digest.bytes(hex: text) == nil)
    }
}
