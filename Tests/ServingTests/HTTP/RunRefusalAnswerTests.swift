import HTTPTypes
import ReconcileModel
import Testing

@testable import Serving

struct RunRefusalAnswerTests {
    @Test(
        arguments: [
            (.locked, 503, "30", false), (.stopping, 503, "10", false), (.cancelled, 503, "10", false),
            (.accountChanged, 409, nil, true), (.leftAlone, 409, nil, false), (.heldBack, 409, nil, false),
            (.noKey, 502, nil, true), (.disabled, 502, nil, true), (nil, 502, nil, true),
        ] as [(RunRefusal?, Int, String?, Bool)]
    )
    func `a run that was refused is answered by its reason`(
        refusal: RunRefusal?,
        status: Int,
        retryAfter: String?,
        isLogged: Bool
    ) {
        let failure = refusal.map { Failure($0, message: "No.") } ?? Failure(code: "google_unavailable", message: "No.")
        for error in [APIError.notSynchronized(failure, "acm"), .notSetUp(failure, "acm")] {
            #expect(error.status.code == status)
            #expect(error.headers[.retryAfter] == retryAfter)
            #expect((error.cause == failure) == isLogged)
        }
    }

    @Test(
        arguments: [
            ("notion_database_changed", "another Notion database"),
            ("notion_data_source_changed", "a maintainer has to allow"),
            ("notion_unauthorized", "Notion cannot be asked"), ("property_type", "not all that the declaration names"),
            ("calendar_not_found", "has to share it"), ("calendar_forbidden", "has to share it"),
            ("calendar_read_only", "Google Calendar did not allow it"), ("google_unavailable", "did not answer"),
            ("state_disk_full", "the log of the service"), ("unexpected", "the log of the service"),
        ] as [(Failure.Code, String)]
    )
    func `a calendar that could not be set up is answered by what the failure is about`(
        code: Failure.Code,
        reason: String
    ) {
        let error = APIError.notSetUp(Failure(code: code, message: "No."), "acm")
        #expect(error.message.hasPrefix("The calendar of acm could not be set up: "))
        #expect(error.message.contains(reason))
    }
}
