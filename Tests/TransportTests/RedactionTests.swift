import Testing
import Transport

struct RedactionTests {
    @Test(arguments: [
        ("Refused: Authorization: Bearer ya29.c.abc-DEF_1", "Refused: <redacted>"),
        (#"{"authorization":"Bearer abc"} was sent"#, #"{"<redacted>"} was sent"#),
        ("bearer abc.def is invalid", "<redacted> is invalid"),
        ("grant_type=x&assertion=eyJh.e30.c2ln&a=b", "grant_type=x&<redacted>&a=b"),
        ("token ya29.A0 has expired", "token <redacted> has expired"),
        ("Invalid JWT eyJhbGciOiJSUzI1NiJ9.e30.c2ln.", "Invalid JWT <redacted>"),
        ("ntn_12-ab and secret_AbC", "<redacted> and <redacted>"),
        ("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\nis no key", "<redacted>\nis no key"),
        ("-----BEGIN PRIVATE KEY-----\nMIIE cut", "<redacted>"),
    ])
    func `what a service quotes of a request is taken out`(text: String, redacted: String) {
        #expect(Redaction.redacted(text) == redacted)
    }

    @Test(arguments: [
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
            + "authentication credential.",
        "Invalid JWT Signature.", "body.filter.property should be defined, instead was `undefined`.", "",
    ])
    func `other words stay as they are`(text: String) {
        #expect(Redaction.redacted(text) == text)
    }

    @Test func `a message that goes on and on is cut`() {
        let text = Redaction.redacted(String(repeating: "word ", count: 1_000))
        #expect(text.count == 601)
        #expect(text.hasSuffix("…"))
    }
}
