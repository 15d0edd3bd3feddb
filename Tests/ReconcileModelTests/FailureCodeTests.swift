import ReconcileModel
import Testing

struct FailureCodeTests {
    @Test(
        arguments: [
            ("state_locked", .state), ("notion_unauthorized", .notion), ("property_type", .property),
            ("calendar_of_another_database", .calendar), ("google_unavailable", .google),
            ("state", nil), ("statement_x", nil), ("organization_unknown", nil), ("cancelled", nil), ("", nil),
        ] as [(Failure.Code, Failure.Code.Subject?)]
    )
    func `a code tells what its failure is about`(code: Failure.Code, subject: Failure.Code.Subject?) {
        #expect(code.subject == subject)
    }

    @Test(arguments: RunRefusal.allCases)
    func `a failure keeps why a run was refused`(refusal: RunRefusal) {
        let failure = Failure(refusal, message: "No run.", hint: "Wait.")
        #expect(failure.refusal == refusal)
        #expect(failure.code.rawValue == refusal.rawValue)
        #expect(failure.description == "No run. Wait.")
    }

    /// What a program may rely on stays as it is.
    @Test func `refusals have the codes that outputs show`() {
        let codes = [
            "state_locked", "stopping", "cancelled", "account_changed", "credentials_missing", "disabled", "skipped",
            "blocked",
        ]
        #expect(RunRefusal.allCases.map(\.rawValue) == codes)
        #expect(Failure(code: "calendar_not_found", message: "").refusal == nil)
    }
}
