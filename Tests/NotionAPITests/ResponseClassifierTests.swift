import Foundation
import HTTPTypes
import NotionAPI
import Testing
import Transport

@Suite struct ResponseClassifierTests {
    private static let blocked =
        #"{"code":"rate_limited","additional_data":{"rate_limit_reason":"public_api_request_blocked"}}"#

    @Test(arguments: [
        (200, #"{"object":"page"}"#, ResponseClass.success),
        (200, "<html></html>", .transient(retryAfter: nil)),
        (200, #"{"object":"li"#, .transient(retryAfter: nil)),
        (400, #"{"code":"validation_error"}"#, .final),
        (401, #"{"code":"unauthorized"}"#, .final),
        (403, #"{"code":"restricted_resource"}"#, .final),
        (403, "<html>", .transient(retryAfter: nil)),
        (404, #"{"code":"object_not_found"}"#, .final),
        (404, "<html>", .transient(retryAfter: nil)),
        (409, #"{"code":"conflict_error"}"#, .transient(retryAfter: nil)),
        (409, #"{"code":"something_else"}"#, .final),
        (
            429, #"{"code":"rate_limited","additional_data":{"retry_after":"12"}}"#,
            .rateLimited(retryAfter: .seconds(12))
        ),
        (429, #"{"code":"rate_limited","additional_data":{"retry_after":7}}"#, .rateLimited(retryAfter: .seconds(7))),
        (429, "<html>", .rateLimited(retryAfter: nil)),
        (429, blocked, .final),
        (500, #"{"code":"internal_server_error"}"#, .transient(retryAfter: nil)),
        (502, "<html>", .transient(retryAfter: nil)),
        (
            503, #"{"code":"service_unavailable","additional_data":{"retry_after":"3"}}"#,
            .transient(retryAfter: .seconds(3))
        ),
        (504, "", .transient(retryAfter: nil)),
        (529, #"{"code":"service_overload"}"#, .rateLimited(retryAfter: nil)),
    ])
    func `an answer is repeated, waited for or final`(status: Int, body: String, expected: ResponseClass) {
        #expect(ResponseClassifier.notion.classify(.json(body, status: status)) == expected)
    }

    @Test func `the header's wait goes before the body's`() throws {
        var response = try IncomingResponse.fixture("error-429-rate-limited", status: 429)
        #expect(ResponseClassifier.notion.classify(response) == .rateLimited(retryAfter: .seconds(12)))
        response.head.headerFields[.retryAfter] = "90"
        #expect(ResponseClassifier.notion.classify(response) == .rateLimited(retryAfter: .seconds(90)))
    }
}
