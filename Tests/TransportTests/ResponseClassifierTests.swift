import Foundation
import HTTPTypes
import ReconcileModel
import Testing
import Transport

/// An answer as a service or something in between could send it.
func answer(_ status: Int, _ body: String = "{}", _ fields: [HTTPField.Name: String] = [:]) -> IncomingResponse {
    var head = HTTPResponse(status: .init(code: status))
    for (name, value) in fields { head.headerFields[name] = value }
    return IncomingResponse(head: head, body: Data(body.utf8))
}

struct ResponseClassifierTests {
    static let html = "<!DOCTYPE html><html><title>Error</title></html>"

    @Test(arguments: [
        (200, "{}", ResponseClass.success), (200, " [1, 2]\r\n", .success), (201, #"{"a":"}"}"#, .success),
        (204, "", .success), (304, "", .success),
        (200, "", .transient(retryAfter: nil)), (200, html, .transient(retryAfter: nil)),
        (200, #"{"results":[{"id":"#, .transient(retryAfter: nil)),
        (200, #"{"results":[{"id":1}"#, .transient(retryAfter: nil)),
        (301, "", .final), (302, html, .final),
        (400, "{}", .final), (400, html, .final), (401, "{}", .final), (401, "", .final),
        (403, "{}", .final), (404, "{}", .final), (409, "{}", .final), (410, "{}", .final), (412, "{}", .final),
        (403, html, .transient(retryAfter: nil)), (404, html, .transient(retryAfter: nil)),
        (408, "", .transient(retryAfter: nil)),
        (429, "{}", .rateLimited(retryAfter: nil)), (429, html, .rateLimited(retryAfter: nil)),
        (529, "{}", .rateLimited(retryAfter: nil)),
        (500, "{}", .transient(retryAfter: nil)), (502, html, .transient(retryAfter: nil)),
        (503, "", .transient(retryAfter: nil)), (504, "", .transient(retryAfter: nil)),
    ])
    func `an answer has its class by status and body`(status: Int, body: String, expected: ResponseClass) {
        #expect(ResponseClassifier.jsonAPI().classify(answer(status, body)) == expected)
    }

    @Test func `the wait that the service asks for is kept`() {
        let classifier = ResponseClassifier.jsonAPI()
        #expect(
            classifier.classify(answer(429, "{}", [.retryAfter: "7"])) == .rateLimited(retryAfter: .seconds(7))
        )
        #expect(classifier.classify(answer(503, "", [.retryAfter: "7"])) == .transient(retryAfter: .seconds(7)))
    }

    @Test func `an API says which of its errors are rate limits`() {
        let classifier = ResponseClassifier.jsonAPI { response in
            response.status == 403 ? .rateLimited(retryAfter: nil) : nil
        }
        #expect(classifier.classify(answer(403)) == .rateLimited(retryAfter: nil))
        #expect(classifier.classify(answer(404)) == .final)
        #expect(classifier.classify(answer(200)) == .success)
    }

    @Test(arguments: [
        ("--b\r\n\r\nHTTP/1.1 200 OK\r\n\r\n--b--", true),
        ("--b\r\n\r\nHTTP/1.1 200 OK\r\n\r\n--b--\r\n", true),
        ("--b\r\n\r\nHTTP/1.1 200 OK\r\n\r\n--b\r\n", false),
        ("--b\r\n", false), ("", false), (html, false),
    ])
    func `a batch answer is whole with its closing boundary`(body: String, isWhole: Bool) {
        for type in ["multipart/mixed; boundary=b", #"Multipart/Mixed; Boundary="b"; charset=utf-8"#] {
            let response = answer(200, body, [.contentType: type])
            #expect((ResponseClassifier.jsonAPI().classify(response) == .success) == isWhole)
        }
    }

    @Test(arguments: [
        (#"{"a":[1,{"b":"\"]}"}]}"#, true), ("[]", true), (" { } ", true), (#"{"a":"\\"}"#, true),
        ("", false), ("   ", false), ("null", false), (#""text""#, false), ("{", false), ("}", false), ("{}}", false),
        ("{}{}", false), ("{} x", false), (#"{"a":"}"#, false), (#"{"a":"\"}"#, false), ("x{}", false),
    ])
    func `whole JSON is told from other text`(text: String, isWhole: Bool) {
        #expect(answer(200, text).isCompleteJSON == isWhole)
    }

    @Test func `every cut of a JSON text is noticed`() {
        let text = #"{"object":"list","results":[{"id":"a","title":"[\"}"},{"id":"b"}],"has_more":false}"#
        for length in 0..<text.count { #expect(!answer(200, String(text.prefix(length))).isCompleteJSON) }
        #expect(answer(200, text).isCompleteJSON)
    }
}

struct RetryAfterTests {
    @Test(arguments: [
        ("0", Duration.zero), ("5", .seconds(5)), ("1.5", .milliseconds(1500)), ("120", .seconds(120)),
        ("99999999999999999999", .seconds(86_400)),
        ("Sun, 22 Nov 2026 10:00:30 GMT", .seconds(30)), ("Sun, 22 Nov 2026 09:59:00 GMT", .zero),
    ])
    func `seconds and dates are understood`(value: String, expected: Duration) {
        let fields: [HTTPField.Name: String] = [.retryAfter: value, .date: "Sun, 22 Nov 2026 10:00:00 GMT"]
        #expect(RetryAfter.duration(in: answer(429, "", fields).head) == expected)
    }

    @Test(arguments: [
        "", "soon", "-1", "+1", "1e3", "nan", ".", "0x10", "1 2", "Sun, 31 Feb 2026 10:00:00 GMT", "2026-11-22",
        "Sun, 22 Nov 2026 10:00:30", "Sun, 22 Nov 2026 25:00:30 GMT",
    ])
    func `anything else is as if it were not there`(value: String) {
        let fields: [HTTPField.Name: String] = [.retryAfter: value, .date: "Sun, 22 Nov 2026 10:00:00 GMT"]
        #expect(RetryAfter.duration(in: answer(429, "", fields).head) == nil)
    }

    @Test func `a date is written as the standard has it`() throws {
        let time = try #require(Timestamp(rfc3339: "1994-11-06T08:49:37Z"))
        #expect(HTTPDate.text(of: time) == "Sun, 06 Nov 1994 08:49:37 GMT")
    }

    @Test func `a date without the answer's own date says nothing`() {
        #expect(RetryAfter.duration(in: answer(429, "", [.retryAfter: "Sun, 22 Nov 2026 10:00:30 GMT"]).head) == nil)
        #expect(RetryAfter.duration(in: answer(429).head) == nil)
    }
}
