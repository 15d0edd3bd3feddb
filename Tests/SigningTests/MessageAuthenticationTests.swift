import Foundation
import Signing
import Testing

struct MessageAuthenticationTests {
    struct Example: CustomTestStringConvertible {
        var testDescription: String
        var key: Data
        var message: Data
        var code: String
    }

    /// The test cases of RFC 4231, without the truncated one.
    static let published = [
        Example(
            testDescription: "case 1",
            key: Data(repeating: 0x0b, count: 20),
            message: Data("Hi There".utf8),
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        Example(
            testDescription: "case 2: a short key",
            key: Data("Jefe".utf8),
            message: Data("what do ya want for nothing?".utf8),
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        Example(
            testDescription: "case 3",
            key: Data(repeating: 0xaa, count: 20),
            message: Data(repeating: 0xdd, count: 50),
            code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        Example(
            testDescription: "case 4",
            key: Data(1...25),
            message: Data(repeating: 0xcd, count: 50),
            code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        Example(
            testDescription: "case 6: a key longer than a block",
            key: Data(repeating: 0xaa, count: 131),
            message: Data("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ]

    @Test(arguments: published)
    func `codes are the published ones`(example: Example) {
        let code = MessageAuthentication.hmacSHA256(key: example.key, message: example.message)
        #expect(Digest.hex(code) == example.code)
    }

    @Test func `the example of Notion's documentation is signed as it says`() {
        let token = "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"
        let body = #"{"verification_token":"\#(token)"}"#
        let code = MessageAuthentication.hmacSHA256(key: Data(token.utf8), message: Data(body.utf8))
        #expect(Digest.hex(code) == "461e8cbcba8a75c3edd866f0e71280f5a85cbf21eff040ebd10fe266df38a735")
    }

    @Test func `an empty key and an empty message have a code`() {
        // As the hmac module of Python computes it.
        let code = MessageAuthentication.hmacSHA256(key: Data(), message: Data())
        #expect(Digest.hex(code) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test(arguments: [
        ("", "", true), ("a", "a", true), ("same text", "same text", true),
        ("a", "b", false), ("a", "", false), ("same text", "same texT", false), ("same", "same text", false),
    ])
    func `comparison in constant time tells equal from different`(left: String, right: String, equal: Bool) {
        #expect(MessageAuthentication.areEqualInConstantTime(Data(left.utf8), Data(right.utf8)) == equal)
    }
}
