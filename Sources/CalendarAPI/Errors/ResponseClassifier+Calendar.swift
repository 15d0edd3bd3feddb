import HTTPTypes
package import Transport

extension ResponseClassifier {
    /// The answers of Google Calendar, its batch endpoint, and Google's token endpoint.
    ///
    /// <https://developers.google.com/workspace/calendar/api/guides/errors>
    package static let googleCalendar = ResponseClassifier { response in
        let common = ResponseClassifier.jsonAPI(special: special).classify(response)
        // A delete is documented to answer an empty body, without saying with which status.
        let isEmptySuccess =
            (200..<300).contains(response.status) && response.body.isEmpty
            && response.head.headerFields[.contentLength] == "0"
        return isEmptySuccess ? .success : common
    }

    private static func special(_ response: IncomingResponse) -> ResponseClass? {
        guard (400..<500).contains(response.status), let answer = ErrorAnswer(response.body) else { return nil }
        let retryAfter = RetryAfter.duration(in: response.head)
        return switch (response.status, answer.reason) {
        // The same as 429; other reasons of 403 do not pass by waiting.
        case (403, let reason) where ErrorAnswer.rateLimits.contains(reason): .rateLimited(retryAfter: retryAfter)
        // The call lost against another one on the same calendar.
        case (409, "conflict"): .transient(retryAfter: retryAfter)
        // The token endpoint's own trouble: google-auth repeats these, and no other refusals.
        case (400...401, "internal_failure"), (400...401, "server_error"), (400...401, "temporarily_unavailable"):
            .transient(retryAfter: retryAfter)
        default: nil
        }
    }
}
