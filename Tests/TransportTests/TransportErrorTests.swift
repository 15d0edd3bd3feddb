import HTTPTypes
import ReconcileModel
import Testing
import Transport

struct TransportErrorTests {
    @Test(arguments: [
        (
            TransportError.unreachable(location: "https://api.notion.com/v1", reason: "Could not resolve host"),
            "network_unreachable", "Cannot reach https://api.notion.com/v1: Could not resolve host."
        ),
        (
            .untrusted(location: "https://a", reason: "self-signed certificate."), "tls_untrusted",
            "Cannot trust the server at https://a: self-signed certificate."
        ),
        (
            .timedOut(location: "https://a", sent: false), "network_timeout",
            "No complete answer from https://a in time; the request was not sent."
        ),
        (.timedOut(location: "https://a", sent: true), "network_timeout", "No complete answer from https://a in time."),
        (
            .interrupted(location: "https://a", reason: "reset"), "network_interrupted",
            "The answer of https://a ended early: reset."
        ),
        (
            .tooLarge(location: "https://a", limit: 10), "response_too_large",
            "The answer of https://a is larger than 10 bytes and was not read to its end."
        ),
        (
            .refused(location: "http://a", reason: "plain http"), "request_refused",
            "Did not send a request to http://a: plain http."
        ),
        (.cancelled, "cancelled", "The request was cancelled before its answer came."),
    ])
    func `each error has a code and says where and why`(error: TransportError, code: String, message: String) {
        #expect(error.failure.code.rawValue == code)
        #expect(error.failure.message == message)
        #expect((error.failure.hint == nil) == (error == .cancelled))
    }

    @Test func `an untrusted server's hint names the variables that help`() {
        let hint = TransportError.untrusted(location: "l", reason: "r").failure.hint
        #expect(hint?.contains("CURL_CA_BUNDLE") == true)
        #expect(hint?.contains("SSL_CERT_FILE") == true)
    }

    @Test func `a location has neither query nor password`() {
        let head = HTTPRequest(method: .get, scheme: "https", authority: "me:pw@host:1", path: "/a/b?token=x")
        #expect(OutgoingRequest(head: head).location == "https://host:1/a/b")
    }

    @Test func `a secret shows itself to nobody who does not ask`() {
        let secret = Secret("hunter2")
        struct Holder { var secret: Secret }
        var dumped = ""
        dump(Holder(secret: secret), to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), "\(Holder(secret: secret))", "\([secret])", dumped] {
            #expect(!text.contains("hunter2"))
        }
        #expect(secret.reveal() == "hunter2")
    }
}
