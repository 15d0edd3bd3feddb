import Foundation
import HTTPTypes
import ReconcileModel
import Testing
import Transport

@testable import CalendarAPI

/// What Google's refusals mean, and what the transport makes of them.
struct ErrorTests {
    @Test(arguments: [
        (
            400, "error-400-invalid-id",
            CalendarError.badRequest(reason: "invalid", message: "Invalid resource id value.")
        ),
        (400, "error-400-missing-end-time", .badRequest(reason: "required", message: "Missing end time.")),
        (
            400, "error-400-time-range-empty",
            .badRequest(reason: "timeRangeEmpty", message: "The specified time range is empty.")
        ),
        (
            403, "error-403-quota-exceeded",
            .quotaExceeded(reason: "quotaExceeded", message: "Calendar usage limits exceeded.")
        ),
        (403, "error-403-rate-limit-exceeded", .rateLimited(reason: "rateLimitExceeded")),
        (403, "error-403-user-rate-limit-exceeded", .rateLimited(reason: "userRateLimitExceeded")),
        (
            403, "error-403-required-access-level",
            .forbidden(reason: "requiredAccessLevel", message: "You need to have owner access to this calendar.")
        ),
        (
            403, "error-403-insufficient-scopes",
            .forbidden(reason: "insufficientPermissions", message: "Request had insufficient authentication scopes.")
        ),
        (404, "error-404-not-found", .notFound), (409, "error-409-duplicate", .duplicate),
        (409, "error-409-conflict", .conflict(reason: "conflict")),
        (410, "error-410-deleted", .gone(reason: "deleted")),
        (410, "error-410-full-sync-required", .gone(reason: "fullSyncRequired")),
        (410, "error-410-updated-min-too-long-ago", .gone(reason: "updatedMinTooLongAgo")),
        (412, "error-412-condition-not-met", .preconditionFailed),
        (429, "error-429-rate-limit-exceeded", .rateLimited(reason: "rateLimitExceeded")),
        (500, "error-500-backend-error", .service(status: 500)),
    ])
    func `recorded errors`(status: Int, fixture: String, error: CalendarError) throws {
        #expect(CalendarError(status: status, body: try Fixture.data("\(fixture).json")) == error)
    }

    /// As newer front ends of Google's write it.
    @Test(arguments: [
        #"{"error":{"code":403,"status":"PERMISSION_DENIED","details":[7,{"reason":"RATE_LIMIT_EXCEEDED"}]}}"#,
        #"{"error":{"code":403,"status":"RESOURCE_EXHAUSTED"}}"#,
    ])
    func `a rate limit is recognized in newer answers too`(body: String) {
        guard case .rateLimited = CalendarError(status: 403, body: Data(body.utf8)) else {
            Issue.record("it is none")
            return
        }
        #expect(ResponseClassifier.googleCalendar.classify(.json(403, body)) == .rateLimited(retryAfter: nil))
    }

    @Test func `a request that timed out over there may have been carried out`() {
        #expect(CalendarError(status: 408, body: Data("{}".utf8)).isUnknownOutcome)
    }

    @Test(arguments: [302, 400, 403, 404, 409])
    func `a page of HTML is not Google's answer`(status: Int) {
        let error = CalendarError(status: status, body: Data("<html>".utf8))
        #expect(error == .malformedAnswer(reason: "HTTP \(status) without Google's explanation"))
        #expect(error.isUnknownOutcome)
    }

    @Test(arguments: [
        (CalendarError.service(status: 503), true), (.malformedAnswer(reason: "x"), true),
        (.transport(.timedOut(location: "x", sent: true)), true),
        (.transport(.timedOut(location: "x", sent: false)), false),
        (.transport(.interrupted(location: "x", reason: "x")), true), (.transport(.cancelled), true),
        (.transport(.unreachable(location: "x", reason: "x")), false), (.duplicate, false),
        (.preconditionFailed, false),
        (.token(.service(status: 503)), false), (.notSent(after: .service(status: 503)), false),
    ])
    func `which failures may hide a success`(error: CalendarError, isUnknown: Bool) {
        #expect(error.isUnknownOutcome == isUnknown)
    }

    @Test func `a calendar that is not found names the account to share it with`() {
        let failure = CalendarError.notFound.failure(on: CalendarID(rawValue: "c@x"), account: "me@project")
        #expect(failure.code == "calendar_not_found")
        #expect(failure.message == "Google Calendar c@x: it does not exist or is not shared with me@project.")
    }

    @Test(arguments: [
        (IncomingResponse.json(200, "{}"), ResponseClass.success), (.json(204, ""), .success),
        (.json(304, ""), .success),
        (.json(200, "{\"a\":"), .transient(retryAfter: nil)), (.json(200, ""), .transient(retryAfter: nil)),
        (.response(200, "--b\r\n\r\n--b--\r\n", type: "multipart/mixed; boundary=b"), .success),
        (.response(200, "--b\r\n\r\n", type: "multipart/mixed; boundary=b"), .transient(retryAfter: nil)),
        (.json(503, ""), .transient(retryAfter: nil)), (.json(429, ""), .rateLimited(retryAfter: nil)),
        (.response(403, "<html>", type: "text/html"), .transient(retryAfter: nil)),
        (.response(404, "<html>", type: "text/html"), .transient(retryAfter: nil)),
        (.json(400, #"{"error":"invalid_grant"}"#), .final),
        (.json(400, #"{"error":"server_error"}"#), .transient(retryAfter: nil)),
        (.json(401, #"{"error":{"code":401}}"#), .final),
    ])
    func `classes of answers`(response: IncomingResponse, expected: ResponseClass) {
        #expect(ResponseClassifier.googleCalendar.classify(response) == expected)
    }

    @Test(arguments: [
        ("error-403-rate-limit-exceeded", 403, ResponseClass.rateLimited(retryAfter: nil)),
        ("error-403-user-rate-limit-exceeded", 403, .rateLimited(retryAfter: nil)),
        ("error-429-rate-limit-exceeded", 429, .rateLimited(retryAfter: nil)),
        ("error-403-quota-exceeded", 403, .final), ("error-403-required-access-level", 403, .final),
        ("error-404-not-found", 404, .final), ("error-409-conflict", 409, .transient(retryAfter: nil)),
        ("error-409-duplicate", 409, .final), ("error-412-condition-not-met", 412, .final),
        ("error-500-backend-error", 500, .transient(retryAfter: nil)),
    ])
    func `classes of recorded errors`(fixture: String, status: Int, expected: ResponseClass) throws {
        #expect(ResponseClassifier.googleCalendar.classify(try .fixture(status, "\(fixture).json")) == expected)
    }

    @Test func `an empty success that says so is complete`() {
        var response = IncomingResponse.response(200, "", type: nil)
        response.head.headerFields[.contentLength] = "0"
        #expect(ResponseClassifier.googleCalendar.classify(response) == .success)
    }
}
